"""What a composer hands to the proof: statements with the spans they stand on, not yet checked."""

from dataclasses import dataclass

from bot.answer import Choice, Outcome
from ingest.policy import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A span of the policy text inside or across the clause it begins in.

    `direct` are the words of it that answer, as offsets in the policy text too, if they are known.
    """

    clause: Clause
    start: int
    end: int
    direct: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatement:
    """A sentence and its quotes.

    `claims` are the words of the sentence that were taken from the document: each must occur in
    a quote. `free` are stretches that are no policy content: places, titles, locators, computed
    dates, counts. `worded`: the words are a model's own, so the proof checks them further.
    """

    text: str
    quotes: tuple[Quote, ...]
    claims: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    worded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer before its proof."""

    outcome: Outcome
    statements: tuple[DraftStatement, ...]
    composer: str
    opening: str = ""  # said before the statements: a fixed phrase without policy content
    choices: tuple[Choice, ...] = ()  # of a clarifying question
    related: tuple[Clause, ...] = ()
    by_reading: bool = False  # whether the outcome hangs on how surely the clauses that were read answer
    notices: tuple[str, ...] = ()  # how the answer came about, where the asker should know
