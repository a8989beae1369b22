"""What is read of a long question and of those before it, so that none costs many times a usual one.

A question of the length that people ask is read as it stands. Of a longer one these stretches between
marks are read, in their order, as far as LONGEST characters hold them: those that ask, those that name a
document, and what stands nearest to them, before them rather than behind. What is said again is read once.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from bot.question.simplified import simplified
from bot.question.topics import ASKS

LONGEST = 160  # characters of one question; the longest of eval/sets has 125
LONGEST_HISTORY = 320  # of all earlier questions, the latest first
LONGEST_TOGETHER = 160  # of a question read with those that it leans on
_LOOKED_THROUGH = 2000  # characters at the end of an earlier question, which may have more than a question
_STRETCH = re.compile(r"(?:[^。！？!?；;，,\n.]|\.(?!\s))*(?:[。！？!?；;，,\n]+|\.\s|$)")
_DOCUMENT = re.compile(r"《[^《》]{2,}》|[〔\[]\s*20\d{2}\s*[〕\]]")
_ASK_IN_LATIN = re.compile(r"\b(?:who|what|which|when|where|how|is|are|can|does|do)\b|\?\s*$", re.IGNORECASE)


def condensed(text: str, *, longest: int = LONGEST) -> str:
    """The text if it is not longer than that, else the stretches of it that are read."""
    if _length(text) <= longest:
        return text
    stretches = tuple(filter(None, dict.fromkeys(_STRETCH.findall(text))))
    asking = [place for place, stretch in enumerate(stretches) if _asks(stretch)]
    named = [place for place, stretch in enumerate(stretches) if _DOCUMENT.search(stretch)]
    kept: dict[int, str] = {}
    room = longest
    for place in (*asking, *named, *_nearest_first(asking or [len(stretches) - 1], len(stretches))):
        stretch = stretches[place]
        # Only where one stretch fills all the room is a part of it better than none.
        if place not in kept and (not kept or _length(stretch) <= room):
            kept[place] = _end_of(stretch, room)
            room -= _length(kept[place])
    return "".join(kept[place] for place in sorted(kept))


def condensed_history(history: Sequence[str]) -> tuple[str, ...]:
    """The latest of the earlier questions, each simplified and condensed, as many as there is room for."""
    kept: list[str] = []
    room = LONGEST_HISTORY
    for text in reversed(history):
        read = condensed(simplified(text[-_LOOKED_THROUGH:]))
        room -= max(_length(read), 1)
        if room < 0:
            break
        kept.insert(0, read)
    return tuple(kept)


def joined(earlier: str, current: str) -> str:
    """What is read before a question and the question; of the former as much of its end as has room."""
    room = max(LONGEST_TOGETHER - len(current) - 1, 0)
    return f"{earlier[max(len(earlier) - room, 0) :]} {current}"


def _asks(stretch: str) -> bool:
    return bool(ASKS.search(stretch) or _ASK_IN_LATIN.search(stretch))


def _nearest_first(asking: Sequence[int], total: int) -> list[int]:
    def distance(place: int) -> float:
        following = bisect_left(asking, place)
        # What leads up to a question belongs to it more than what comes after.
        ahead = asking[following] - place if following < len(asking) else total
        behind = place - asking[following - 1] + 0.5 if following else total
        return min(ahead, behind)

    return sorted(range(total), key=distance)


def _end_of(stretch: str, room: int) -> str:
    # Chinese asks at the end: …补助多少.
    return stretch if _length(stretch) <= room else unicodedata.normalize("NFKC", stretch)[-room:]


def _length(text: str) -> int:
    """Characters as they are read: one sign may stand for eighteen."""
    return len(unicodedata.normalize("NFKC", text))
