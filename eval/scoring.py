"""A run from beginning to end: what is still right is taken over, the rest is asked, all of it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from bot.answering.asking import Asking
from bot.settings import Settings
from eval.cases import Case, case_json
from eval.closer_look import (
    look_at_draft,
    look_by_words,
    look_for_evidence,
    look_whether_falsehoods_pass,
    look_why,
)
from eval.gates import Half
from eval.intervals import Figure, figures_with_intervals
from eval.judging import Agreement
from eval.program import answering_settings, corpus_sha256, machine, program_sha256, versions
from eval.results import Result
from eval.runner import CatalogSources, CloserLook, Progress, ask_all
from eval.runs import Kept, OpenRun, Run, RunInfo, Runs, as_json, in_order, new_run_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is asked and how closely it is looked at."""

    set: str
    cases: Sequence[Case]
    today: date
    half: Half | None = None
    falsify: bool = False
    further_looks: Mapping[str, CloserLook] | None = None  # by what they are called
    judge: Agreement | None = None
    note: str = ""
    changed: str = ""  # about the assistant, if something is that no setting tells

    def options(self) -> tuple[str, ...]:
        """What besides the answers is found out, and what is changed about who answers, as it is kept."""
        looks = (*(("falsify",) if self.falsify else ()), *sorted(self.further_looks or ()))
        return (*looks, *((self.changed,) if self.changed else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A finished run with its results and figures, and how many results were taken over."""

    info: RunInfo
    results: tuple[Result, ...]
    figures: Mapping[str, Figure]
    reused: int


def score(
    work: Work,
    assistant: Asking,
    settings: Settings,
    runs: Runs,
    *,
    progress: Progress,
    changed_only: bool = False,
    fresh: bool = False,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda _note: None,
) -> Scored:
    """Asks the cases and keeps the run.

    A run of the same work that was ended half-way goes on, unless `fresh`. With `changed_only` results of
    earlier runs are taken over where case, day, documents, settings and program are the same.
    """
    now = datetime.now(UTC)
    info = _info(work, assistant, settings, now)
    goes_on = None if fresh else runs.unfinished(info)
    if goes_on is not None:
        tell(f"goes on with {goes_on.info.run_id}")
    keys = {case.id: _key(case, info) for case in work.cases}
    known = _known(keys, runs, goes_on, set_name=work.set if changed_only else None)
    with runs.begin(info, goes_on=goes_on) as opened:
        _take_over(known, keys, opened, already={each.key for each in goes_on.kept()} if goes_on else set())
        if known:
            tell(f"{len(known)} of {len(work.cases)} results are taken over")
        asked = ask_all(
            work.cases,
            assistant,
            CatalogSources(assistant.catalog),
            today=work.today,
            progress=progress,
            closer_look=_looks(work, assistant),
            kept={case_id: result for case_id, (_, result) in known.items()},
            jobs=jobs,
            on_result=lambda result: opened.add(Kept(key=keys[result.case.id], result=result)),
        )
        results = in_order(asked, [case.id for case in work.cases])
        figures = figures_with_intervals(results)
        finished = opened.finish(figures, datetime.now(UTC))
    return Scored(info=finished, results=results, figures=figures, reused=len(known))


def _info(work: Work, assistant: Asking, settings: Settings, now: datetime) -> RunInfo:
    catalog = assistant.catalog
    return RunInfo(
        run_id=new_run_id(work.set, now),
        set=work.set,
        began_at=now,
        today=work.today,
        case_ids=tuple(case.id for case in work.cases),
        set_sha256=sha256("\n".join(map(case_json, work.cases)).encode()).hexdigest(),
        corpus_sha256=corpus_sha256(catalog),
        documents=len(catalog.policies()),
        program_sha256=program_sha256(),
        settings=answering_settings(settings),
        versions=versions(),
        machine=machine(),
        half=work.half,
        options=work.options(),
        judge=work.judge,
        note=work.note,
    )


def _key(case: Case, info: RunInfo) -> str:
    """A hash over all that the result of a case depends on."""
    parts = (
        case_json(case),
        str(case.on or info.today),
        info.corpus_sha256,
        info.program_sha256,
        as_json(info.settings),
        *info.options,
    )
    return sha256("\0".join(parts).encode()).hexdigest()


def _known(
    keys: Mapping[str, str], runs: Runs, goes_on: Run | None, *, set_name: str | None
) -> dict[str, tuple[str | None, Result]]:
    """The results that need not be asked for, by the id of their case, with the run they come from."""
    by_key: dict[str, tuple[str | None, Result]] = {}
    if set_name is not None:
        by_key |= runs.results_by_key(set_name=set_name)
    if goes_on is not None:
        by_key |= {kept.key: (kept.reused_from, kept.result) for kept in goes_on.kept()}
    return {case_id: by_key[key] for case_id, key in keys.items() if key in by_key}


def _take_over(
    known: Mapping[str, tuple[str | None, Result]],
    keys: Mapping[str, str],
    opened: OpenRun,
    *,
    already: set[str],
) -> None:
    for case_id, (run_id, result) in known.items():
        if keys[case_id] not in already:
            opened.add(Kept(key=keys[case_id], result=result, reused_from=run_id))


def _looks(work: Work, assistant: Asking) -> list[CloserLook]:
    catalog = assistant.catalog
    looks = [
        look_for_evidence(catalog),
        look_by_words(catalog),
        look_at_draft(assistant),
        look_why(assistant),
    ]
    if work.falsify:
        looks.append(look_whether_falsehoods_pass(assistant))
    return [*looks, *(work.further_looks or {}).values()]
