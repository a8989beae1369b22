"""Judges the clauses that were found: the reader reads them, the calibration says how surely."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.reader.calibration import CALIBRATIONS, Calibration, Found, Signals, load_calibrations
from bot.reader.passages import passage_of
from bot.reader.reading import Reader
from ingest.policy import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A clause that was found and what speaks for it beside its text; `siblings`: its policy's clauses."""

    clause: Clause
    title: str
    siblings: Mapping[str, Clause]
    found: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A clause with the probability that it answers; `start`, `end`: offsets in the policy of what does."""

    clause: Clause
    probability: float
    start: int
    end: int
    signals: Signals


class Judge:
    """One judge over all that was found; deterministic. Opens its reader when something is to be judged."""

    def __init__(
        self,
        open_reader: Callable[[], Reader],
        calibration: Calibration | None = None,
        *,
        risk: float | None = None,
        calibrations: Path = CALIBRATIONS,
    ) -> None:
        """Names how to open the reader, which is not opened yet; a calibration goes before that of the file.

        `risk` is the highest that is accepted; None for the bound that gives most right answers.
        """
        self.open_reader = open_reader
        self._calibration = calibration
        self._risk = risk
        self._calibrations = calibrations

    def check_risk(self) -> None:
        """SettingsError if the reader is not known to keep the risk."""
        _ = self.calibration

    def reading_with(self, open_reader: Callable[[], Reader], calibration: Calibration | None) -> "Judge":
        """A judge with the same file of calibrations and another reader, whatever the risk."""
        return Judge(open_reader, calibration, calibrations=self._calibrations)

    @cached_property
    def _reader(self) -> Reader:
        return self.open_reader()

    @cached_property
    def calibration(self) -> Calibration:
        """The one that was fitted to the reader; a reader without one is taken at its word.

        SettingsError if it is not known to keep the risk.
        """
        fitted = self._calibration or load_calibrations(self._calibrations).of(self._reader.name)
        return fitted if self._risk is None else fitted.at_risk(self._risk)

    def judged(self, question: str, candidates: Sequence[Candidate]) -> list[Judged]:
        """The candidates by the probability that they answer, the likeliest first; ties by place."""
        passages = [
            passage_of(each.clause, title=each.title, siblings=each.siblings, question=question)
            for each in candidates
        ]
        found = []
        for candidate, reading in zip(candidates, self._reader.read(question, passages), strict=True):
            signals = Signals(answers=reading.answers, found=candidate.found)
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
