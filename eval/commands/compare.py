"""clausewise eval compare: two kept runs side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import settings_for
from eval.commands.asking import runs_of, usage_errors
from eval.commands.options import RunsOption

if TYPE_CHECKING:
    from rich.table import Table

    from eval.comparison import Comparison, Pair
    from eval.runs import RunInfo

_HEADINGS = {"better": "better: wrong before, right now", "worse": "worse: right before, wrong now"}
_HEADINGS["other"] = "wrong in both, lost at another step"


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="Id of a run, or an end of it that is its own.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same; `latest` is the newest run.")],
    runs: RunsOption = None,
    fail_if_worse: Annotated[
        bool, typer.Option("--fail-if-worse", help="Exit code 1 where more got worse than better.")
    ] = False,
) -> None:
    """Show what got better and worse from run A to run B, by question, and whether it may be chance."""
    from bot.commands.output import terminal
    from eval.comparison import compare as compared

    with usage_errors():
        kept = runs_of(settings_for(None), runs)
        first, second = kept.run(before), kept.run(after)
        found = compared(first.results(), second.results())
    if not found.pairs:
        typer.echo("clausewise eval: the two runs have no question in common", err=True)
        raise typer.Exit(2)
    for turn, heading in _HEADINGS.items():
        _print_questions(heading, found.turned(turn))
    for line in _circumstances(first.info, second.info, found):
        terminal().print(line, markup=False, soft_wrap=True)
    terminal().print(_table(found))
    better, worse = len(found.turned("better")), len(found.turned("worse"))
    chance = "" if found.mcnemar_p is None else f"; by chance with p = {found.mcnemar_p:.3f} (McNemar, exact)"
    terminal().print(f"{better} got better, {worse} got worse, of {len(found.pairs)}{chance}", markup=False)
    if fail_if_worse and worse > better:
        raise typer.Exit(1)


def _print_questions(heading: str, pairs: "list[Pair]") -> None:
    from bot.commands.output import terminal

    if not pairs:
        return
    terminal().print(heading, style="bold", markup=False)
    for pair in pairs:
        case = pair.after.case
        steps = f"{pair.before.loss() or 'right'} → {pair.after.loss() or 'right'}"
        asked = " / ".join((*case.history, case.question))
        terminal().print(f"  {case.id}  {case.kind}  {steps}  {asked}", markup=False, soft_wrap=True)
    terminal().print()


def _circumstances(first: "RunInfo", second: "RunInfo", found: "Comparison") -> list[str]:
    """What else differs between the runs than the answers."""
    lines = [f"A {first.run_id}  {first.note}".rstrip(), f"B {second.run_id}  {second.note}".rstrip()]
    for name in ("program_sha256", "corpus_sha256", "set_sha256"):
        if getattr(first, name) != getattr(second, name):
            lines.append(f"another {name.removesuffix('_sha256')}")
    if first.today != second.today:
        lines.append(f"another day of asking: {first.today} and {second.today}")
    for name in sorted({*first.settings, *second.settings}):
        if first.settings.get(name) != second.settings.get(name):
            lines.append(f"{name}: {first.settings.get(name)} and {second.settings.get(name)}")
    if found.apart:
        lines.append(f"left out, as only one run asks them so: {', '.join(found.apart)}")
    return lines


def _table(found: "Comparison") -> "Table":
    from rich.table import Table
    from rich.text import Text

    from eval.intervals import Figure
    from eval.metrics import metrics
    from eval.tables import figure_text, interval_text

    table = Table("figure", box=None, pad_edge=False)
    for heading in ("A", "B", "B − A", "95% between", "p"):
        table.add_column(heading, justify="right")
    for each in found.differences:
        metric = metrics()[each.metric]
        if each.before is None and each.after is None:
            continue
        change = each.change
        style = ""
        if change and each.p is not None and each.p < 0.05:
            style = "green" if (change > 0) == metric.higher_is_better else "bold red"
        table.add_row(
            Text(each.metric),
            figure_text(each.before, metric.unit),
            figure_text(each.after, metric.unit),
            Text("–")
            if change is None
            else Text(f"{change:+.3f}" if metric.unit == "share" else f"{change:+.5g}"),
            interval_text(Figure(value=change, interval=each.interval), metric.unit),
            Text("–" if each.p is None else f"{each.p:.3f}", style=style),
        )
    return table
