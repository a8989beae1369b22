"""Scores for people: a table of figures, a table by kind, and every failed question."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eval.bars import Bar
from eval.metrics import Unit, figures, metrics
from eval.results import Result
from eval.schemas import by_kind

_OF_KINDS = {
    "fact_accuracy": "fact accuracy",
    "clause_recall@5": "recall@5",
    "citation_precision": "citation precision",
    "wrong_assertion": "wrong",
    "refusal_unanswerable": "refused, rightly",
    "refusal_answerable": "refused, wrongly",
}
_ANSWER_LENGTH = 600


def shown(name: str, results: Sequence[Result], bars: Sequence[Bar]) -> Group:
    """Failed questions first, so that the figures stand where the eye is at the end."""
    failed = [part for result in results if not result.is_right() for part in _failure(result)]
    return Group(
        *failed,
        _table_of_kinds(results),
        Text(),
        _table_of_figures(f"{name}: {len(results)} cases", results, bars),
    )


def _table_of_figures(title: str, results: Sequence[Result], bars: Sequence[Bar]) -> Table:
    table = Table(title, box=None, pad_edge=False)
    table.add_column("figure", justify="right")
    table.add_column("better")
    table.add_column("bar")
    found = figures(results)
    for metric in metrics().values():
        own = [bar for bar in bars if bar.metric == metric.NAME]
        table.add_row(
            Text(metric.NAME),
            _figure(found[metric.NAME], metric.UNIT),
            Text("higher" if metric.HIGHER_IS_BETTER else "lower", style="bright_black"),
            Text("  ").join(_bar(bar, found[metric.NAME]) for bar in own),
        )
    return table


def _table_of_kinds(results: Sequence[Result]) -> Table:
    table = Table("kind", box=None, pad_edge=False)
    for heading in ("cases", *_OF_KINDS.values()):
        table.add_column(heading, justify="right")
    for kind, own in by_kind(results):
        found = figures(own)
        table.add_row(
            Text(kind), Text(str(len(own))), *(_figure(found.get(name), "share") for name in _OF_KINDS)
        )
    return table


def _figure(value: float | None, unit: Unit) -> Text:
    if value is None:
        return Text("–", style="bright_black")
    return Text(f"{value:.3f}" if unit == "share" else f"{value:.0f} {unit}")


def _bar(bar: Bar, value: float | None) -> Text:
    sign, is_kept = ("≥" if bar.side == "min" else "≤"), bar.is_kept_by(value)
    return Text(
        f"{sign} {bar.value:g} {'kept' if is_kept else 'MISSED'}", style="green" if is_kept else "bold red"
    )


def _failure(result: Result) -> Iterator[RenderableType]:
    case = result.case
    yield Text.assemble(
        (case.id, "bold"),
        f"  {case.kind}  ",
        (str(result.loss()), "red"),
        f"  {' / '.join((*case.history, case.question))}",
    )
    lines = [_line(result.answer.outcome, shorten(result.answer.text, _ANSWER_LENGTH, placeholder=" …"))]
    if case.outcome != result.answer.outcome:
        lines.append(_line("expected", case.outcome))
    if missing := result.missing():
        lines.append(_line("missing", "  ".join("/".join(group) for group in missing)))
    if asserted := result.asserted():
        lines.append(_line("forbidden", "  ".join(asserted)))
    if case.evidence:
        found = f"{result.found(len(result.retrieved))} of {len(case.evidence)} spans in the first results: "
        lines.append(_line("evidence", found + "  ".join(clause.locator for clause in result.retrieved[:5])))
    yield Padding(Group(*lines), (0, 0, 1, 4), expand=False)


def _line(name: str, value: str) -> Text:
    return Text.assemble((f"{name}: ", "bright_black"), value)
