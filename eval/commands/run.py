"""clausewise eval run: a set asked and scored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import DataOption, settings_for
from eval.commands.asking import (
    assistant_on,
    bars_of,
    cases_of,
    documents_of,
    half_named,
    kept_or_temporary,
    runs_of,
    usage_errors,
)
from eval.commands.options import DocumentsOption, HalfOption, MaxOption, MinOption, RunsOption, SetArgument

if TYPE_CHECKING:
    from bot.settings import Settings
    from eval.bars import Bar
    from eval.gates import Gate, Half
    from eval.judging import Agreement
    from eval.runner import CloserLook
    from eval.scoring import Scored, Work


GateFlag = Annotated[bool, typer.Option("--gate", help="Keep to the bars of the packaged set.")]
JsonOption = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the complete results there.", show_default=False),
]
JunitOption = Annotated[
    Path | None,
    typer.Option(
        "--junit", metavar="FILE", help="Write questions and bars as JUnit XML.", show_default=False
    ),
]
OnlyOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Ask only this case.", show_default=False)
]
ChangedFlag = Annotated[
    bool, typer.Option("--changed", help="Take over results of earlier runs that nothing has changed.")
]
FreshFlag = Annotated[bool, typer.Option("--fresh", help="Begin anew where a run was ended half-way.")]
FalsifyFlag = Annotated[
    bool, typer.Option("--falsify", help="Also falsify drafts, to see whether the proof stops them.")
]
JudgeFlag = Annotated[
    bool, typer.Option("--judge", help="Also have the chat model of the settings judge the answers.")
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        metavar="IN/OUT",
        help="Price of a million tokens of the chat model, in and out.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int,
    typer.Option(min=1, help="Ask so many questions side by side; pays with a chat model, blurs latencies."),
]


def run(
    context: typer.Context,
    name: SetArgument,
    documents: DocumentsOption = None,
    data: DataOption = None,
    least: MinOption = None,
    most: MaxOption = None,
    gate: GateFlag = False,
    json_file: JsonOption = None,
    junit: JunitOption = None,
    only: OnlyOption = None,
    half: HalfOption = None,
    changed: ChangedFlag = False,
    fresh: FreshFlag = False,
    falsify: FalsifyFlag = False,
    judge: JudgeFlag = False,
    price: PriceOption = None,
    jobs: JobsOption = 1,
    runs: RunsOption = None,
) -> None:
    """Ask every question of a set and score the answers; exit code 1 when a bar is missed.

    Without --data the documents are indexed in a temporary folder, with it in one that is kept for re-use.
    The run is kept; ended half-way, the same command goes on where it was.
    """
    from eval.metrics import metrics
    from eval.scoring import score

    _check_folders({"--json": json_file, "--junit": junit})
    with usage_errors():
        given = bars_of(least or (), most or ())
        agreed = _gate(name, gate, metrics().keys())
        work, settings = _work(
            name,
            half=half_named(half) or agreed.half,
            falsify=falsify or agreed.falsify,
            judge=judge,
            price=price,
        )
    scored_by = partial(score, changed_only=changed, fresh=fresh, jobs=jobs)
    scored = _scored(context, work, settings, documents, data, only or (), runs, scored_by)
    _show(scored, [*agreed.bars, *given], json_file=json_file, junit=junit)


def _check_folders(files: "Mapping[str, Path | None]") -> None:
    for option, file in files.items():
        if file is not None and not file.absolute().parent.is_dir():
            raise typer.BadParameter(f"{file}: expected a file in a folder that exists", param_hint=option)


def _work(
    name: str, *, half: "Half | None", falsify: bool, judge: bool, price: str | None
) -> "tuple[Work, Settings]":
    """What is to be done with the cases that are still to be read, and the settings for it."""
    from eval.scoring import Work

    settings = settings_for(None)
    looks, settings = _further_looks(settings, price=price)
    agreed_with = _judge(settings, looks) if judge else None
    work = Work(
        set=name,
        cases=(),
        today=settings.day_of_asking(),
        half=half,
        falsify=falsify,
        further_looks=looks,
        judge=agreed_with,
    )
    return work, settings


def _scored(
    context: typer.Context,
    work: "Work",
    settings: "Settings",
    documents: Path | None,
    data: Path | None,
    only: Sequence[str],
    runs: Path | None,
    scored_by: "Callable[..., Scored]",
) -> "Scored":
    from bot.commands.output import aside

    with (
        usage_errors(),
        documents_of(work.set, documents, settings) as where,
        kept_or_temporary(settings, data) as here,
    ):
        cases, chosen = cases_of(work.set, where, only, work.half)
        with assistant_on(context, here, where, cases) as (assistant, progress):
            return scored_by(
                replace(work, cases=chosen),
                assistant,
                here,
                runs_of(settings, runs),
                progress=progress,
                tell=lambda note: aside().print(note, markup=False, soft_wrap=True, style="yellow"),
            )


def _gate(name: str, wanted: bool, figures: "Iterable[str]") -> "Gate":
    from eval.gates import Gate, gate_of

    return gate_of(name, figures) if wanted else Gate(bars=())


def _further_looks(settings: "Settings", *, price: str | None) -> "tuple[dict[str, CloserLook], Settings]":
    """What else is looked at by name, and the settings that let it be seen."""
    from eval.pricing import priced, read_price

    looks: dict[str, CloserLook] = {}
    if price is not None:
        looks[f"price {price}"] = priced(read_price(price))
        # Servers of one's own report their tokens only when asked to.
        reporting = settings.chat_model.model_copy(update={"report_usage": True})
        settings = settings.model_copy(update={"chat_model": reporting})
    return looks, settings


def _judge(settings: "Settings", looks: "dict[str, CloserLook]") -> "Agreement | None":
    """Adds the judge to the looks; how far it agrees with people on answers that they judged."""
    from eval.judging import agreement, labelled_answers, open_judge

    judge = open_judge(settings)
    looks["judge"] = judge.look
    return agreement(judge, labelled_answers())


def _show(scored: "Scored", bars: "Sequence[Bar]", *, json_file: Path | None, junit: Path | None) -> None:
    from bot.commands.output import aside, terminal
    from eval.bars import misses
    from eval.intervals import values_of
    from eval.junit import junit_xml
    from eval.schemas import scored_set
    from eval.tables import shown

    info = scored.info
    terminal().print(shown(scored, bars))
    if info.judge is not None:
        terminal().print(info.judge.told(), markup=False, soft_wrap=True)
    if json_file is not None:
        body = scored_set(info, scored.results, scored.figures, bars)
        json_file.write_text(body.model_dump_json(indent=2) + "\n", encoding="utf-8")
    if junit is not None:
        junit.write_bytes(junit_xml(info.set, scored.results, bars, scored.figures))
    aside().print(f"kept as {info.run_id}", markup=False, soft_wrap=True, style="bright_black")
    missed = misses(bars, values_of(scored.figures))
    for miss in missed:
        aside().print(miss, markup=False, soft_wrap=True, style="bold red")
    if missed:
        raise typer.Exit(1)
