"""The reader as a document compressor of LangChain: of what any retriever found, what answers."""

from collections.abc import Sequence
from typing import cast

from langchain_core.callbacks import Callbacks
from langchain_core.documents import BaseDocumentCompressor, Document
from pydantic import ConfigDict, Field, SkipValidation

from bot.reader.reading import Passage, Reader


class ReaderCompressor(BaseDocumentCompressor):
    """Keeps the documents that answer best, the best first; `bot.wiring.open_compressor` opens one.

    A document's `title` and `headings` (a list) are read with its text, if its metadata hold them. The
    metadata of a kept document say how surely it answers, as `relevance_score` from 0 to 1, and by which of
    its words, as `answer`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    reader: SkipValidation[Reader]
    top_n: int | None = Field(default=None, gt=0)  # so many at most
    least: float = Field(default=0.0, ge=0, le=1)  # the relevance below which a document is left out

    def compress_documents(
        self, documents: Sequence[Document], query: str, callbacks: Callbacks | None = None
    ) -> Sequence[Document]:
        """The documents that are kept; raises ReaderUnavailableError."""
        readings = self.reader.read(query, [_passage(each) for each in documents])
        found = sorted(zip(documents, readings, strict=True), key=lambda each: -each[1].answers)
        kept = [
            Document(
                id=document.id,
                page_content=document.page_content,
                metadata=document.metadata
                | {
                    "relevance_score": reading.answers,
                    "answer": document.page_content[reading.start : reading.end],
                },
            )
            for document, reading in found
            if reading.answers >= self.least
        ]
        return kept[: self.top_n]


def _passage(document: Document) -> Passage:
    found = document.metadata.get("headings") or ()
    headings = (found,) if isinstance(found, str) else cast(Sequence[object], found)
    return Passage(
        title=str(document.metadata.get("title") or ""),
        headings=tuple(map(str, headings)),
        text=document.page_content,
    )
