"""When a printed fact is found in an answer."""

import re
import unicodedata

_BLANK = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text in the compatibility form NFKC, without white space."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def holds(folded: str, fact: str) -> bool:
    """Whether the folded text holds the fact; a figure is found only whole, 5万元 is not in 15万元."""
    wanted = fold(fact)
    before = r"(?<![0-9])(?<![0-9]\.)" if wanted[:1].isdigit() else ""
    behind = r"(?![0-9])" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + behind, folded) is not None


def find_folded(text: str, piece: str) -> tuple[int, int] | None:
    """Where the piece stands in the text, white space aside; None if it does not."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    folded = "".join(text[place] for place in places)
    wanted = "".join(piece.split())
    start = folded.find(wanted) if wanted else -1
    if start < 0:
        return None
    return places[start], places[start + len(wanted) - 1] + 1
