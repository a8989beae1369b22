"""An explanation for people to read in a terminal: a table for each attempt."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.answering.attempt import Way
from bot.answering.explanation import ExplainedAttempt, ExplainedClause, Explanation

_WORDS = 40
# Of an attempt that nothing is told from, beside those that are quoted or answer.
_FEW = 3
_WAYS: Mapping[Way, str] = {
    "as_asked": "as asked",
    "question_before": "the question before",
    "without_history": "without the questions before",
    "higher_places": "in documents of higher places",
    "part": "a part",
}


def explained(explanation: Explanation) -> RenderableType:
    """Every attempt, with the clauses that were read for it, the likeliest first."""
    parts: list[RenderableType] = []
    for number, attempt in enumerate(explanation.attempts, 1):
        parts += [Text(), _head(number, attempt), _course(attempt)]
        if attempt.clauses:
            parts.append(_clauses(attempt))
    bounds = f"enough {explanation.enough}, near {explanation.near}, reader {explanation.reader}"
    return Group(*parts, Text(bounds, style="dim"))


def _head(number: int, attempt: ExplainedAttempt) -> Text:
    head = Text(f"{number}. {_WAYS[attempt.way]}: {attempt.question}", style="bold")
    for name, values in (
        ("kind", attempt.kinds),
        ("region", attempt.regions),
        ("year", attempt.years),
    ):
        if values:
            head.append(f"  {name}: {', '.join(values)}")
    if attempt.documents:
        few = len(attempt.documents) <= _FEW
        named = ", ".join(f"《{each}》" for each in attempt.documents) if few else len(attempt.documents)
        head.append(f"  documents: {named}")
    return head


def _course(attempt: ExplainedAttempt) -> Text:
    """From what was found to what was said, in a line for each."""
    course = Text(f"   {attempt.found} found, {len(attempt.clauses)} read, surety {attempt.surety:.2f}")
    if not attempt.by_reading:
        course.append(" (only shown: this kind is told by facts and words)", style="dim")
    if attempt.dropped:
        dropped = ", ".join(f"{rule} {count}" for rule, count in attempt.dropped.items())
        course.append(f"\n   dropped: {dropped}")
    for statement in attempt.unproven:
        course.append(f"\n   kept back by the proof: {_short(statement)}", style="yellow")
    said = "answered" if attempt.answered else f"{attempt.outcome}: {_short(attempt.opening)}"
    return course.append(f"\n   {said}{', told' if attempt.told else ', not told'}")


def _clauses(attempt: ExplainedAttempt) -> RenderableType:
    shown = [
        clause
        for place, clause in enumerate(attempt.clauses)
        if attempt.told or place < _FEW or clause.quoted or clause.answering
    ]
    table = Table(box=None, padding=(0, 1))
    for heading in (
        "probability",
        "reader",
        "search",
        "words",
        "near",
        "fact",
        "shown",
        "clause",
        "",
        "answering words",
    ):
        table.add_column(heading, no_wrap=heading != "answering words")
    table.add_column("document", overflow="ellipsis", no_wrap=True)
    for clause in shown:
        table.add_row(
            f"{clause.probability:.3f}",
            f"{clause.answers:.3f}",
            f"{clause.retrieved:.2f}",
            f"{clause.coverage:.2f}",
            f"{clause.nearness:.1f}",
            f"{clause.fact:.0f}",
            f"{clause.shown:.0f}",
            clause.locator,
            _fate(clause),
            _short(clause.words),
            clause.document,
        )
    left = len(attempt.clauses) - len(shown)
    return Group(table, Text(f"   and {left} more, which --json shows", style="dim")) if left else table


def _fate(clause: ExplainedClause) -> str:
    if clause.quoted:
        return f"quoted, {clause.dropped_by}" if clause.dropped_by else "quoted"
    return clause.dropped_by or ("answers" if clause.answering else "")


def _short(text: str) -> str:
    return " ".join(text.split())[:_WORDS]
