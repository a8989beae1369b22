"""Pieces of text → rows of pieces → lines of text."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.paper.sheet import Ink

# Of the em. A font sets its glyphs up to a fifth higher than another; a row is a whole em apart.
_SAME_ROW = 0.42
_SPACE_IN_LATIN = 0.18
_SPACE_IN_CHINESE = 0.75
_SPREAD = 0.4


def rows(inks: Sequence[Ink]) -> list[list[Ink]]:
    """The pieces by row from the top, each row from left to right."""
    found: list[list[Ink]] = []
    middles: list[float] = []
    for ink in sorted(inks, key=lambda ink: ink.middle):
        # A small mark beside a large letter is measured by the larger.
        for place in range(len(found) - 1, max(-1, len(found) - 4), -1):
            size = max(ink.size, found[place][0].size)
            if abs(ink.middle - middles[place]) <= _SAME_ROW * size:
                found[place].append(ink)
                break
        else:
            found.append([ink])
            middles.append(ink.middle)
    return [sorted(row, key=lambda ink: (ink.left, ink.right)) for row in found]


def line(row: Sequence[Ink]) -> Ink | None:
    """The row as one piece of text; None where it holds none."""
    pieces = list(row)
    while pieces and not pieces[0].text.strip():
        del pieces[0]
    while pieces and not pieces[-1].text.strip():
        del pieces[-1]
    if not pieces:
        return None
    spread = _spread(pieces)
    text = pieces[0].text
    for before, after in pairwise(pieces):
        text += " " * _parted(before, after, spread) + after.text
    inked = [piece for piece in pieces if piece.text.strip()]
    return Ink(
        text=text.strip(),
        left=inked[0].left,
        top=min(piece.top for piece in inked),
        right=max(piece.right for piece in inked),
        bottom=max(piece.bottom for piece in inked),
        size=median(piece.size for piece in inked),
    )


def lines(inks: Sequence[Ink]) -> list[Ink]:
    """The lines of text from the top."""
    return [found for row in rows(inks) if (found := line(row)) is not None]


def _spread(row: Sequence[Ink]) -> float:
    """The gap between the letters of a row that is spread out to a width; else 0."""
    gaps = [(after.left - before.right) / max(before.size, after.size) for before, after in pairwise(row)]
    usual = median(gaps) if len(gaps) > 1 else 0.0
    return usual if usual >= _SPREAD else 0.0


def _parted(before: Ink, after: Ink, spread: float) -> bool:
    """Whether a space must be read between two pieces: the file moves on without printing one."""
    last, first = before.text[-1], after.text[0]
    if last.isspace() or first.isspace():
        return False
    gap = (after.left - before.right) / max(before.size, after.size)
    if last.isascii() and first.isascii():
        return gap >= _SPACE_IN_LATIN
    return gap >= max(_SPACE_IN_CHINESE, spread * 1.6)
