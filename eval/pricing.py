"""What tokens cost, by a price that is given."""

from dataclasses import dataclass, replace

from bot.answer import Question
from eval.errors import PriceError
from eval.results import Result
from eval.runner import CloserLook

_TOKENS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Of a million tokens sent and a million received, in any one currency."""

    sent: float
    received: float


def read_price(text: str) -> Price:
    """The price written IN/OUT, such as 2/8; PriceError where it is not."""
    sent, slash, received = text.partition("/")
    try:
        price = Price(sent=float(sent), received=float(received))
    except ValueError:
        price = Price(sent=-1, received=-1)
    if not slash or not (price.sent >= 0 and price.received >= 0):
        raise PriceError(f"--price {text}: expected IN/OUT for a million tokens each, such as 2/8")
    return price


def priced(price: Price) -> CloserLook:
    """Puts the price on the tokens of a result."""

    def look(result: Result, _question: Question) -> Result:
        usage = result.usage
        if usage is None:
            return result
        cost = (usage.input_tokens * price.sent + usage.output_tokens * price.received) / _TOKENS
        return replace(result, usage=replace(usage, cost=cost))

    return look
