"""Names that others gave files, as labels: to show and to look up by, never a path to open."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

# Windows opens a device under these names, whatever suffix follows.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
# Controls, marks that turn the direction of writing, lone surrogates and line separators.
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_LONGEST_PART_BYTES, _LONGEST_LABEL_BYTES = 200, 1000
_LONGEST_SUFFIX_BYTES = 20
_NAMELESS = "_"


def label_of(name: str) -> str:
    """The name as a relative one of plain parts; an ordinary name is its own label.

    Roots, drives, `.` and `..` go; what cannot be shown, reserved names and long ones are rewritten.
    """
    slashed = _DRIVE.sub("", name.replace("\\", "/").lstrip("/"), count=1) if _has_drive(name) else name
    parts = [part for raw in slashed.replace("\\", "/").split("/") if (part := _plain_part(raw))]
    return "/".join(_last(parts)) or _NAMELESS


def labels_of(names: Iterable[str]) -> list[str]:
    """A label for each name, no two the same: names that would share one are numbered.

    A name that is its own label keeps it, whatever comes before.
    """
    given = list(names)
    labels = [label_of(name) for name in given]
    order = sorted(range(len(given)), key=lambda place: labels[place] != given[place])
    # The number to try next of each label: thousands of one name must not each begin at 2.
    taken: dict[str, int] = {}
    for place in order:
        labels[place] = _free(labels[place], taken)
        taken[labels[place]] = 2
    return labels


def _has_drive(name: str) -> bool:
    return _DRIVE.match(name.replace("\\", "/").lstrip("/")) is not None


def _last(parts: list[str]) -> list[str]:
    """As many of the last parts as a label has room for; one always has."""
    room = _LONGEST_LABEL_BYTES
    for place in range(len(parts), 0, -1):
        room -= len(parts[place - 1].encode()) + 1
        if room < 0:
            return parts[place:]
    return parts


def _plain_part(part: str) -> str:
    shown = part.rstrip(". ")
    if not shown.isprintable():
        shown = "".join("_" if unicodedata.category(each) in _UNSHOWN else each for each in shown)
    if _RESERVED.fullmatch(shown):
        shown = f"_{shown}"
    return _shortened(shown)


def _shortened(part: str) -> str:
    """The part with its suffix, which says what reads it, and as much before as there is room for."""
    if len(part.encode()) <= _LONGEST_PART_BYTES:
        return part
    suffix = PurePosixPath(part).suffix
    if len(suffix.encode()) > _LONGEST_SUFFIX_BYTES:
        suffix = ""
    room = _LONGEST_PART_BYTES - len(suffix.encode())
    return part.encode()[:room].decode(errors="ignore") + suffix


def _free(label: str, taken: dict[str, int]) -> str:
    path, numbered = PurePosixPath(label), label
    while numbered in taken:
        numbered = str(path.with_name(f"{path.stem} ({taken[label]}){path.suffix}"))
        taken[label] += 1
    return numbered
