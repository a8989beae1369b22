"""clausewise eval run: a set asked and scored."""

from collections.abc import Iterable, Sequence
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
    from eval.gates import Gate
    from eval.judging import Agreement
    from eval.runner import CloserLook
    from eval.scoring import Scored


def run(
    context: typer.Context,
    name: SetArgument,
    documents: DocumentsOption = None,
    data: DataOption = None,
    least: MinOption = None,
    most: MaxOption = None,
    gate: Annotated[bool, typer.Option("--gate", help="Keep to the bars of the packaged set.")] = False,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write the complete results there.", show_default=False),
    ] = None,
    junit: Annotated[
        Path | None,
        typer.Option(
            "--junit", metavar="FILE", help="Write questions and bars as JUnit XML.", show_default=False
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Ask only this case.", show_default=False)
    ] = None,
    half: HalfOption = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Take over results of earlier runs that nothing has changed.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew where a run was ended half-way.")
    ] = False,
    falsify: Annotated[
        bool, typer.Option("--falsify", help="Also falsify drafts, to see whether the proof stops them.")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Also have the chat model of the settings judge the answers.")
    ] = False,
    price: Annotated[
        str | None,
        typer.Option(
            metavar="IN/OUT",
            help="Price of a million tokens of the chat model, in and out.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            min=1, help="Ask so many questions side by side; pays with a chat model, blurs latencies."
        ),
    ] = 1,
    runs: RunsOption = None,
) -> None:
    """Ask every question of a set and score the answers; exit code 1 when a bar is missed.

    Without --data the documents are indexed in a temporary folder, with it in one that is kept for re-use.
    The run is kept; ended half-way, the same command goes on where it was.
    """
    from bot.commands.output import aside
    from eval.metrics import metrics
    from eval.scoring import Work, score

    settings = settings_for(None)
    for file, option in ((json_file, "--json"), (junit, "--junit")):
        _check_folder(file, option)
    with usage_errors():
        given = bars_of(least or (), most or ())
        agreed = _gate(name, gate, metrics().keys())
        chosen_half = half_named(half) or agreed.half
        looks, settings = _further_looks(settings, price=price)
        agreed_with = _judge(settings, looks) if judge else None
    with (
        usage_errors(),
        documents_of(name, documents, settings) as where,
        kept_or_temporary(settings, data) as here,
    ):
        cases, chosen = cases_of(name, where, only or (), chosen_half)
        with assistant_on(context, here, where, cases) as (assistant, progress):
            scored = score(
                Work(
                    set=name,
                    cases=chosen,
                    today=settings.day_of_asking(),
                    half=chosen_half,
                    falsify=falsify or agreed.falsify,
                    further_looks=looks,
                    judge=agreed_with,
                ),
                assistant,
                here,
                runs_of(settings, runs),
                progress=progress,
                changed_only=changed,
                fresh=fresh,
                jobs=jobs,
                tell=lambda note: aside().print(note, markup=False, soft_wrap=True, style="yellow"),
            )
    _show(scored, [*agreed.bars, *given], json_file=json_file, junit=junit)


def _check_folder(file: Path | None, option: str) -> None:
    if file is not None and not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{file}: expected a file in a folder that exists", param_hint=option)


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
