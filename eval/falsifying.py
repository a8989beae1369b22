"""Turns true drafted statements into false ones, as a faulty composer might: nothing of it may be said.

The composers are built to draft what their quotes hold, so that a set alone never shows whether the
proof works. Falsified drafts do: with the proof at work none of their statements reaches the answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.composers.draft import DraftStatement
from ingest import units

# Names and words that stand in no document.
_UNIT = "区云雾局"
_WORDS = "凡未申报者一律视同已经申报"
# Counts of listed things are the program's own and stand in no quote.
_FIGURE = re.compile(r"\d+(?!\d|\s*[项条个处份])")


def falsified(statements: Sequence[DraftStatement]) -> tuple[DraftStatement, ...]:
    """False variants of each statement that has something to falsify, each with a text of its own."""
    variants = [variant for statement in statements for variant in _variants(statement)]
    return tuple({variant.text: variant for variant in variants}.values())


def _variants(statement: DraftStatement) -> Iterator[DraftStatement]:
    said = statement.text
    figure = _FIGURE.search(said)
    if figure and not any(figure.group() in free for free in statement.free):
        other = str(int(figure.group()) * 7 + 13)
        yield replace(statement, text=said[: figure.start()] + other + said[figure.end() :])
    named = [mention.name for mention in units.find_units(said)]
    if named and not any(named[0] in free for free in statement.free):
        yield replace(statement, text=said.replace(named[0], _UNIT, 1))
    yield replace(statement, text=f"{said}；{_WORDS}", claims=(*statement.claims, _WORDS))
    if statement.quotes:
        quote = statement.quotes[0]
        altered = replace(quote, clause=replace(quote.clause, text=quote.clause.text + _WORDS))
        # White space makes the text its own without making it a better one.
        yield replace(statement, text=f"{said} ", quotes=(altered, *statement.quotes[1:]))
