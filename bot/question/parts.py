"""The questions that one question holds (组长是谁，办公室设在哪里？), and their answers put together."""

import re
from collections.abc import Sequence

from bot.composers.draft import DraftStatement

_BREAK = re.compile(r"[？?；;！!。\n]+|[，,](?![^（(]*[）)])")
# 对吗, 是这样吗, 还是…: these ask about what was said before them.
_TAG = re.compile(
    r"^(?:是|对|行|好|可以|真的?|没错|这样|能)?(?:吗|么|吧|不|对不对|是不是|是吗|对吗|行吗|可以吗|这样吗)?$"
    r"|^(?:是不是|对不对|是这样|还是|有没有错|真是|没错)|^(?:为什么|请问)$"
)
_ASKS = re.compile(
    r"谁|哪|多少|什么|啥|怎么|怎样|如何|是否|多久|多大|多长|[吗么呢]$|几[年月天日次家个名人项成倍]*$"
)
_SHORTEST = 3
MOST_PARTS = 3  # each is looked for by itself; no question of eval/sets has more


def parts_of(text: str, *, most: int = MOST_PARTS) -> tuple[str, ...]:
    """The parts of the text that ask by themselves, each with what leads up to it; one where there is one.

    A part leans on those before it, as a question does on the history.
    """
    found: list[str] = []
    before = ""
    for piece in _BREAK.split(text):
        piece = piece.strip()
        if not piece:
            continue
        if _ASKS.search(piece) and len(piece) >= _SHORTEST and not _TAG.match(piece):
            found.append(f"{before}，{piece}" if before else piece)
            before = ""
        else:
            before = f"{before}，{piece}" if before else piece
    if before and found:
        found[-1] = f"{found[-1]}，{before}"
    # What asks beyond that is asked together with the last.
    parts = (*found[: most - 1], "，".join(found[most - 1 :]))
    return tuple(filter(None, parts)) if len(found) > 1 else (text,)


def without_repeats(statements: Sequence[DraftStatement]) -> tuple[DraftStatement, ...]:
    """The statements without those whose words a longer one of the same documents holds."""
    distinct = tuple({said.text: said for said in statements}.values())
    return tuple(said for said in distinct if not any(_holds(other, said) for other in distinct))


def _holds(other: DraftStatement, said: DraftStatement) -> bool:
    documents, others = ({quote.clause.policy_id for quote in each.quotes} for each in (said, other))
    longer = len(other.text) > len(said.text) and documents <= others
    return longer and bool(said.claims) and all(claim in other.text for claim in said.claims)
