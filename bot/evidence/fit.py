"""How well the clauses that were found fit a question: what their sentences hold of its words and meaning."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean, pstdev

from bot.evidence.relevance import Place, Relevance
from ingest.policy import Clause, Fact
from vectorstore.fusion import relative
from vectorstore.search import ScoredClause
from vectorstore.sentences import sentence_spans

# The units in brackets behind a sentence belong to its duty, not to what it says.
_UNIT_LIST = re.compile(
    r"[（(][^（()）]*(?:牵头|负责|责任单位|配合|对接部门|联系人|联系电话)[^（()）]*[）)]?。?$"
)
_LINE_BREAK = re.compile(r"\s*[\n\t]\s*")
_FEW = 5  # sentences from which a deviation means something
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a clause that may answer, and the facts it states.

    `coverage` is the share of the question's words that it holds, 0 to 1.
    """

    clause: Clause
    start: int
    end: int
    facts: tuple[Fact, ...]
    coverage: float

    def said(self, start: int, end: int) -> str:
        """The words from start to end without the number of the clause, marks and units in brackets."""
        words = self.clause.text[start - self.clause.start : end - self.clause.start]
        if start == self.clause.start:
            words = words.removeprefix(self.clause.number)
        return _LINE_BREAK.sub(" ", _UNIT_LIST.sub("", words).strip("，。；;、,.． \n\t"))


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Judges stretches of the clauses that were found for one question."""

    ranked: Sequence[ScoredClause]
    relevance: Relevance
    title: Callable[[Clause], str]

    def passage(self, clause: Clause, start: int, end: int, facts: tuple[Fact, ...]) -> Passage:
        """The stretch with what it holds of the question's words, whether its clause was ranked or not."""
        place = place_of(clause, start, end, title=self.title(clause))
        # A fact may name its indicator or its applicant before the span that gives the value.
        named = _fold("".join(fact.value(name) for fact in facts for name in ("indicator", "applicant")))
        coverage = self.relevance.coverage(replace(place, passage=place.passage + named))
        return Passage(clause=clause, start=start, end=end, facts=facts, coverage=coverage)

    @cached_property
    def retrieved(self) -> dict[str, float]:
        """How well each ranked clause was retrieved beside the best, 0 to 1, by its id."""
        return relative({scored.clause.clause_id: scored.score for scored in self.ranked})

    @cached_property
    def nearness(self) -> dict[str, float]:
        """How far the sentence of a ranked clause that is nearest in meaning stands out, by the clause's id.

        The deviation of its similarity from the mean of all sentences, in standard deviations: similarities
        of one model lie close together and shift with the question. Empty if few sentences are known.
        """
        known = [similarity for scored in self.ranked for similarity in scored.sentences]
        if len(known) < _FEW:
            return {}
        mean, deviation = fmean(known), pstdev(known) or 1.0
        return {
            scored.clause.clause_id: (max(scored.sentences) - mean) / deviation
            for scored in self.ranked
            # Vectors of an index made when sentences were cut otherwise are of no use.
            if scored.sentences and len(sentence_spans(scored.clause)) == len(scored.sentences)
        }


def place_of(clause: Clause, start: int, end: int, *, title: str) -> Place:
    """The text by which this stretch of the clause is judged, lower-cased and without white space.

    The title of the document stands above all its clauses, the heads of a table above its rows.
    """
    passage = clause.text[start - clause.start : end - clause.start]
    return Place(
        passage=_fold(passage),
        heading=_fold("|".join((clause.heading, *(cell.header for cell in clause.cells if cell.value)))),
        clause=_fold(clause.text),
        path=_fold(" ".join((title, *clause.path))),
    )


def _fold(text: str) -> str:
    return _BLANK.sub("", text).lower()
