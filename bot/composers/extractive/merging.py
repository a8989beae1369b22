"""Puts together what is told of one clause in several places."""

from collections.abc import Iterable
from dataclasses import replace

from bot.composers.draft import DraftStatement, Quote
from ingest.policy import Clause

ELLIPSIS = "……"  # between words of a clause that do not follow one another
_MARKS = " \n\t，。；;"


def as_one(statement: DraftStatement, other: DraftStatement) -> DraftStatement | None:
    """The two as one statement if both tell parts of the same clause; else None."""
    quotes = (*statement.quotes, *other.quotes)
    if not (statement.quotes and other.quotes and statement.claims and other.claims):
        return None
    clause = statement.quotes[0].clause
    if any(each.clause.clause_id != clause.clause_id for each in quotes):
        return None
    said = ELLIPSIS.join(statement.claims)
    if not all(each.text.endswith(ELLIPSIS.join(each.claims)) for each in (statement, other)):
        return None
    runs = joined_spans((each.start, each.end) for each in quotes)
    words = [words_of_span(clause, start, end) for start, end in runs]
    direct = [each.direct for each in quotes if each.direct is not None]
    return replace(
        statement,
        text=statement.text.removesuffix(said) + ELLIPSIS.join(words),
        claims=tuple(words),
        quotes=tuple(
            Quote(
                clause=clause,
                start=start,
                end=end,
                direct=next((each for each in direct if start <= each[0] < each[1] <= end), None),
            )
            for start, end in runs
        ),
    )


def joined_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap or touch as one."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if runs and start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return runs


def words_of_span(clause: Clause, start: int, end: int) -> str:
    """The words of a span of a clause, in one line, without its number and the marks around them."""
    words = clause.text[start - clause.start : end - clause.start]
    if start == clause.start and clause.kind != "item":
        words = words.removeprefix(clause.number)
    return " ".join(words.split()).strip(_MARKS)
