"""What a reader takes and gives; the port that the answer path knows it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause as a reader sees it: under its document's title and the headings above it."""

    title: str
    headings: tuple[str, ...]  # outermost first; a lead-in (符合下列条件的：) comes last
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How surely a passage answers, and which of its words do: `passage.text[start:end]`.

    `answers` lies between 0 and 1 and is the reader's own: it becomes a probability by calibration.
    """

    answers: float
    start: int
    end: int


class Reader(Protocol):
    """Reads passages in the light of a question; safe to share between threads."""

    @property
    def name(self) -> str:
        """Names the reader and its version: what is fitted to one reader holds for no other."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order."""
