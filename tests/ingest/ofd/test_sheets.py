"""Whole OFD documents, printed and read back."""

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Policy
from ingest.readers import read_content
from ingest.source import Block, SourceDocument

SAMPLES = ["01_gazette", "02_measure", "03_opinion", "04_subsidy", "05_expired", "06_plan_one_line"]
OFFICE = {"header": "栖湖区人民政府公报"}
CONVERTED = {"size": 10.5, "leading": 18, "page_number": "第 {} 页", "converted": True}

PrintOfd = Callable[..., bytes]
PackOfd = Callable[..., bytes]


def _sample(name: str) -> str:
    return (files("ingest.samples") / f"{name}.txt").read_text("utf-8")


def _parts(text: str) -> list[Any]:
    """The paragraphs, and the tables as lists of rows; the samples print a cell a line after a TAB."""
    parts: list[Any] = []
    row: list[str] = []
    for line in text.splitlines():
        if line.startswith("\t"):
            if not row:
                if not (parts and isinstance(parts[-1], list)):
                    parts.append([])
                parts[-1].append(row)
            row.append(line.strip())
        else:
            row = []
            parts += [line.strip()] if line.strip() else []
    return parts


def _read(content: bytes, limits: Limits | None = None) -> SourceDocument:
    return read_content(content, "通知.ofd", limits or Limits())


def _bare(policies: tuple[Policy, ...]) -> list[tuple[str, str, str]]:
    return [
        (clause.kind, clause.locator, "".join(clause.text.split()))
        for policy in policies
        for clause in policy.clauses
    ]


def _blocks(document: SourceDocument, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("look", [OFFICE, CONVERTED], ids=["office", "converted"])
def test_a_printed_sample_gives_the_clauses_of_its_text(
    print_ofd: PrintOfd, name: str, look: dict[str, Any]
) -> None:
    document = _read(print_ofd(_parts(_sample(name)), **look))
    policies = parse(document)
    assert _bare(policies) == _bare(parse(read_content(_sample(name).encode(), f"{name}.txt")))
    reasons = {block.reason for block in _blocks(document, "chrome")}
    assert reasons == {"page number", *(["header of the page"] if "header" in look else [])}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_clause_has_the_page_it_begins_on(print_ofd: PrintOfd, name: str) -> None:
    text = _sample(name)
    # The page after which each page number is printed tells which page a place of the text is on.
    document = _read(print_ofd(_parts(text)))
    ends = [block.end for block in _blocks(document, "chrome")]
    assert ends == sorted(ends)
    numbers = [
        int(re.sub(r"\D", "", document.text[block.start : block.end]))
        for block in _blocks(document, "chrome")
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    pages = [clause.page for policy in parse(document) for clause in policy.clauses]
    assert pages[0] == 1 and None not in pages
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert {block.page for block in _blocks(document, "page")} == set(numbers)
