"""What an answer costs: time, tokens of the chat model, and money."""

from collections.abc import Sequence
from functools import partial
from math import ceil
from statistics import median

from eval.metrics.metric import Metric, Tally, ratio
from eval.results import Result


def _median_time(results: Sequence[Result]) -> float | None:
    """In milliseconds; None without results."""
    return median(result.milliseconds for result in results) if results else None


def _nearest_rank(share: float, results: Sequence[Result]) -> float | None:
    """The milliseconds that this share of the questions keeps to, by nearest rank; None without results."""
    times = sorted(result.milliseconds for result in results)
    return times[ceil(share * len(times)) - 1] if times else None


def _tokens(result: Result) -> Tally | None:
    """Its tokens, of 1 question."""
    usage = result.usage
    used = usage.input_tokens + usage.output_tokens if usage else 0
    return (used, 1) if used else None


def _price(result: Result) -> Tally | None:
    """Its price, of 1 question."""
    usage = result.usage
    return (usage.cost, 1) if usage and usage.cost and usage.input_tokens else None


METRICS = (
    Metric(
        name="latency_p50",
        definition="Median time from question to answer, one at a time, model loaded.",
        unit="ms",
        higher_is_better=False,
        compute=_median_time,
    ),
    *(
        Metric(
            name=f"latency_p{kept_to}",
            definition=(
                f"Time from question to answer that {kept_to} of 100 questions keep to (nearest rank), "
                "model loaded."
            ),
            unit="ms",
            higher_is_better=False,
            compute=partial(_nearest_rank, kept_to / 100),
        )
        for kept_to in (95, 99)
    ),
    ratio(
        name="tokens",
        definition=(
            "Mean tokens, in and out, "
            "of the questions for which the chat model was asked and reported its usage."
        ),
        tally=_tokens,
        higher_is_better=False,
        unit="tokens",
    ),
    ratio(
        name="cost",
        definition=(
            "Mean price of the tokens of a question for which the chat model was asked, "
            "in the currency of `--price`."
        ),
        tally=_price,
        higher_is_better=False,
        unit="money",
    ),
)
