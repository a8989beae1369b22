"""Mean price of the tokens of a question for which the chat model was asked, in the currency of `--price`."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "cost"
UNIT: Unit = "money"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """Its price, of 1 question."""
    usage = result.usage
    return (usage.cost, 1) if usage and usage.cost and usage.input_tokens else None


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None where no chat model is used or no price is given."""
    return ratio(tally, results)
