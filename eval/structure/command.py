"""clausewise eval structure: how well real documents are read."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from eval.bars import Bar
    from eval.structure.figures import StructureResults

# Figures of which less is better.
_LOWER = frozenset({"characters_lost", "benchmark_deletions", "unreadable_documents"})


def structure(
    least: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="FIGURE=VALUE", help="Fail below this figure.", show_default=False),
    ] = None,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", metavar="FIGURE=VALUE", help="Fail above this figure.", show_default=False),
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Keep to the bars of gates.toml.")] = False,
    show_failures: Annotated[
        bool, typer.Option("--failures", help="List what was missed and what was wrong.")
    ] = False,
) -> None:
    """Compare what is read of real documents with what people marked; exit code 1 when a bar is missed."""
    from bot.commands.options import settings_for
    from bot.commands.output import aside, terminal
    from bot.commands.progress import progress_on
    from eval.bars import read_bar
    from eval.errors import EvalError
    from eval.gates import gate_of
    from eval.structure.figures import CORPUS, measure

    shared = settings_for(None).shared
    if not (shared / CORPUS).is_dir():
        message = f"{shared}: expected the folder that holds corpus/; set CLAUSEWISE_SHARED"
        typer.echo(f"clausewise eval: {message}", err=True)
        raise typer.Exit(2)
    with progress_on(aside()) as progress:
        results = measure(shared, progress)
    figures = results.figures()
    try:
        bars = list(gate_of("structure", figures).bars) if gate else []
        bars += [read_bar(each, "min", figures) for each in least or ()]
        bars += [read_bar(each, "max", figures) for each in most or ()]
    except EvalError as error:
        typer.echo(f"clausewise eval: {error}", err=True)
        raise typer.Exit(2) from error
    if show_failures:
        for line in _failures(results):
            terminal().print(line, markup=False, soft_wrap=True)
    show_figures("structure", figures, bars)


def show_figures(title: str, figures: "dict[str, float | None]", bars: "list[Bar]") -> None:
    """Prints the figures and the bars that are missed; exit code 1 if one is."""
    from bot.commands.output import aside, terminal
    from eval.bars import misses

    terminal().print(_figures_table(title, figures, bars))
    missed = misses(bars, figures)
    for miss in missed:
        aside().print(miss, markup=False, soft_wrap=True, style="bold red")
    if missed:
        raise typer.Exit(1)


def _figures_table(title: str, figures: "dict[str, float | None]", bars: "list[Bar]") -> "Table":
    """The figures by name, each with its bar and whether it is kept."""
    from rich.table import Table

    table = Table(title, box=None, pad_edge=False)
    table.add_column("figure", justify="right")
    table.add_column("better")
    table.add_column("bar")
    kept = {bar.metric: bar for bar in bars}
    for name, figure in figures.items():
        bar = kept.get(name)
        sign = "" if bar is None else f"{'≥' if bar.side == 'min' else '≤'} {bar.value:g} "
        state = "" if bar is None else "kept" if bar.is_kept_by(figure) else "missed"
        shown = "–" if figure is None else f"{figure:,.0f}" if name in _LOWER else f"{figure:.3f}"
        table.add_row(name, shown, "lower" if name in _LOWER else "higher", sign + state)
    return table


def _failures(results: "StructureResults") -> list[str]:
    lines = [
        f"{each.file} policy {each.policy} {each.field}: found 「{each.found}」 marked 「{each.expected}」"
        for each in results.metadata
        if not each.is_right
    ]
    for name in ("missed", "wrong", "renamed"):
        lines += [f"clause {name}: {locator}" for locator in getattr(results.boundaries, name)]
    for tally in results.facts:
        lines += [
            f"{tally.kind} missed: {gold.at.file} {gold.at.start} {gold.fields}" for gold in tally.missed
        ]
        lines += [
            f"{tally.kind} wrong: {found.fact.clause_id} {[field.value for field in found.fact.fields]}"
            for found in tally.wrong
        ]
    whole = results.corpus + results.laws + results.notices
    return [*lines, *(f"unreadable: {message}" for message in whole.unreadable)]
