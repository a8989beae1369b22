"""Clausewise itself, as `clausewise search` reads its passages to the end."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bot.answer import Question
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer
from eval.benchmarks.peers.peer import Passage, SourceText
from eval.runner import index
from eval.spans import span_of
from ingest.policy import Clause
from vectorstore.reading import read_together
from vectorstore.search import ScoredClause


class ClausewiseSearch:
    """Clauses, each with what is read together with it; text that was given is not given again."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Keeps catalog and vectors in the folder."""
        self._settings = settings.model_copy(update={"data": folder, "models": settings.models_folder()})
        self._files: Mapping[str, str] = {}

    def index(self, documents: Sequence[SourceText]) -> None:
        """Holds these documents from now on."""
        self._files = {document.sha256: document.file for document in documents}
        paths = [document.path for document in documents]
        index(open_indexer(self._settings), paths, lambda _what, _done, _total: None)
        self._assistant = open_assistant(self._settings)
        self._catalog = self._assistant.catalog
        self._policy = lru_cache(maxsize=None)(self._catalog.policy)
        self._assistant.warm_up()

    def search(self, question: Question, *, limit: int) -> list[Passage]:
        """The passages nearest to the question, best first."""
        return list(self._passages(self._assistant.search(question, limit=limit)))

    def _passages(self, found: Sequence[ScoredClause]) -> Iterator[Passage]:
        given: set[str] = set()
        for each in found:
            if each.clause.clause_id in given:
                continue
            for part in read_together(each.clause, self._catalog.clauses(each.clause.policy_id)):
                if part.clause_id not in given:
                    given.add(part.clause_id)
                    yield self._passage(part)

    def _passage(self, clause: Clause) -> Passage:
        span = span_of(self._policy(clause.policy_id), clause.start, clause.end)
        if span is None:
            raise IndexError(f"{clause.clause_id}: its offsets lie outside the text of its policy")
        return Passage(text=clause.text, file=self._files[span.sha256], start=span.start, end=span.end)
