"""Trains the shipped reader further on a set of one's own, beside questions that keep what it knows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from math import ceil
from pathlib import Path

from bot.reader.calibration import load_calibrations, write_calibrations
from bot.reader.reading import Passage, Reader
from bot.reader.trained import FACTS_NAME, MODEL
from eval.cases import Case
from eval.documents import Documents
from eval.errors import CalibrationError
from eval.reading.examples import Document, Example, Marked, document_of
from eval.reading.groups import Group, Grouping, Part, part_of, read_before
from eval.reading.sources import OWN, Library, written_by_span
from ingest.errors import IngestError
from ingest.input_files import read_file
from ingest.parse import parse

_HELD_OUT = 5  # every fifth question, in the order of the hashes of their ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Groups to train on and groups to measure with, of the set and of what the reader was trained on."""

    own: tuple[Group, ...]
    own_held_out: tuple[Group, ...]
    rehearsed: tuple[Group, ...]
    rehearsed_held_out: tuple[Group, ...]

    def to_train_on(self, shipped: Reader) -> list[Group]:
        """Both, those of the set once more for each time that they are outnumbered.

        What the shipped reader takes for an answer in another document of the set is left out of them.
        """
        own = [read_before(group, shipped) for group in self.own]
        times = max(len(self.rehearsed) // len(own), 1)
        return [*own * times, *self.rehearsed]


def material_of(cases: Sequence[Case], documents: Documents, library: Library, *, rehearsed: int) -> Material:
    """The material for a set and so many documents of the project's own.

    CalibrationError if too few questions of the set can be trained on.
    """
    parsed = dict(_parsed(cases, documents))
    examples = [example for case in cases for example in _examples(case, parsed, documents)]
    passages = {key: passage for each in parsed.values() for key, (passage, _) in each.passages.items()}
    own = _grouped(passages, examples)
    if len(own) < 2 * _HELD_OUT:
        raise CalibrationError(
            f"expected at least {2 * _HELD_OUT} questions whose evidence stands in clauses, found {len(own)}"
        )
    in_order = sorted(own, key=lambda group: _hash(group.id))
    return Material(
        own=tuple(group for place, group in enumerate(in_order) if place % _HELD_OUT),
        own_held_out=tuple(in_order[::_HELD_OUT]),
        rehearsed=_of_the_project(library, "training", rehearsed),
        rehearsed_held_out=_of_the_project(library, "sealed", ceil(rehearsed / _HELD_OUT)),
    )


def _parsed(cases: Sequence[Case], documents: Documents) -> Iterator[tuple[str, Document]]:
    for name in sorted({evidence.file for case in cases for evidence in case.evidence}):
        path = documents.path(name)
        try:
            yield name, document_of(name, parse(read_file(path)))
        except IngestError as error:
            raise CalibrationError(f"{path}: {error}") from error


def _examples(case: Case, parsed: Mapping[str, Document], documents: Documents) -> Iterator[Example]:
    """The case as an example; none if it is answered otherwise, or if no clause holds its evidence."""
    asked = partial(Example, id=case.id, question="，".join((*case.history, case.question)), source="own")
    if not case.answerable:
        yield asked(document="")
        return
    words = [word for group in case.expected for word in group]
    right: dict[str, Marked] = {}
    for each in case.evidence:
        piece = documents.read(each.file).text[each.start : each.end]
        right |= {marked.key: marked for marked in parsed[each.file].marked(piece, words)}
    if case.outcome == "answered" and right:
        yield asked(document=case.evidence[0].file, right=tuple(right.values()))


def _of_the_project(library: Library, part: Part, most: int) -> tuple[Group, ...]:
    """The questions on so many documents of this part that come with the program, always the same ones."""
    names = [name for path in library.own_documents() if part_of(name := f"{OWN}{path.stem}") == part]
    drawn = frozenset(sorted(names, key=_hash)[:most])
    examples = list(written_by_span(library, drawn))
    return tuple(_grouped(library.passages(), examples))


def _grouped(passages: Mapping[str, Passage], examples: Sequence[Example]) -> list[Group]:
    if not (examples and passages):
        return []
    grouping = Grouping(passages, examples)
    groups = [grouping.group(example) for example in examples]
    return [group for group in groups if len(group.pairs) > 1]


def _hash(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:4])


def calibrations_for(name: str, path: Path) -> None:
    """Writes the calibrations of the program with that of its reader under this name as well.

    What was trained further from it starts with its doubt, until `clausewise eval calibrate` fits its own;
    which risk it keeps is not known.
    """
    held = load_calibrations()
    shipped = json.loads((MODEL / FACTS_NAME).read_text(encoding="utf-8"))["name"]
    others = tuple(each for each in held.readers if each.reader != name)
    further = replace(held.of(shipped), reader=name, risks=())
    write_calibrations(replace(held, readers=(*others, further)), path)
