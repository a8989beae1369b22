"""The same set asked with different settings, side by side."""

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from eval.intervals import Figure
from eval.metrics import metrics
from eval.tables import figure_text

_SHOWN = {
    "fact_accuracy": "fact accuracy",
    "wrong_assertion": "wrong",
    "citation_precision": "citation precision",
    "clause_recall@5": "recall@5",
    "ndcg@10": "nDCG@10",
    "refusal_unanswerable": "refused, rightly",
    "refusal_answerable": "refused, wrongly",
    "latency_p50": "p50",
}


def table_of_variants(title: str, runs: Mapping[str, Mapping[str, Figure]]) -> Table:
    """A line a variant with the figures that decide."""
    table = Table(title, box=None, pad_edge=False)
    for heading in _SHOWN.values():
        table.add_column(heading, justify="right")
    for name, found in runs.items():
        table.add_row(
            Text(name), *(figure_text(found[metric].value, metrics()[metric].unit) for metric in _SHOWN)
        )
    return table
