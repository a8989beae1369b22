"""Asks every question of a set and collects what came of it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from bot.answer import Answer, Citation, Question
from eval.cases import Case
from eval.errors import DocumentRejectedError
from eval.results import Cited, Result, Retrieved
from eval.spans import span_of, without_deletions
from eval.usage import counted_usage
from ingest.input_files import read_file
from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.search import ScoredClause

SEARCHED = 10
_SNIPPET = 120
# What is being done, steps done, steps in all.
Progress = Callable[[str, int, int], None]


# Completes a result by what a further look at the same question shows.
CloserLook = Callable[[Result, Question], Result]


class Answering(Protocol):
    """What is scored; `bot.answering.assistant.Assistant` is the one there is."""

    def ask(self, question: Question) -> Answer:
        """The answer."""

    def search(self, question: Question, *, limit: int) -> Sequence[ScoredClause]:
        """The clauses nearest to the question, best first."""


class Sources(Protocol):
    """The policies that answers quote and the texts they were read from."""

    def policy(self, policy_id: str) -> Policy:
        """The policy of this id."""

    def text(self, sha256: str) -> str:
        """The source text of the file with this hash."""


class CatalogSources:
    """Policies from a catalog, source texts from the files it was filled with; each is read once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._policies: dict[str, Policy] = {}
        self._texts: dict[str, str] = {}

    def policy(self, policy_id: str) -> Policy:
        """The policy of this id."""
        if policy_id not in self._policies:
            self._policies[policy_id] = self._catalog.policy(policy_id)
        return self._policies[policy_id]

    def text(self, sha256: str) -> str:
        """The source text of the file with this hash, empty where the file is gone."""
        if sha256 not in self._texts:
            paths = (Path(path) for path, found in self._catalog.files.all().items() if found == sha256)
            path = next((path for path in paths if path.exists()), None)
            self._texts[sha256] = read_file(path).text if path else ""
        return self._texts[sha256]


def index(indexer: Indexer, paths: Sequence[Path], progress: Progress) -> None:
    """Makes the index hold these documents; DocumentRejectedError where one could not be read."""
    failed = [report for report in indexer.index(paths, progress=progress) if report.status == "failed"]
    if failed:
        raise DocumentRejectedError("\n".join(report.error for report in failed))


def further_files(catalog: Catalog, paths: Sequence[Path]) -> list[Path]:
    """The files of the catalog that these paths do not hold: questions are answered from them as well."""
    held = [path.resolve() for path in paths]
    return [
        file
        for file in map(Path, catalog.files.all())
        if not any(path == file or path in file.parents for path in held)
    ]


def ask_all(
    cases: Sequence[Case],
    assistant: Answering,
    sources: Sources,
    *,
    today: date,
    progress: Progress,
    clock: Callable[[], float] = time.perf_counter,
    closer_look: Sequence[CloserLook] = (),
    kept: Mapping[str, Result] = MappingProxyType({}),
    on_result: Callable[[Result], None] = lambda _result: None,
    jobs: int = 1,
) -> tuple[Result, ...]:
    """The result of each case in order; `today` is the day of asking where a case names none.

    What is `kept` by the id of its case is not asked again; `on_result` is told of each new result. Each
    `closer_look` completes a result, the answer being there. So many `jobs` ask side by side.
    """

    def asked(case: Case) -> Result:
        if case.id in kept:
            return kept[case.id]
        question = Question(text=case.question, on=case.on or today, history=case.history)
        result = _asked(case, question, assistant, sources, clock)
        for look in closer_look:
            result = look(result, question)
        return result

    results: list[Result] = []
    progress("asking", 0, len(cases))
    with _mapping(jobs) as each:
        for done, result in enumerate(each(asked, cases), start=1):
            if result.case.id not in kept:
                on_result(result)
            results.append(result)
            progress("asking", done, len(cases))
    return tuple(results)


@contextmanager
def _mapping(jobs: int) -> Iterator[Callable[[Callable[[Case], Result], Sequence[Case]], Iterable[Result]]]:
    """A way to call a function on each case, results in order; threads where several are to be at it."""
    if jobs == 1:
        yield map
        return
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield pool.map
        except BaseException:
            # What was not begun need not be asked any more.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _asked(
    case: Case, question: Question, assistant: Answering, sources: Sources, clock: Callable[[], float]
) -> Result:
    with counted_usage() as usage:
        began = clock()
        answer = assistant.ask(question)
        milliseconds = 1000 * (clock() - began)
    return Result(
        case=case,
        answer=answer,
        milliseconds=milliseconds,
        cited=tuple(_cited(citation, sources) for citation in answer.citations),
        retrieved=tuple(_retrieved(scored, sources) for scored in assistant.search(question, limit=SEARCHED)),
        usage=usage(),
    )


def _cited(citation: Citation, sources: Sources) -> Cited:
    policy = sources.policy(citation.policy_id)
    span = span_of(policy, citation.start, citation.end)
    return Cited(
        marker=citation.marker,
        quote=citation.quote,
        policy_text=policy.text[citation.start : citation.end] if span else "",
        source_text=without_deletions(policy, sources.text(span.sha256), span) if span else "",
        span=span,
    )


def _retrieved(scored: ScoredClause, sources: Sources) -> Retrieved:
    clause = scored.clause
    policy = sources.policy(clause.policy_id)
    span = span_of(policy, clause.start, clause.end)
    if span is None:
        raise IndexError(f"{clause.clause_id}: its offsets lie outside the text of its policy")
    return Retrieved(
        clause_id=clause.clause_id,
        policy_title=policy.metadata.title,
        locator=clause.locator,
        score=scored.score,
        span=span,
        snippet=clause.text[:_SNIPPET],
    )
