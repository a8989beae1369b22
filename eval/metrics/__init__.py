"""What is counted of results: a file for each thing that is measured, the metrics of it in its METRICS."""

from collections.abc import Mapping, Sequence
from functools import cache

from eval.metrics import answers, citations, cost_and_latency, doubt, refusals, retrieval, wording
from eval.metrics.metric import Metric
from eval.results import Result

MEASURED = (answers, citations, doubt, refusals, retrieval, wording, cost_and_latency)


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by its name, in the order of their names."""
    every = [metric for module in MEASURED for metric in module.METRICS]
    return {metric.name: metric for metric in sorted(every, key=lambda metric: metric.name)}


def figures(results: Sequence[Result]) -> dict[str, float | None]:
    """The figure of every metric by its name."""
    return {name: metric.compute(results) for name, metric in metrics().items()}
