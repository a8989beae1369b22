"""Scores for people: a table of figures, a table by kind, and every failed question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eval.bars import Bar
from eval.intervals import Figure
from eval.metrics import figures, metrics
from eval.metrics.metric import Unit
from eval.results import Result
from eval.schemas import by_kind, by_tag
from eval.scoring import Scored

_OF_KINDS = {
    "fact_accuracy": "fact accuracy",
    "clause_recall@5": "recall@5",
    "citation_precision": "citation precision",
    "wrong_assertion": "wrong",
    "refusal_unanswerable": "refused, rightly",
    "refusal_answerable": "refused, wrongly",
}
_ANSWER_LENGTH = 600


def shown(scored: Scored, bars: Sequence[Bar]) -> Group:
    """Failed questions first, so that the figures stand where the eye is at the end."""
    failed = [part for result in scored.results if not result.is_right() for part in _failure(result)]
    title = f"{scored.info.set}: {len(scored.results)} cases"
    return Group(
        *failed,
        _table_of_groups("kind", by_kind(scored.results)),
        Text(),
        _table_of_groups("tag", by_tag(scored.results)),
        Text(),
        _table_of_figures(title, scored.figures, bars),
    )


def _table_of_figures(title: str, found: Mapping[str, Figure], bars: Sequence[Bar]) -> Table:
    table = Table(title, box=None, pad_edge=False)
    table.add_column("figure", justify="right")
    table.add_column("95% between", justify="right", style="bright_black")
    table.add_column("better")
    table.add_column("bar")
    for metric in metrics().values():
        own = [bar for bar in bars if bar.metric == metric.name]
        figure = found[metric.name]
        if figure.value is None and not own:
            continue
        table.add_row(
            Text(metric.name),
            figure_text(figure.value, metric.unit),
            interval_text(figure, metric.unit),
            Text("higher" if metric.higher_is_better else "lower", style="bright_black"),
            Text("  ").join(_bar(bar, figure.value) for bar in own),
        )
    return table


def _table_of_groups(what: str, groups: Iterable[tuple[str, Sequence[Result]]]) -> Table:
    table = Table(what, box=None, pad_edge=False)
    for heading in ("cases", *_OF_KINDS.values()):
        table.add_column(heading, justify="right")
    for group, own in groups:
        found = figures(own)
        table.add_row(
            Text(group), Text(str(len(own))), *(figure_text(found.get(name), "share") for name in _OF_KINDS)
        )
    return table


def figure_text(value: float | None, unit: Unit) -> Text:
    """A figure with its unit, a dash where there is none."""
    return Text("–", style="bright_black") if value is None else Text(written(value, unit))


def interval_text(figure: Figure, unit: Unit) -> Text:
    """The bounds of a figure."""
    if figure.interval is None:
        return Text("")
    return Text(f"{_number(figure.interval.low, unit)} – {_number(figure.interval.high, unit)}")


def written(value: float, unit: Unit) -> str:
    """A figure with its unit."""
    return _number(value, unit) + ("" if unit in ("share", "money") else f" {unit}")


def _number(value: float, unit: Unit) -> str:
    return f"{value:.3f}" if unit == "share" else f"{value:.5f}" if unit == "money" else f"{value:.0f}"


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
