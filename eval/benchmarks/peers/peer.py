"""What is compared: documents in, passages of them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.answer import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A document as the frameworks get it: the text of its file, nothing cleaned."""

    file: str
    path: Path
    sha256: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Retrieved text and where it stands in the text of its file."""

    text: str
    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChineseTuning:
    """What one sets when the documents are Chinese; found by `eval peers --tune` on the development half."""

    chunk_characters: int
    overlap_characters: int
    keyword_weight: float  # of the segmented BM25; the vectors have the rest of 1


class Peer(Protocol):
    """A search over documents; each question is asked of one that holds all of them."""

    def index(self, documents: Sequence[SourceText]) -> None:
        """Holds these documents from now on."""

    def search(self, question: Question, *, limit: int) -> Sequence[Passage]:
        """The passages nearest to the question, best first."""


# Where a Chinese text is cut, the coarsest first.
SEPARATORS = ("\n\n", "\n", "。", "；", "，")


def asked_words(question: Question) -> str:
    """The question behind those before it: the frameworks keep no history without a chat model."""
    return "\n".join((*question.history, question.text))
