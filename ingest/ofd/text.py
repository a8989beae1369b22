"""A text object of OFD → its characters at their places on the page: GB/T 33190-2016, 11.3."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.ofd.document import Placed
from ingest.ofd.matrix import Matrix
from ingest.ofd.names import children, number
from ingest.paper.text_layer import shown

_SIZE = 3.5  # millimetres, of an object that does not say
_INVISIBLE = 0.1  # millimetres and less of an em cannot be read
_WIDE_MARKS = frozenset("“”‘’…—·")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character or, where it runs downwards, a whole line: where it begins on its base line and its step.

    `step` and `size` are lengths on the page, the step along the line.
    """

    text: str
    x: float
    y: float
    step: float
    size: float
    lines: int = 1  # ems from its top to its bottom


def glyphs(text: Placed, outer: Matrix) -> Iterator[Glyph]:
    """The characters that the object prints, without blanks."""
    matrix = text.matrix.within(outer)
    scale = number(text.element.get("HScale"), 1.0) or 1.0
    size = number(text.element.get("Size"), _SIZE)
    em = size * matrix.down
    if em <= _INVISIBLE:
        return
    x = y = 0.0
    for code in children(text.element, "TextCode"):
        characters = _characters(code.text or "")
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = code.get("DeltaX"), code.get("DeltaY")
        falls = _steps(down, len(characters) - 1)
        steps = _steps(across, len(characters) - 1)
        if across is None:
            stays = down is not None
            steps = [0.0 if stays else advance(each) * size * scale for each in characters]
        if 0 < len(falls) == len(characters) - 1 and _runs_downwards(steps, falls, size):
            yield _column(characters, matrix.place(x, y), em)
            continue
        place_x, place_y = x, y
        for place, character in enumerate(characters):
            natural = advance(character) * size * scale
            step = steps[place] if place < len(steps) else natural
            fall = falls[place] if place < len(falls) else 0.0
            if character.strip():
                left, base = matrix.place(place_x, place_y)
                goes_on = step > 0 and not fall and place < len(characters) - 1
                width = min(step if goes_on else natural, size) * matrix.across
                yield Glyph(text=shown(character) or character, x=left, y=base, step=width, size=em)
            place_x, place_y = place_x + step, place_y + fall


def advance(character: str) -> float:
    """How wide a character is printed, in ems, where its object does not say."""
    return 0.5 if ord(character) < 0x2E80 and character not in _WIDE_MARKS else 1.0


def _characters(text: str) -> str:
    """What is printed, without the breaks and the indent of the XML around it."""
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    text = text.lstrip() if "\n" in lead else text
    text = text.rstrip() if "\n" in tail else text
    return text.replace("\r", "").replace("\n", "")


def _steps(printed: str | None, most: int) -> list[float]:
    """The steps between so many characters; `g n d` stands for n times the step d."""
    parts = iter((printed or "").split())
    steps: list[float] = []
    while len(steps) < most and (part := next(parts, None)) is not None:
        if part == "g":
            count, step = (number(each) for each in (*islice(parts, 2), "0", "0")[:2])
            steps += [step] * max(0, min(int(count), most - len(steps)))
        else:
            steps.append(number(part))
    return steps


def _runs_downwards(steps: Sequence[float], falls: Sequence[float], size: float) -> bool:
    """Whether the characters stand below one another."""
    return all(abs(step) <= 0.3 * size for step in steps[: len(falls)]) and all(
        fall >= 0.7 * size for fall in falls
    )


def _column(characters: str, place: tuple[float, float], em: float) -> Glyph:
    x, y = place
    return Glyph(text=shown(characters.strip()), x=x, y=y, step=em, size=em, lines=len(characters))


def without_repeats(found: Sequence[Glyph], nearness: float) -> Iterator[Glyph]:
    """The characters, each once where it is printed twice to look bold; nearness in ems."""
    met: dict[tuple[str, int, int], Glyph] = {}
    for glyph in found:
        unit = nearness * glyph.size
        column, row = round(glyph.x / unit), round(glyph.y / unit)
        around = ((column + right, row + below) for right in (-1, 0, 1) for below in (-1, 0, 1))
        others = (met.get((glyph.text, *place)) for place in around)
        if any(other is not None and _is_near(glyph, other, unit) for other in others):
            continue
        met[glyph.text, column, row] = glyph
        yield glyph


def _is_near(one: Glyph, other: Glyph, distance: float) -> bool:
    return abs(one.x - other.x) <= distance and abs(one.y - other.y) <= distance
