"""clausewise eval list and schema: what sets and metrics there are, and how a set is written."""

import typer


def list_sets() -> None:
    """Show the packaged sets and the metrics."""
    from rich.table import Table
    from rich.text import Text

    from bot.commands.output import terminal
    from eval.metrics import metrics
    from eval.sets import packaged_sets

    sets = Table("set", "cases", box=None, pad_edge=False)
    for name, path in packaged_sets().items():
        sets.add_row(Text(name), str(sum(1 for line in path.read_bytes().split(b"\n") if line.strip())))
    table = Table("metric", "better", "what it is", box=None, pad_edge=False)
    for metric in metrics().values():
        better = "higher" if metric.higher_is_better else "lower"
        table.add_row(Text(metric.name), better, Text(metric.definition))
    terminal().print(sets, Text(), table, sep="\n")


def schema() -> None:
    """Print the JSON schema of a line of a set."""
    import json

    from eval.cases import case_schema

    typer.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))
