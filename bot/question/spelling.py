"""Reads through typing slips: an unknown word one character, of the same sound, away from a known one."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.question.pinyin import of_same_sound

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
# A window of four characters around the slip says which word is meant; two would fit any text.
_WINDOW = 4
_LONGEST_SLIP = 6
_ASKING = frozenset("几哪谁吗呢多少何啥怎")
_MOST_SPANS = 8  # each is looked for in all documents; no question of eval/sets has more


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was typed and how it is read."""

    typed: str
    read: str


def corrections(
    question: str,
    *,
    words: Callable[[str], Sequence[str]],
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
    known: Callable[[str], bool],
    names: Callable[[str], Sequence[str]],
) -> tuple[Correction, ...]:
    """The slips of the question; the `names` of units stay as typed, since one letter makes another unit.

    `words` cuts text, `frequencies` counts the clauses holding each of some strings, `known` says that a
    word is common language.
    """
    found: list[Correction] = []
    looked = 0
    for name in names(question):
        question = question.replace(name, " ")
    for run in _HAN_RUN.findall(question):
        spans = _unknown_spans(run, words(run), frequencies, known)
        for start, end in spans[: _MOST_SPANS - looked]:
            looked += 1
            correction = _corrected(run, start, end, frequencies)
            if correction is None:
                continue
            # A reading that leaves as much unknown as before is chance, and so is one that mends no word.
            read = run.replace(correction.typed, correction.read)
            cut = words(read)
            less = _length(_unknown_spans(read, cut, frequencies, known)) < _length(spans)
            if less and _is_within_word(_changed(run, read), cut):
                found.append(correction)
    return tuple(found)


def corrected(question: str, slips: Sequence[Correction]) -> str:
    """The question as it is read."""
    for slip in slips:
        question = question.replace(slip.typed, slip.read)
    return question


def _unknown_spans(
    run: str,
    cut: Sequence[str],
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
    known: Callable[[str], bool],
) -> list[tuple[int, int]]:
    counts = frequencies(list(cut))
    spans: list[tuple[int, int]] = []
    position = 0
    for word in cut:
        start, position = position, position + len(word)
        # A slip breaks a word into characters the dictionary does not join.
        if known(word) or (len(word) > 1 and counts.get(word, 0)):
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], position)
        else:
            spans.append((start, position))
    return spans


def _changed(run: str, read: str) -> int:
    return next(place for place, (old, new) in enumerate(zip(run, read, strict=True)) if old != new)


def _is_within_word(place: int, cut: Sequence[str]) -> bool:
    """Whether the character there is part of a longer word: 不 and 的 are read into anything."""
    end = 0
    for word in cut:
        end += len(word)
        if place < end:
            return len(word) > 1
    return False


def _length(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _corrected(
    run: str, start: int, end: int, frequencies: Callable[[Sequence[str]], Mapping[str, int]]
) -> Correction | None:
    if len(run) < _WINDOW:
        return None
    meant: Counter[tuple[str, str]] = Counter()
    if end - start > _LONGEST_SLIP:
        # So many strange characters are no slip, and each would be looked for in all documents.
        return None
    for slip in range(start, end):
        # What asks is no slip, though the thing asked about sounds alike (执行几年, 执行期).
        if run[slip] in _ASKING:
            continue
        chars = _fitting(run, slip, frequencies)
        for first in range(max(0, slip - _WINDOW + 1), min(slip, len(run) - _WINDOW) + 1):
            window, at = run[first : first + _WINDOW], slip - first
            if not chars or frequencies([window])[window]:
                continue
            read = [window[:at] + char + window[at + 1 :] for char in chars]
            meant.update({(window, each): count for each, count in frequencies(read).items() if count})
    if not meant:
        return None
    (typed, read_as), _ = max(meant.items(), key=lambda item: (item[1], item[0]))
    return Correction(typed=typed, read=read_as)


def _fitting(run: str, slip: int, frequencies: Callable[[Sequence[str]], Mapping[str, int]]) -> list[str]:
    """The characters of the same sound that some document prints beside a neighbour of the slip."""
    before, after = run[slip - 1 : slip] if slip else "", run[slip + 1 : slip + 2]
    pairs = {
        char: [pair for pair in (before + char, char + after) if len(pair) > 1]
        for char in sorted(of_same_sound(run[slip]))
    }
    counts = frequencies([pair for found in pairs.values() for pair in found])
    return [char for char, found in pairs.items() if any(counts[pair] for pair in found)]
