"""The same set asked of assistants that differ in a setting or in a part, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from bot.answering.asking import Asking
from bot.answering.assistant import Assistant
from bot.settings import Settings
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


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings, and what is changed about the assistant that is joined by them."""

    settings: Settings
    change: Callable[[Assistant, Settings], Assistant] | None = None

    def of(self, assistant: Asking) -> Asking:
        """The assistant with the change; a change needs one that is joined of steps."""
        if self.change is None:
            return assistant
        if not isinstance(assistant, Assistant):
            raise TypeError(f"expected an assistant joined of steps, found {type(assistant).__name__}")
        return self.change(assistant, self.settings)


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
