"""What is printed on a page and where, from its text layer or recognised in its picture.

Lengths are in points (of a PDF) or pixels (of a picture); top and bottom count downwards.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A piece of text at its place: a glyph of the text layer, or a stretch that was recognised."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # of the em, the width of a Chinese character

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """How far to the right its middle is."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A straight line: at `place` across its direction, from `start` to `end` along it."""

    direction: Literal["horizontal", "vertical"]
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as it is printed."""

    number: int
    width: float
    height: float
    inks: tuple[Ink, ...] = ()
    asides: tuple[Ink, ...] = ()  # lines written in another direction than the page's: stamps, margins
    edges: tuple[Edge, ...] = ()
    read_by_ocr: bool = False
