"""What people marked in real documents: facts, clauses and metadata, as spans of the source text.

The JSON Lines files stand in eval/sets/structure. A line names its document by file and SHA-256;
its span counts in the text of the file, and its first and last characters guard against drift.
Values longer than a name or an amount are cut to 15 characters and end with 「…」.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from eval.errors import CaseError
from ingest.policy import FactKind

# What a fact leaves open to dispute, so that either reading is right.
Doubt = Literal["", "existence", "role", "unit", "fields"]
_GUARD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch of the source text of a file."""

    file: str
    sha256: str
    start: int
    end: int
    first: str
    last: str

    def check(self, source: str) -> None:
        """CaseError where the text at the span is not what was marked."""
        piece = source[self.start : self.end]
        if not (piece.startswith(self.first) and piece.endswith(self.last)):
            raise CaseError(
                f"{self.file} {self.start}:{self.end}: expected 「{self.first}…{self.last}」, "
                f"found 「{piece[:_GUARD]}…{piece[-_GUARD:]}」; mark the span anew"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """A fact that stands at the span; `fields` holds what was marked of it."""

    at: Marked
    kind: FactKind
    fields: dict[str, str]
    doubt: Doubt = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSection:
    """A stretch in which every fact of these kinds was marked."""

    at: Marked
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClause:
    """A clause of a document that was marked from its first to its last clause."""

    at: Marked
    policy: int  # from 1, in the order of the file
    locator: str
    kind: str
    is_disputed: bool = False  # it could also be cut otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMetadata:
    """What a policy says of itself; a title is marked by its span."""

    file: str
    sha256: str
    policy: int  # from 1, in the order of the file
    values: dict[str, object]
    spans: dict[str, tuple[Marked, ...]]


def gold_facts() -> list[GoldFact]:
    """The facts that were marked."""
    return [
        GoldFact(at=_marked(line), kind=line["kind"], fields=line["fields"], doubt=line.get("doubt_on", ""))
        for line in _lines("facts.jsonl")
    ]


def gold_sections() -> list[GoldSection]:
    """The stretches marked completely."""
    return [
        GoldSection(at=_marked(line), kinds=frozenset(line["kinds"])) for line in _lines("sections.jsonl")
    ]


def gold_clauses() -> list[GoldClause]:
    """The clauses of the documents marked whole, in their order."""
    return [
        GoldClause(
            at=_marked(line),
            policy=line["policy"],
            locator=line["locator"],
            kind=line["kind"],
            is_disputed=bool(line.get("doubt")),
        )
        for line in _lines("clauses.jsonl")
    ]


def gold_metadata() -> list[GoldMetadata]:
    """What each policy says of itself."""
    return [_metadata(line) for line in _lines("metadata.jsonl")]


def _metadata(line: dict[str, Any]) -> GoldMetadata:
    values: dict[str, object] = {}
    spans: dict[str, tuple[Marked, ...]] = {}
    for name, value in line.items():
        parts = value if isinstance(value, list) else [value]
        marked = [part for part in parts if isinstance(part, dict)]
        if marked:
            spans[name] = tuple(_marked({**line, **part}) for part in marked)
            value = [part for part in parts if not isinstance(part, dict)]
        values[name] = value
    return GoldMetadata(
        file=line["file"],
        sha256=line["sha256"],
        policy=line["policy"],
        values=values,
        spans=spans,
    )


def _marked(line: dict[str, Any]) -> Marked:
    return Marked(
        file=line["file"],
        sha256=line["sha256"],
        start=line["start"],
        end=line["end"],
        first=line["first"],
        last=line["last"],
    )


def _lines(name: str) -> Iterator[dict[str, Any]]:
    text = files("eval.sets").joinpath("structure", name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip():
            yield json.loads(line)
