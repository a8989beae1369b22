"""Mean tokens, in and out, of the questions for which the chat model was asked and reported its usage."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "tokens"
UNIT: Unit = "tokens"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """Its tokens, of 1 question."""
    usage = result.usage
    used = usage.input_tokens + usage.output_tokens if usage else 0
    return (used, 1) if used else None


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None where no chat model is used."""
    return ratio(tally, results)
