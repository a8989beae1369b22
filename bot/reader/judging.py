"""Judges the clauses that were found: the reader reads them in one batch, the calibration says how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reader.calibration import Calibration, Signals
from bot.reader.passages import passage_of
from bot.reader.reading import Reader
from ingest.policy import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A clause that was found and what speaks for it beside its text; `siblings`: its policy's clauses."""

    clause: Clause
    title: str
    siblings: Mapping[str, Clause]
    retrieved: float
    coverage: float
    fact: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A clause with the probability that it answers; `start`, `end`: offsets in the policy of what does."""

    clause: Clause
    probability: float
    start: int
    end: int
    signals: Signals


class Judge:
    """One judge over all that was found; deterministic."""

    def __init__(self, reader: Reader, calibration: Calibration) -> None:
        """The calibration is the one that was fitted to the reader."""
        self._reader = reader
        self.calibration = calibration

    def judged(self, question: str, candidates: Sequence[Candidate]) -> list[Judged]:
        """The candidates by the probability that they answer, the likeliest first; ties by place."""
        passages = [passage_of(each.clause, title=each.title, siblings=each.siblings) for each in candidates]
        found = []
        for candidate, reading in zip(candidates, self._reader.read(question, passages), strict=True):
            signals = Signals(
                answers=reading.answers,
                retrieved=candidate.retrieved,
                coverage=candidate.coverage,
                fact=candidate.fact,
            )
            found.append(
                Judged(
                    clause=candidate.clause,
                    probability=self.calibration.probability(signals),
                    start=candidate.clause.start + reading.start,
                    end=candidate.clause.start + reading.end,
                    signals=signals,
                )
            )
        return sorted(found, key=lambda each: (-each.probability, each.clause.policy_id, each.clause.start))
