"""Whether a line goes on with the paragraph of the lines before it."""

import re
from collections.abc import Sequence

from ingest.paper.page import Line
from ingest.paper.writing_system import ends_sentence, first_token, is_numbered, width

_STEP = 0.7  # ems by which a first line is set in at least
_NOISE, _ROUGH_NOISE = 0.4, 0.9  # ems
_OTHER_SIZE, _ROUGH_OTHER_SIZE = 1.12, 1.35
_GAP, _ROUGH_GAP = 1.3, 1.4  # times the usual distance of two lines
_LARGE = 1.15  # times the size of the text is a title at least
_RAGGED = 4.0  # ems by which a line may stop short where a long word or a wide sign follows
_FAR_IN = 6.0  # ems from the left edge no line of text begins
_CENTRED = 1.6  # ems by which the sides of a centred line may differ
_OWN_LINE = re.compile(r"[(（〔\[].*[)）〕\]]$|.*文\s?件$|目\s*录$")


def goes_on(paragraph: Sequence[Line], line: Line, usual_size: float) -> bool:
    """Whether the line belongs to the paragraph; the usual size is that of most text."""
    before = paragraph[-1]
    if _other_size(before, line) or _gap(before, line):
        return False
    if _is_title(before, usual_size) or _is_title(line, usual_size):
        return _is_wrapped_title(before, line, usual_size)
    if before.indent > _FAR_IN:
        return False  # a signature, a date, a letterhead
    room = _ROUGH_NOISE if line.rough else _NOISE
    if before.room >= width(first_token(line.text)) + room:
        return before.room <= _RAGGED and _is_set_out(paragraph, line) and not ends_sentence(before.text)
    return _goes_on_after_full_line(paragraph, line)


def _goes_on_after_full_line(paragraph: Sequence[Line], line: Line) -> bool:
    first, before = paragraph[0], paragraph[-1]
    begins = is_numbered(line.text)
    ended = ends_sentence(before.text)
    further_in = line.indent - before.indent > _STEP
    further_out = before.indent - line.indent > _STEP
    if len(paragraph) == 1:
        if further_out:
            return True
        if further_in:
            # The first line of the next paragraph, or a list whose later lines are set in further.
            return is_numbered(first.text) and not begins and not ended
        # Both set in are two first lines; at the edge the text has no first lines that are set in.
        return before.indent <= _STEP and not (begins and ended)
    if further_in:
        return False
    if further_out:
        return not ended
    set_in = first.indent - before.indent > _STEP
    return set_in or not (begins and ended)


def _is_set_out(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether it begins at the edge of the text, unlike the first line of the paragraph."""
    return paragraph[0].indent > _STEP and abs(line.indent) < _STEP


def _other_size(before: Line, line: Line) -> bool:
    most = _ROUGH_OTHER_SIZE if line.rough else _OTHER_SIZE
    ratio = line.ink.size / before.ink.size
    return not 1 / most <= ratio <= most


def _gap(before: Line, line: Line) -> bool:
    if (before.page, before.flow) != (line.page, line.flow):
        return False
    return line.step > (_ROUGH_GAP if line.rough else _GAP)


def _is_title(line: Line, usual_size: float) -> bool:
    return (
        line.ink.size >= _LARGE * usual_size
        and abs(line.indent - line.room) <= _CENTRED
        and line.indent > -_CENTRED
    )


def _is_wrapped_title(before: Line, line: Line, usual_size: float) -> bool:
    """Whether both are lines of one title, which is parted by sense and not by the width."""
    both = _is_title(before, usual_size) and _is_title(line, usual_size)
    apart = is_numbered(line.text) or _OWN_LINE.match(line.text) or _OWN_LINE.match(before.text)
    return both and not apart and before.page == line.page
