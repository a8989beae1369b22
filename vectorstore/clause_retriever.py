"""The retriever as LangChain knows one."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig
from langsmith import tracing_context
from pydantic import ConfigDict

from vectorstore.catalog import Catalog
from vectorstore.retriever import Retriever
from vectorstore.search import ScoredClause, SearchFilter


class ClauseRetriever(BaseRetriever):
    """A LangChain retriever whose documents are clauses, with their address as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    catalog: Catalog
    limit: int = 8
    search_filter: SearchFilter = SearchFilter()

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[Document]:
        """The clauses found; asks no tracer, whatever the environment names one."""
        with tracing_context(enabled=False):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> list[Document]:
        """As `invoke`."""
        with tracing_context(enabled=False):
            return await super().ainvoke(input, config, **kwargs)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        found = self.retriever.retrieve(query, limit=self.limit, search_filter=self.search_filter)
        titles = {summary.policy_id: summary.metadata.title for summary in self.catalog.policies()}
        return [document_of(scored, titles.get(scored.clause.policy_id, "")) for scored in found]


def document_of(scored: ScoredClause, policy_title: str) -> Document:
    """The clause as a LangChain document; its text is the clause as printed."""
    clause = scored.clause
    return Document(
        id=clause.clause_id,
        page_content=clause.text,
        metadata={
            "clause_id": clause.clause_id,
            "policy_id": clause.policy_id,
            "policy_title": policy_title,
            "locator": clause.locator,
            "path": list(clause.path),
            "kind": clause.kind,
            "start": clause.start,
            "end": clause.end,
            "score": scored.score,
        },
    )
