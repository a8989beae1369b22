"""What each part of retrieval is worth: the same set asked with one part left out at a time."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from bot.settings import RetrievalSettings
from eval.metrics import figures
from eval.results import Result

VARIANTS: Mapping[str, RetrievalSettings] = {
    "everything": RetrievalSettings(),
    "dense only": RetrievalSettings(keyword=0, document=0),
    "keyword only": RetrievalSettings(dense=0),
    "no document score": RetrievalSettings(document=0),
    "no facts": RetrievalSettings(facts=False),
    "no region": RetrievalSettings(regions=False),
    "no context": RetrievalSettings(context=False),
}
_SHOWN = {
    "fact_accuracy": "fact accuracy",
    "wrong_assertion": "wrong",
    "citation_precision": "citation precision",
    "clause_recall@5": "recall@5",
    "refusal_unanswerable": "refused, rightly",
    "refusal_answerable": "refused, wrongly",
    "latency_p50": "p50 ms",
}


def ablation_table(title: str, runs: Mapping[str, Sequence[Result]]) -> Table:
    """A line a variant with the figures that decide."""
    table = Table(title, box=None, pad_edge=False)
    for heading in _SHOWN.values():
        table.add_column(heading, justify="right")
    for name, results in runs.items():
        found = figures(results)
        table.add_row(Text(name), *(_figure(found[metric]) for metric in _SHOWN))
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value > 1 else f"{value:.3f}"
