"""Legal-DC: questions about laws, each with the clauses that answer it (arXiv 2603.11772).

Measured is whether a gold clause stands within the first characters of what search returns, each
clause with what is read together with it (its article), everything once. White space does not count.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from bot.answer import Question
from bot.answering.asking import Asking
from eval.runner import Progress
from vectorstore.catalog import Catalog
from vectorstore.reading import read_together
from vectorstore.search import ScoredClause

FOLDER = Path("benchmarks/legal_dc")
LENGTHS = (500, 1_500, 3_000)
_SEARCHED = 60
_MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCase:
    """A question, the law that answers it and the words of its clauses, white space taken out."""

    id: int
    question: str
    title: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalResult:
    """For each of LENGTHS: the share of the best gold clause that stands within so many characters."""

    case: LegalCase
    shares: tuple[float, ...]
    found: tuple[ScoredClause, ...]


def legal_cases(shared: Path) -> tuple[LegalCase, ...]:
    """All questions of the set."""
    lines = (shared / FOLDER / "questions.jsonl").read_text("utf-8").split("\n")
    return tuple(
        LegalCase(
            id=case["qid"],
            question=case["query"],
            title=case["title"],
            gold=tuple(_folded(clause) for clause in case["document"]),
        )
        for case in (json.loads(line) for line in lines if line.strip())
    )


def search_legal(
    cases: Sequence[LegalCase], assistant: Asking, *, today: date, progress: Progress
) -> tuple[LegalResult, ...]:
    """The result of each question in order."""
    results = []
    for done, case in enumerate(cases):
        progress("searching", done, len(cases))
        found = assistant.search(Question(text=case.question, on=today), limit=_SEARCHED)
        results.append(
            LegalResult(
                case=case,
                shares=shares(_texts(found, assistant.catalog), case.gold),
                found=tuple(found),
            )
        )
    progress("searching", len(cases), len(cases))
    return tuple(results)


def _texts(found: Sequence[ScoredClause], catalog: Catalog) -> list[str]:
    clauses = {
        policy_id: catalog.clauses(policy_id) for policy_id in {each.clause.policy_id for each in found}
    }
    seen: set[str] = set()
    texts = []
    for each in found:
        if each.clause.clause_id not in seen:
            together = read_together(each.clause, clauses[each.clause.policy_id])
            texts.append("".join(_folded(part.text) for part in together if part.clause_id not in seen))
            seen.update(part.clause_id for part in together)
    return texts


def legal_figures(results: Sequence[LegalResult]) -> dict[str, float | None]:
    """Share of questions for which most of a gold clause, and all of one, stands within each length."""
    if not results:
        return {}
    found: dict[str, float | None] = {}
    for place, length in enumerate(LENGTHS):
        found[f"clause_within_{length}"] = fmean(each.shares[place] >= _MOST for each in results)
    for place, length in enumerate(LENGTHS):
        found[f"whole_clause_within_{length}"] = fmean(each.shares[place] >= 1 for each in results)
    return found


def shares(texts: Sequence[str], gold: Sequence[str]) -> tuple[float, ...]:
    """For each of LENGTHS the largest share of a gold clause that the texts hold, cut off there in order.

    A gold clause counts as held where a text holds it; one that goes on over several texts, as an
    article of several paragraphs does, by the characters of the texts that it holds.
    """
    found = []
    for length in LENGTHS:
        left = length
        cut: list[str] = []
        for text in texts:
            cut.append(text[:left])
            left -= len(cut[-1])
            if left <= 0:
                break
        found.append(max((_share(clause, cut) for clause in gold), default=0.0))
    return tuple(found)


def _share(clause: str, texts: Sequence[str]) -> float:
    if not clause:
        return 0.0
    if any(clause in text for text in texts):
        return 1.0
    held = bytearray(len(clause))
    for text in texts:
        start = clause.find(text) if text else -1
        if start >= 0:
            held[start : start + len(text)] = b"\x01" * len(text)
    return sum(held) / len(clause)


def _folded(text: str) -> str:
    return "".join(text.split())
