"""Every failed question with its answer, what was expected, what was found and the step that lost it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.report.markup import Markup, joined, tag
from eval.report.reasons import reasons
from eval.results import LOSSES, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How much is shown of a failed question: numbers of clauses, characters of texts, bytes of reasons."""

    answer: int
    quotes: int
    found: int
    text: int
    reasons: int


# So that a run in which everything fails still is a page that a browser opens at once.
_MANY = 200
_ROOM, _LITTLE_ROOM = (
    _Room(answer=700, quotes=4, found=6, text=160, reasons=12_000),
    _Room(answer=300, quotes=3, found=5, text=60, reasons=1_600),
)
_MEANING = {
    "not ingested": "no clause of the index holds the evidence",
    "not retrieved": "search did not find all of the evidence among its first ten clauses",
    "not chosen": "the clauses were found, the answer was not made of them",
    "not proven": "it was drafted, and kept back by the proof",
    "wrongly said": "the answer says something that is wrong or should not be said",
}


def failed_questions(results: Sequence[Result]) -> Markup:
    """The failed questions, those lost at the same step together."""
    room = _ROOM if sum(not result.is_right() for result in results) <= _MANY else _LITTLE_ROOM
    parts: list[str] = []
    for step in LOSSES:
        lost = [result for result in results if result.loss() == step]
        if lost:
            parts.append(tag("h3", f"{step}: {len(lost)}"))
            parts.append(tag("p", _MEANING[step], class_="meaning"))
            parts += [_failure(result, room) for result in lost]
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


def _failure(result: Result, room: _Room) -> Markup:
    case, loss = result.case, result.loss() or ""
    head = tag(
        "summary",
        tag("code", case.id),
        tag("span", case.kind, class_="kind"),
        *(tag("span", label, class_="kind") for label in case.tags),
        tag("b", " ".join((*(f"{earlier} →" for earlier in case.history), case.question))),
    )
    rows = [Markup(tag("dt", name) + tag("dd", value)) for name, value in _facts(result, room)]
    return tag(
        "details", head, tag("dl", *rows), class_="failure", data_step=loss, data_kind=case.kind, open=""
    )


def _facts(result: Result, room: _Room) -> Iterator[tuple[str, Markup]]:
    case, answer = result.case, result.answer
    yield answer.outcome, tag("div", _cut(answer.text, room.answer), class_="answer")
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
        yield "kept back by the proof", joined(tag("div", each) for each in result.unproven[: room.quotes])
    if answer.citations:
        yield "cited", joined(_cited(result, room))
    if case.evidence:
        yield "found", joined(_found(result, room))
    if result.explanation is not None:
        yield "why", reasons(result.explanation, most_bytes=room.reasons)
    if result.judgement is not None:
        judged = result.judgement
        verdict = f"{'faithful' if judged.faithful else 'not faithful'}, "
        yield "judge", joined([f"{verdict}{'correct' if judged.correct else 'not correct'}. {judged.reason}"])


def _cited(result: Result, room: _Room) -> Iterator[Markup]:
    on_evidence = {cited.marker for cited in result.cited if result.case.stands_on(cited.span)}
    for citation in result.answer.citations[: room.quotes]:
        yield _clause(
            f"[{citation.marker}] 《{citation.policy_title}》{citation.locator}",
            _cut(citation.quote, room.text),
            is_evidence=citation.marker in on_evidence,
        )
    if len(result.answer.citations) > room.quotes:
        yield tag("div", f"and {len(result.answer.citations) - room.quotes} more")


def _found(result: Result, room: _Room) -> Iterator[Markup]:
    case = result.case
    total = len(case.evidence)
    yield tag("div", f"{result.found(len(result.retrieved))} of {total} spans of evidence")
    for place in result.absent:
        yield tag("div", f"not in the index: {case.evidence[place].file}", class_="lacking")
    for rank, clause in enumerate(result.retrieved[: room.found], start=1):
        yield _clause(
            f"{rank}. 《{clause.policy_title}》{clause.locator}",
            _cut(clause.snippet, room.text),
            is_evidence=case.stands_on(clause.span),
        )


def _clause(place: str, text: str, *, is_evidence: bool) -> Markup:
    mark = tag("span", "evidence", class_="held") if is_evidence else None
    return tag("div", tag("cite", place), mark, tag("q", text), class_="clause")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"
