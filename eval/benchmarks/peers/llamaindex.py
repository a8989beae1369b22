"""LlamaIndex: VectorStoreIndex, BM25Retriever and QueryFusionRetriever; tuned with segmented BM25."""

import re
from collections.abc import Sequence
from pathlib import Path

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle, TextNode
from llama_index.retrievers.bm25 import BM25Retriever

from bot.answer import Question
from eval.benchmarks.peers.peer import ChineseTuning, Passage, SourceText, asked_words
from eval.benchmarks.peers.segmented import words
from vectorstore.search import Embedder

TUNED = ChineseTuning(chunk_characters=250, overlap_characters=0, keyword_weight=0.3)
# What each retriever hands to the fusion: more than a reader gets.
_CANDIDATES = 60
_PART_OF_SENTENCE = re.compile(r"[^。；，\n]+[。；，\n]*|[。；，\n]+")


class LlamaIndex:
    """A vector index and BM25, joined by rank; the chat model that would reword questions is left out."""

    def __init__(self, embedder: Embedder, folder: Path, tuning: ChineseTuning | None = None) -> None:
        """Keeps everything in memory, as the framework does unless told otherwise."""
        del folder
        self._embedder = embedder
        self._tuning = tuning

    def index(self, documents: Sequence[SourceText]) -> None:
        """Holds these documents from now on."""
        nodes = _splitter(self._tuning).get_nodes_from_documents([_document(each) for each in documents])
        index = VectorStoreIndex(nodes, embed_model=_AsEmbedding(self._embedder))
        count = min(_CANDIDATES, len(nodes))
        keywords = (
            BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=count)
            if self._tuning is None
            else _segmented_bm25(nodes, count)
        )
        weight = 0.5 if self._tuning is None else self._tuning.keyword_weight
        self._retriever = QueryFusionRetriever(
            [keywords, index.as_retriever(similarity_top_k=count)],
            # Asked for nothing with one query, but there has to be one.
            llm=MockLLM(),
            num_queries=1,
            # Joining by rank knows no weights.
            mode="reciprocal_rerank" if weight == 0.5 else "relative_score",
            retriever_weights=[weight, 1 - weight],
            similarity_top_k=count,
            use_async=False,
        )

    def search(self, question: Question, *, limit: int) -> list[Passage]:
        """The passages nearest to the question, best first."""
        return [_passage(each.node) for each in self._retriever.retrieve(asked_words(question))[:limit]]


def _document(source: SourceText) -> Document:
    # A file name is no part of what is embedded or looked up.
    return Document(text=source.text, metadata={"file": source.file}, excluded_embed_metadata_keys=["file"])


def _splitter(tuning: ChineseTuning | None) -> SentenceSplitter:
    if tuning is None:
        return SentenceSplitter()
    return SentenceSplitter(
        chunk_size=tuning.chunk_characters,
        chunk_overlap=tuning.overlap_characters,
        tokenizer=list,
        paragraph_separator="\n",
        chunking_tokenizer_fn=_PART_OF_SENTENCE.findall,
        include_metadata=True,
    )


def _passage(node: TextNode) -> Passage:
    return Passage(
        text=node.text, file=node.metadata["file"], start=node.start_char_idx, end=node.end_char_idx
    )


class _AsEmbedding(BaseEmbedding):
    """The embedder as LlamaIndex knows one."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.fingerprint)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _segmented_bm25(nodes: Sequence[BaseNode], count: int) -> "_SegmentedBm25":
    """BM25 over words with blanks between them, which gives the nodes as they were."""
    retriever = _SegmentedBm25(
        nodes=[TextNode(id_=each.node_id, text=" ".join(words(each.get_content()))) for each in nodes],
        similarity_top_k=count,
        skip_stemming=True,
        token_pattern=r"\S+",
    )
    retriever.originals = {each.node_id: each for each in nodes}
    return retriever


class _SegmentedBm25(BM25Retriever):
    originals: dict[str, BaseNode]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = super()._retrieve(QueryBundle(" ".join(words(query_bundle.query_str))))
        return [
            NodeWithScore(node=self.originals[each.node.node_id], score=each.score)
            for each in found
            if each.score
        ]
