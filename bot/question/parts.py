"""The questions that one question holds (组长是谁，办公室设在哪里？)."""

import re

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
    """The parts of the text that ask by themselves, each with what leads up to it; none if it has one part.

    A part leans on those before it, as a question does on the history.
    """
    if most < 2:
        return ()
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
    if len(found) < 2:
        return ()
    # What asks beyond that is asked together with the last.
    parts = (*found[: most - 1], "，".join(found[most - 1 :]))
    return tuple(filter(None, parts))
