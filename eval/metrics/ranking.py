"""How well the evidence of a case stands among the clauses that search found."""

from functools import cache
from typing import Any

from eval.metrics.metric import Tally
from eval.results import Result


def recall_at(limit: int, result: Result) -> Tally | None:
    """The share of evidence spans that the best `limit` clauses overlap, at most `limit` spans counted.

    No more than `limit` spans can be asked of so few clauses, though one long clause may hold several.
    """
    if not result.case.answerable or not result.case.evidence:
        return None
    return min(1.0, result.found(limit) / min(limit, len(result.case.evidence))), 1


def ranked_by(measure: str, result: Result) -> Tally | None:
    """The figure of an ir-measures measure over the clauses found, such as nDCG@10 or RR@10.

    A span of evidence is a document of the ranking, a clause that overlaps one stands for the first it
    overlaps that no clause before it stood for. So several clauses on one span count once.
    """
    case = result.case
    if not case.answerable or not case.evidence:
        return None
    import ir_measures

    wanted = [ir_measures.Qrel(case.id, f"evidence {place}", 1) for place in range(len(case.evidence))]
    names = _names(result)
    ranked = [
        ir_measures.ScoredDoc(case.id, name, float(len(names) - rank)) for rank, name in enumerate(names)
    ]
    return float(ir_measures.calc_aggregate([_measure(measure)], wanted, ranked)[_measure(measure)]), 1


def _names(result: Result) -> list[str]:
    left = dict(enumerate(result.case.evidence))
    names = []
    for rank, retrieved in enumerate(result.retrieved):
        place = next((place for place, each in left.items() if retrieved.span.overlaps(each.span)), None)
        if place is not None:
            del left[place]
        names.append(f"clause {rank}" if place is None else f"evidence {place}")
    return names


@cache
def _measure(name: str) -> Any:
    import ir_measures

    return ir_measures.parse_measure(name)
