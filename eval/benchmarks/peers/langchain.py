"""LangChain: RecursiveCharacterTextSplitter and Chroma; tuned also segmented BM25 and EnsembleRetriever."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot.answer import Question
from eval.benchmarks.peers.peer import SEPARATORS, ChineseTuning, Passage, SourceText, asked_words
from eval.benchmarks.peers.segmented import words
from vectorstore.search import Embedder

TUNED = ChineseTuning(chunk_characters=250, overlap_characters=0, keyword_weight=0.5)
# What each retriever hands to the fusion: more than a reader gets.
_CANDIDATES = 60


class LangChain:
    """What the tutorials build; with a tuning what a patient user makes of it."""

    def __init__(self, embedder: Embedder, folder: Path, tuning: ChineseTuning | None = None) -> None:
        """Keeps the vectors in the folder."""
        self._embedder = embedder
        self._folder = folder
        self._tuning = tuning

    def index(self, documents: Sequence[SourceText]) -> None:
        """Holds these documents from now on."""
        chunks = _splitter(self._tuning).split_documents(
            [Document(page_content=each.text, metadata={"file": each.file}) for each in documents]
        )
        store = Chroma.from_documents(
            chunks, _AsEmbeddings(self._embedder), persist_directory=str(self._folder)
        )
        self._retriever: BaseRetriever = store.as_retriever(search_kwargs={"k": _CANDIDATES})
        if self._tuning is not None:
            weight = self._tuning.keyword_weight
            self._retriever = EnsembleRetriever(
                retrievers=[_SegmentedBm25.of(chunks), self._retriever], weights=[weight, 1 - weight]
            )

    def search(self, question: Question, *, limit: int) -> list[Passage]:
        """The passages nearest to the question, best first."""
        return [_passage(each) for each in self._retriever.invoke(asked_words(question))[:limit]]


def _splitter(tuning: ChineseTuning | None) -> RecursiveCharacterTextSplitter:
    if tuning is None:
        return RecursiveCharacterTextSplitter(add_start_index=True)
    return RecursiveCharacterTextSplitter(
        chunk_size=tuning.chunk_characters,
        chunk_overlap=tuning.overlap_characters,
        separators=[*SEPARATORS, ""],
        keep_separator="end",
        add_start_index=True,
    )


def _passage(document: Document) -> Passage:
    start = document.metadata["start_index"]
    return Passage(
        text=document.page_content,
        file=document.metadata["file"],
        start=start,
        end=start + len(document.page_content),
    )


class _AsEmbeddings(Embeddings):
    """The embedder as LangChain knows one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a text."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._embedder.embed_query(text).tolist()
        return vector


class _SegmentedBm25(BaseRetriever):
    """BM25 over the words of the chunks; the one of langchain-community goes away with it."""

    chunks: list[Document]
    keywords: Any

    @classmethod
    def of(cls, chunks: list[Document]) -> "_SegmentedBm25":
        """Over these chunks."""
        keywords = bm25s.BM25()
        keywords.index([words(chunk.page_content) for chunk in chunks], show_progress=False)
        return cls(chunks=chunks, keywords=keywords)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        count = min(_CANDIDATES, len(self.chunks))
        places, scores = self.keywords.retrieve([words(query)], k=count, show_progress=False)
        return [self.chunks[place] for place, score in zip(places[0], scores[0], strict=True) if score > 0]
