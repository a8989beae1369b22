"""The page: figures, plots, tables and failed questions of a run, with its style and its script inside."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import PurePath

from eval.intervals import Figure
from eval.metrics.doubt import risk_curve
from eval.report.failures import all_questions, failed_questions
from eval.report.markup import Markup, joined, tag
from eval.report.overview import circumstances, documents_table, figures_table, kinds_table, tags_table
from eval.report.plots import latency_plot, risk_plot, steps_plot
from eval.results import LOSSES, Result
from eval.runs import RunInfo

# Nothing is fetched, whatever a document or an answer holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def report_page(info: RunInfo, results: Sequence[Result], figures: Mapping[str, Figure]) -> str:
    """The whole page as HTML."""
    failed = sum(not result.is_right() for result in results)
    title = f"{PurePath(info.set).stem}: {len(results) - failed} of {len(results)} right"
    body = (
        tag("h1", title),
        tag("p", f"{info.run_id}, {info.began_at:%Y-%m-%d %H:%M %Z}", class_="meaning"),
        steps_plot(results),
        tag("h2", "Figures"),
        figures_table(figures),
        tag("p", info.judge.told(), class_="meaning") if info.judge else None,
        tag("h2", "Time from question to answer"),
        latency_plot([result.milliseconds for result in results]),
        *_doubt(results),
        tag("h2", "By kind"),
        kinds_table(results),
        tag("h2", "By tag"),
        tags_table(results),
        tag("h2", "By document"),
        documents_table(results),
        tag("h2", f"Failed questions: {failed}"),
        _filters(results),
        failed_questions(results),
        tag("h2", "Everything"),
        all_questions(results),
        circumstances(info),
        _inside("script", "report.js"),
    )
    head = (
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        tag("title", title),
        _inside("style", "report.css"),
    )
    page = tag("html", tag("head", *head), tag("body", tag("main", *body)), lang="en")
    return f"<!doctype html>\n{page}\n"


def _doubt(results: Sequence[Result]) -> Iterator[Markup]:
    plot = risk_plot(risk_curve(results))
    if plot:
        yield tag("h2", "Answers not right, of those given, if only the surest so many are given")
        yield plot


def _filters(results: Sequence[Result]) -> Markup:
    lost = [result for result in results if not result.is_right()]
    kinds = sorted({result.case.kind for result in lost})
    steps = [step for step in LOSSES if any(result.loss() == step for result in lost)]
    if len(lost) < 2:
        return Markup("")
    return tag(
        "p", _choice("step", "every step", steps), " ", _choice("kind", "every kind", kinds), class_="filters"
    )


def _choice(name: str, everything: str, values: Sequence[str]) -> Markup:
    options = (tag("option", everything, value=""), *(tag("option", each, value=each) for each in values))
    return tag("select", *options, aria_label=name, data_filter=name)


def _inside(element: str, name: str) -> Markup:
    text = resources.files("eval").joinpath("report", name).read_text("utf-8")
    return joined((Markup(f"<{element}>\n{text}</{element}>"),))
