"""Every failed question with its answer, what was expected, what was found and the step that lost it."""

from collections.abc import Iterator, Sequence

from eval.report.markup import Markup, joined, tag
from eval.results import LOSSES, Result

_ANSWER_LENGTH = 700
_QUOTES, _FOUND = 4, 6
_QUOTE_LENGTH = 160
_MEANING = {
    "not ingested": "no clause of the index holds the evidence",
    "not retrieved": "search did not find all of the evidence among its first ten clauses",
    "not chosen": "the clauses were found, the answer was not made of them",
    "not proven": "it was drafted, and kept back by the proof",
    "wrongly said": "the answer says something that is wrong or should not be said",
}


def failed_questions(results: Sequence[Result]) -> Markup:
    """The failed questions, those lost at the same step together."""
    parts: list[str] = []
    for step in LOSSES:
        lost = [result for result in results if result.loss() == step]
        if lost:
            parts.append(tag("h3", f"{step}: {len(lost)}"))
            parts.append(tag("p", _MEANING[step], class_="meaning"))
            parts += [_failure(result) for result in lost]
    return joined(parts) if parts else tag("p", "No question failed.")


def all_questions(results: Sequence[Result]) -> Markup:
    """A line for each question."""
    lines = [
        tag(
            "li",
            tag("code", result.case.id),
            " ",
            result.case.question,
            " ",
            tag(
                "span",
                result.loss() or "right",
                class_=f"step {(result.loss() or 'right').replace(' ', '-')}",
            ),
        )
        for result in results
    ]
    return tag("details", tag("summary", f"All {len(results)} questions"), tag("ol", *lines))


def _failure(result: Result) -> Markup:
    case, loss = result.case, result.loss() or ""
    head = tag(
        "summary",
        tag("code", case.id),
        tag("span", case.kind, class_="kind"),
        *(tag("span", label, class_="kind") for label in case.tags),
        tag("b", " ".join((*(f"{earlier} →" for earlier in case.history), case.question))),
    )
    rows = [Markup(tag("dt", name) + tag("dd", value)) for name, value in _facts(result)]
    return tag(
        "details", head, tag("dl", *rows), class_="failure", data_step=loss, data_kind=case.kind, open=""
    )


def _facts(result: Result) -> Iterator[tuple[str, Markup]]:
    case, answer = result.case, result.answer
    said = answer.text if len(answer.text) <= _ANSWER_LENGTH else answer.text[:_ANSWER_LENGTH] + " …"
    yield answer.outcome, tag("div", said, class_="answer")
    if case.outcome != answer.outcome:
        yield "expected", joined([f"outcome {case.outcome}"])
    if case.expected:
        missing = result.missing()
        yield (
            "expected facts",
            joined(
                tag("span", " / ".join(group), class_="lacking" if group in missing else "held")
                for group in case.expected
            ),
        )
    if asserted := result.asserted():
        yield "forbidden, said", joined(tag("span", each, class_="lacking") for each in asserted)
    if result.unproven:
        yield "kept back by the proof", joined(tag("div", each) for each in result.unproven[:_QUOTES])
    if answer.citations:
        yield "cited", joined(_cited(result))
    if case.evidence:
        yield "found", joined(_found(result))
    if result.judgement is not None:
        judged = result.judgement
        verdict = f"{'faithful' if judged.faithful else 'not faithful'}, "
        yield "judge", joined([f"{verdict}{'correct' if judged.correct else 'not correct'}. {judged.reason}"])


def _cited(result: Result) -> Iterator[Markup]:
    on_evidence = {cited.marker for cited in result.cited if result.case.stands_on(cited.span)}
    for citation in result.answer.citations[:_QUOTES]:
        quote = citation.quote[:_QUOTE_LENGTH] + ("…" if len(citation.quote) > _QUOTE_LENGTH else "")
        yield _clause(
            f"[{citation.marker}] 《{citation.policy_title}》{citation.locator}",
            quote,
            is_evidence=citation.marker in on_evidence,
        )
    if len(result.answer.citations) > _QUOTES:
        yield tag("div", f"and {len(result.answer.citations) - _QUOTES} more")


def _found(result: Result) -> Iterator[Markup]:
    case = result.case
    total = len(case.evidence)
    yield tag("div", f"{result.found(len(result.retrieved))} of {total} spans of evidence")
    for place in result.absent:
        yield tag("div", f"not in the index: {case.evidence[place].file}", class_="lacking")
    for rank, clause in enumerate(result.retrieved[:_FOUND], start=1):
        yield _clause(
            f"{rank}. 《{clause.policy_title}》{clause.locator}",
            clause.snippet,
            is_evidence=case.stands_on(clause.span),
        )


def _clause(place: str, text: str, *, is_evidence: bool) -> Markup:
    mark = tag("span", "evidence", class_="held") if is_evidence else None
    return tag("div", tag("cite", place), mark, tag("q", text), class_="clause")
