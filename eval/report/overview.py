"""The figures of a run as a whole, by kind and by document."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from eval.intervals import Figure
from eval.metrics import figures, metrics
from eval.report.markup import Markup, joined, table, tag
from eval.report.plots import interval_plot, share_bar
from eval.results import Result
from eval.runs import RunInfo
from eval.schemas import by_kind, by_tag
from eval.tables import interval_text, written

_SHARES = {
    "fact_accuracy": "right",
    "clause_recall@5": "recall@5",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "refusal_unanswerable": "refused, rightly",
}


def figures_table(found: Mapping[str, Figure]) -> Markup:
    """Every metric with its interval, its direction and its definition."""
    rows = []
    for name, metric in metrics().items():
        figure = found.get(name)
        if figure is None or figure.value is None:
            continue
        rows.append(
            (
                name,
                tag("b", written(figure.value, metric.unit)),
                interval_text(figure, metric.unit).plain,
                interval_plot(figure) if metric.unit == "share" else "",
                "↑" if metric.higher_is_better else "↓",
                tag("small", metric.definition),
            )
        )
    return table(("metric", "figure", "95% between", "0 – 1", "better", "what it is"), rows, class_="figures")


def kinds_table(results: Sequence[Result]) -> Markup:
    """A row for each kind of question."""
    return _groups("kind", list(by_kind(results)))


def documents_table(results: Sequence[Result]) -> Markup:
    """A row for each document that answers stand in; a question on several is counted with each."""
    return _groups("document", sorted(_by_document(results).items()))


def tags_table(results: Sequence[Result]) -> Markup:
    """A row for each tag of a question, such as why nothing answers it; a question may have several."""
    return _groups("tag", list(by_tag(results)))


def circumstances(info: RunInfo) -> Markup:
    """What the run was made with."""
    facts = {
        "run": info.run_id,
        "began": f"{info.began_at:%Y-%m-%d %H:%M %Z}",
        "day of asking": info.today.isoformat(),
        "documents": f"{info.documents} (hash {info.corpus_sha256[:12]})",
        "set": f"{info.cases} questions (hash {info.set_sha256[:12]})",
        "program": f"{info.versions.get('clausewise', '')} (hash {info.program_sha256[:12]})",
        "versions": ", ".join(f"{name} {version}" for name, version in info.versions.items()),
        "machine": info.machine,
        "options": ", ".join(filter(None, (info.note, info.half or "", *info.options))),
        **{f"setting {name}": str(value) for name, value in info.settings.items()},
    }
    entries = [Markup(tag("dt", name) + tag("dd", value)) for name, value in facts.items() if value]
    return tag("details", tag("summary", "What the run was made with"), tag("dl", *entries))


def _by_document(results: Sequence[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        for file in dict.fromkeys(evidence.file for evidence in result.case.evidence):
            found.setdefault(PurePosixPath(file).name, []).append(result)
    return found


def _groups(what: str, groups: Sequence[tuple[str, Sequence[Result]]]) -> Markup:
    headings = (what, "questions", *_SHARES.values(), "lost at")
    return table(headings, (tuple(_row(name, own)) for name, own in groups))


def _row(name: str, results: Sequence[Result]) -> Iterator[str]:
    yield name
    yield str(len(results))
    found = figures(results)
    for metric in _SHARES:
        yield share_bar(found[metric])
    lost: dict[str, int] = {}
    for loss in filter(None, (result.loss() for result in results)):
        lost[loss] = lost.get(loss, 0) + 1
    yield joined(tag("span", f"{step} {count}", class_="step") for step, count in lost.items())
