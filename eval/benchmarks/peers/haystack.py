"""Haystack: InMemoryDocumentStore with BM25 and embeddings, joined by DocumentJoiner; tuned on words."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter, RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from bot.answer import Question
from eval.benchmarks.peers.peer import SEPARATORS, ChineseTuning, Passage, SourceText, asked_words
from eval.benchmarks.peers.segmented import words
from vectorstore.search import Embedder

TUNED = ChineseTuning(chunk_characters=250, overlap_characters=0, keyword_weight=0.3)
# What each retriever hands to the joiner: more than a reader gets.
_CANDIDATES = 60


class Haystack:
    """BM25 and embeddings over one store in memory."""

    def __init__(self, embedder: Embedder, folder: Path, tuning: ChineseTuning | None = None) -> None:
        """Keeps everything in memory."""
        del folder
        self._embedder = embedder
        self._tuning = tuning

    def index(self, documents: Sequence[SourceText]) -> None:
        """Holds these documents from now on."""
        splitter = _splitter(self._tuning)
        splitter.warm_up()
        chunks = splitter.run([Document(content=each.text, meta={"file": each.file}) for each in documents])
        store = InMemoryDocumentStore(shared=False, **self._tokenization())
        store.write_documents(self._searchable(chunks["documents"]))
        self._keywords = InMemoryBM25Retriever(store, top_k=_CANDIDATES)
        self._meanings = InMemoryEmbeddingRetriever(store, top_k=_CANDIDATES)
        weight = self._tuning.keyword_weight if self._tuning else None
        self._joiner = (
            DocumentJoiner()
            if weight is None
            else DocumentJoiner(join_mode="reciprocal_rank_fusion", weights=[weight, 1 - weight])
        )

    def search(self, question: Question, *, limit: int) -> list[Passage]:
        """The passages nearest to the question, best first."""
        asked = asked_words(question)
        by_keyword = self._keywords.run(query=self._for_keywords(asked))["documents"]
        by_meaning = self._meanings.run(query_embedding=self._embedder.embed_query(asked).tolist())
        joined = self._joiner.run([by_keyword, by_meaning["documents"]])["documents"]
        return [_passage(each) for each in joined[:limit]]

    def _searchable(self, chunks: Sequence[Document]) -> list[Document]:
        """With vectors of the text as it is; what BM25 reads are words, where tuned."""
        vectors = self._embedder.embed_passages([chunk.content for chunk in chunks]).tolist()
        return [
            replace(
                chunk,
                content=self._for_keywords(chunk.content),
                embedding=vector,
                meta={**chunk.meta, "text": chunk.content},
            )
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]

    def _for_keywords(self, text: str) -> str:
        return " ".join(words(text)) if self._tuning else text

    def _tokenization(self) -> dict[str, str]:
        return {"bm25_tokenization_regex": r"\S+"} if self._tuning else {}


def _splitter(tuning: ChineseTuning | None) -> DocumentSplitter | RecursiveDocumentSplitter:
    if tuning is None:
        return DocumentSplitter()
    return RecursiveDocumentSplitter(
        split_length=tuning.chunk_characters,
        split_overlap=tuning.overlap_characters,
        split_unit="char",
        separators=list(SEPARATORS),
    )


def _passage(document: Document) -> Passage:
    start = document.meta["split_idx_start"]
    text = document.meta["text"]
    return Passage(text=text, file=document.meta["file"], start=start, end=start + len(text))
