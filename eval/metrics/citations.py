"""What answers cite: whether it is the evidence, word for word, and attributed to its document and place."""

from eval.attribution import unnamed_regions, unsaid_stale
from eval.metrics.metric import Tally, ratio
from eval.results import Result


def _citations_on_evidence(result: Result) -> Tally | None:
    """Its citations on evidence, of its citations."""
    return (result.on_evidence(), len(result.cited)) if _is_to_cite(result) else None


def _evidence_cited(result: Result) -> Tally | None:
    """Its evidence spans that are cited, of its evidence spans."""
    return (result.cited_evidence(), len(result.case.evidence)) if _is_to_cite(result) else None


def _is_to_cite(result: Result) -> bool:
    case = result.case
    return case.answerable and bool(case.evidence) and result.answer.outcome == "answered"


def _verbatim(result: Result) -> Tally:
    """Its verbatim quotes, of its quotes.

    Blanks are not compared with the source, whose white space is normalised.
    """
    return sum(cited.is_verbatim() for cited in result.cited), len(result.cited)


def _citing_stale(result: Result) -> Tally | None:
    """1 if it does not say of a document that it is expired or repealed, of 1."""
    if result.answer.outcome != "answered":
        return None
    return float(bool(unsaid_stale(result.answer))), 1


def _mixing_regions(result: Result) -> Tally | None:
    """1 if one of several regions is not named, of 1."""
    if result.answer.outcome != "answered":
        return None
    return float(bool(unnamed_regions(result.answer))), 1


METRICS = (
    ratio(
        name="citation_precision",
        definition=(
            "Share of citations that overlap an evidence span of their case, "
            "in answered answers to answerable cases."
        ),
        tally=_citations_on_evidence,
        higher_is_better=True,
    ),
    ratio(
        name="citation_recall",
        definition=(
            "Share of a case's evidence spans that a citation overlaps, "
            "in answered answers to answerable cases."
        ),
        tally=_evidence_cited,
        higher_is_better=True,
    ),
    ratio(
        name="verbatim_rate",
        definition=(
            "Share of quotes that are the policy text at their offsets and the source "
            "text less its listed deletions."
        ),
        tally=_verbatim,
        higher_is_better=True,
    ),
    ratio(
        name="stale_document_rate",
        definition=(
            "Share of answered answers that cite an expired or repealed document without saying that it is."
        ),
        tally=_citing_stale,
        higher_is_better=False,
    ),
    ratio(
        name="region_mix_rate",
        definition=(
            "Share of answered answers that cite documents of several regions without "
            "naming each of these regions."
        ),
        tally=_mixing_regions,
        higher_is_better=False,
    ),
)
