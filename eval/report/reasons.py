"""Why a failed answer is what it is: a collapsed block of attempts and of the clauses read in them."""

from collections.abc import Iterator

from bot.answering.explanation import ExplainedAttempt, ExplainedClause, Explanation
from eval.report.markup import Markup, joined, table, tag

_HEADINGS = ("probability", "reader", "search", "clause", "words that may answer", "")
_TEXT = 28
_MARK = "…"


def reasons(explanation: Explanation, *, most_bytes: int) -> Markup:
    """The block; what goes beyond that many bytes of UTF-8 is left out, and said to be."""
    read = sum(len(attempt.clauses) for attempt in explanation.attempts)
    head = tag("summary", f"{len(explanation.attempts)} attempts, {read} clauses read")
    bounds = f"enough {explanation.enough}, near {explanation.near}, reader {explanation.reader}"
    parts: list[Markup] = []
    room = most_bytes
    for number, attempt in enumerate(explanation.attempts, 1):
        part = _fitting(number, attempt, room)
        room -= _size(part)
        if room < 0:
            parts.append(
                tag("p", f"and {len(explanation.attempts) - number + 1} more attempts", class_="meaning")
            )
            break
        parts.append(part)
    return tag("details", head, *parts, tag("small", bounds), class_="why")


def _fitting(number: int, attempt: ExplainedAttempt, room: int) -> Markup:
    """The attempt with as many of its clauses, the likeliest first, as there is room for."""
    shown = len(attempt.clauses)
    part = _attempt(number, attempt, shown)
    while shown and _size(part) > room:
        shown //= 2
        part = _attempt(number, attempt, shown)
    return part


def _attempt(number: int, attempt: ExplainedAttempt, shown: int) -> Markup:
    left = len(attempt.clauses) - shown
    return joined(
        (
            tag("p", tag("b", f"{number}. {attempt.way}"), f" {_short(attempt.question)}"),
            tag("p", ". ".join(_course(attempt)), class_="meaning"),
            table(_HEADINGS, (_row(clause) for clause in attempt.clauses[:shown])) if shown else None,
            tag("p", f"and {left} more clauses", class_="meaning") if left else None,
        )
    )


def _course(attempt: ExplainedAttempt) -> Iterator[str]:
    found = f"{attempt.found} found, {len(attempt.clauses)} read, surety {attempt.surety:.2f}"
    yield f"{', '.join(attempt.kinds)}: {found}"
    if limits := (*attempt.regions, *attempt.years, *map(_short, attempt.documents[:2])):
        yield f"limited to {', '.join(limits)}"
    if attempt.dropped:
        yield f"dropped: {', '.join(f'{rule} {count}' for rule, count in attempt.dropped.items())}"
    if attempt.unproven:
        yield f"kept back by the proof: {len(attempt.unproven)}"
    if not attempt.by_reading:
        yield "told by facts and words, the reading is only shown"
    yield f"{'answered' if attempt.answered else attempt.outcome}, {'told' if attempt.told else 'not told'}"


def _row(clause: ExplainedClause) -> tuple[str, ...]:
    fate = ", ".join(
        filter(
            None,
            (
                "quoted" if clause.quoted else "answers" if clause.answering else "",
                clause.dropped_by,
            ),
        )
    )
    return (
        f"{clause.probability:.3f}",
        f"{clause.answers:.3f}",
        f"{clause.retrieved:.2f}",
        f"《{_short(clause.document)}》{clause.locator}",
        _short(clause.words),
        fate,
    )


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _TEXT else said[:_TEXT] + _MARK


def _size(part: Markup) -> int:
    return len(part.encode())
