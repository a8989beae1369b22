"""Figures over whole collections: articles found as printed, characters lost, deletions, speed."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.input_files import listed
from ingest.parse import parse
from ingest.policy import Policy
from ingest.source import SourceDocument, source_offset

# An article as a law prints it: 第X条 at the beginning of a line, unless it goes on like a cross-reference.
_ARTICLE = re.compile(
    r"(?m)^[\s\u3000]*(第\s?(?:[一二三四五六七八九十百千零〇]\s?)+条(?:\s?之[一二三四五六七八九十]+)?)"
    r"(?=[\s\u3000]|[^\s的规所、和至或及与，,])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTally:
    """What was counted over some documents."""

    documents: int = 0
    unreadable: tuple[str, ...] = ()
    articles_printed: int = 0
    articles_found: int = 0
    characters_lost: int = 0  # of the source, in no clause and in no listed deletion
    characters_deleted: int = 0  # listed as deleted
    megabytes: float = 0.0  # of source text as UTF-8
    seconds: float = 0.0  # of one core, for parsing

    def __add__(self, other: "WholeTally") -> "WholeTally":
        """The documents of both."""
        return WholeTally(
            documents=self.documents + other.documents,
            unreadable=self.unreadable + other.unreadable,
            articles_printed=self.articles_printed + other.articles_printed,
            articles_found=self.articles_found + other.articles_found,
            characters_lost=self.characters_lost + other.characters_lost,
            characters_deleted=self.characters_deleted + other.characters_deleted,
            megabytes=self.megabytes + other.megabytes,
            seconds=self.seconds + other.seconds,
        )


def tally_document(document: SourceDocument) -> WholeTally:
    """The figures of one document."""
    began = time.process_time()
    policies = parse(document)
    seconds = time.process_time() - began
    printed = list(_ARTICLE.finditer(document.text))
    numbers = _article_numbers(policies)
    return WholeTally(
        documents=1,
        articles_printed=len(printed),
        articles_found=sum(numbers.get(match.start(1)) == "".join(match[1].split()) for match in printed),
        characters_lost=characters_lost(document, policies),
        characters_deleted=sum(
            len("".join(document.text[start:end].split())) for start, end in _cuts(policies)
        ),
        megabytes=len(document.text.encode()) / 1_000_000,
        seconds=seconds,
    )


def characters_lost(document: SourceDocument, policies: tuple[Policy, ...]) -> int:
    """How many characters that are no white space stand in no clause and in no listed deletion."""
    held = bytearray(len(document.text))
    for policy in policies:
        in_clause = bytearray(len(policy.text))
        for clause in policy.clauses:
            in_clause[clause.start : clause.end] = b"\x01" * (clause.end - clause.start)
        for segment in policy.source_map:
            piece = in_clause[segment.text_start : segment.text_start + segment.length]
            for place, mark in enumerate(piece, segment.source_start):
                held[place] |= mark
    for start, end in _cuts(policies):
        held[start:end] = b"\x01" * (end - start)
    return sum(
        not mark and not character.isspace() for mark, character in zip(held, document.text, strict=True)
    )


def documents_below(folder: Path) -> Iterator[SourceDocument | str]:
    """The documents of the folder, its files and those in JSON Lines of "docid" and "text"; or an error."""
    for path in sorted(folder.rglob("docs.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            body = json.loads(line)
            yield SourceDocument(name=f"{body['docid']}.txt", sha256=body["docid"], text=body["text"])
    for file in listed([folder]):
        if not file.known:
            continue
        try:
            yield file.read()
        except IngestError as error:
            yield str(error)


def tally_folder(folder: Path) -> WholeTally:
    """The figures of every document below the folder."""
    total = WholeTally()
    for document in documents_below(folder):
        if isinstance(document, str):
            total += WholeTally(unreadable=(document,))
            continue
        try:
            total += tally_document(document)
        except IngestError as error:
            total += WholeTally(unreadable=(str(error),))
    return total


def _article_numbers(policies: tuple[Policy, ...]) -> dict[int, str]:
    """The printed number of each article by the place of the source where it begins."""
    return {
        source_offset(policy.source_map, clause.start): "".join(clause.number.split())
        for policy in policies
        for clause in policy.clauses
        if clause.kind == "article" and clause.number
    }


def _cuts(policies: tuple[Policy, ...]) -> set[tuple[int, int]]:
    """What no policy of the file keeps: a stretch that one of them deletes may belong to another."""
    kept = [
        (segment.source_start, segment.source_start + segment.length)
        for policy in policies
        for segment in policy.source_map
    ]
    cuts = {(cut.start, cut.end) for policy in policies for cut in policy.deletions}
    if len(policies) == 1:
        return cuts
    return {cut for cut in cuts if not any(start < cut[1] and cut[0] < end for start, end in kept)}
