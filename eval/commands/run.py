"""clausewise eval run: a set asked and scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    from eval.scoring import Scored


_GateFlag = Annotated[bool, typer.Option("--gate", help="Keep to the bars of the packaged set.")]
_JsonOption = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the complete results there.", show_default=False),
]
_JunitOption = Annotated[
    Path | None,
    typer.Option(
        "--junit", metavar="FILE", help="Write questions and bars as JUnit XML.", show_default=False
    ),
]
_OnlyOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Ask only this case.", show_default=False)
]
_ChangedFlag = Annotated[
    bool, typer.Option("--changed", help="Take over results of earlier runs that nothing has changed.")
]
_FreshFlag = Annotated[bool, typer.Option("--fresh", help="Begin anew where a run was ended half-way.")]
_FalsifyFlag = Annotated[
    bool, typer.Option("--falsify", help="Also falsify drafts, to see whether the proof stops them.")
]
_JudgeFlag = Annotated[
    bool, typer.Option("--judge", help="Also have the chat model of the settings judge the answers.")
]
_PriceOption = Annotated[
    str | None,
    typer.Option(
        metavar="IN/OUT",
        help="Price of a million tokens of the chat model, in and out.",
        show_default=False,
    ),
]
_JobsOption = Annotated[
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
    gate: _GateFlag = False,
    json_file: _JsonOption = None,
    junit: _JunitOption = None,
    only: _OnlyOption = None,
    half: HalfOption = None,
    changed: _ChangedFlag = False,
    fresh: _FreshFlag = False,
    falsify: _FalsifyFlag = False,
    judge: _JudgeFlag = False,
    price: _PriceOption = None,
    jobs: _JobsOption = 1,
    runs: RunsOption = None,
) -> None:
    """Ask every question of a set and score the answers; exit code 1 when a bar is missed.

    Without --data the documents are indexed in a temporary folder, with it in one that is kept for re-use.
    The run is kept; ended half-way, the same command goes on where it was.
    """
    settings = settings_for(None)
    _check_folders({"--json": json_file, "--junit": junit})
    with usage_errors():
        given, agreed = bars_of(least or (), most or ()), _gate(name, gate)
        options = _Options(
            set=name,
            documents=documents,
            data=data,
            only=tuple(only or ()),
            half=half_named(half) or agreed.half,
            falsify=falsify or agreed.falsify,
            judge=judge,
            price=price,
            changed=changed,
            fresh=fresh,
            jobs=jobs,
            runs=runs,
        )
    scored = _scored(context, settings, options)
    _show(scored, [*agreed.bars, *given], json_file=json_file, junit=junit)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What is asked for, as the options say it."""

    set: str
    documents: Path | None
    data: Path | None
    only: tuple[str, ...]
    half: "Half | None"
    falsify: bool
    judge: bool
    price: str | None
    changed: bool
    fresh: bool
    jobs: int
    runs: Path | None


def _check_folders(files: Mapping[str, Path | None]) -> None:
    for option, file in files.items():
        if file is not None and not file.absolute().parent.is_dir():
            raise typer.BadParameter(f"{file}: expected a file in a folder that exists", param_hint=option)


def _gate(name: str, wanted: bool) -> "Gate":
    from eval.gates import Gate, gate_of
    from eval.metrics import metrics

    return gate_of(name, metrics().keys()) if wanted else Gate(bars=())


def _scored(context: typer.Context, settings: "Settings", options: _Options) -> "Scored":
    """Reads and asks the cases; the run is kept."""
    from bot.commands.output import aside
    from eval.scoring import Work, score

    with usage_errors():
        looks, settings = _further_looks(settings, price=options.price)
        agreed_with = _judge(settings, looks) if options.judge else None
    with (
        usage_errors(),
        documents_of(options.set, options.documents, settings) as where,
        kept_or_temporary(settings, options.data) as here,
    ):
        cases, chosen = cases_of(options.set, where, options.only, options.half)
        with assistant_on(context, here, where, cases) as (assistant, progress):
            work = Work(
                set=options.set,
                cases=chosen,
                today=settings.day_of_asking(),
                half=options.half,
                falsify=options.falsify,
                further_looks=looks,
                judge=agreed_with,
            )
            return score(
                work,
                assistant,
                here,
                runs_of(settings, options.runs),
                progress=progress,
                changed_only=options.changed,
                fresh=options.fresh,
                jobs=options.jobs,
                tell=lambda note: aside().print(note, markup=False, soft_wrap=True, style="yellow"),
            )


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
