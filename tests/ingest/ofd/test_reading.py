"""OFD documents give the clauses of their text, page by page."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.input_files import read_file
from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Policy
from ingest.readers import read_content

PrintOfd = Callable[..., bytes]
SAMPLES = Path(__file__).parents[3] / "ingest" / "samples"


def _bare(policy: Policy) -> list[tuple[str, str, str]]:
    return [(clause.kind, clause.locator, "".join(clause.text.split())) for clause in policy.clauses]


@pytest.mark.parametrize("name", ["02_measure", "04_subsidy", "05_expired"])
def test_a_sample_gives_the_same_clauses_as_its_text(print_ofd: PrintOfd, name: str) -> None:
    path = SAMPLES / f"{name}.txt"
    lines = [line.strip() for line in read_file(path).text.splitlines() if line.strip()]
    (from_pages,) = parse(read_content(print_ofd(lines, title_lines=1), "办法.ofd", Limits()))
    (from_text,) = parse(read_file(path))
    assert _bare(from_pages) == _bare(from_text)
    pages = [clause.page for clause in from_pages.clauses]
    assert pages[0] == 1 and pages == sorted(pages, key=lambda page: page or 0)
    assert {deletion.reason for deletion in from_pages.deletions} == {"page number"}


def test_a_table_of_ruling_lines_has_its_cells(print_ofd: PrintOfd) -> None:
    rows = [["序号", "任务", "牵头单位"], ["1", "建设平台", "区科技局"], ["2", "整治管网", "区水务局"]]
    content = print_ofd(["澄湖区重点任务分工表", rows], title_lines=1)
    (policy,) = parse(read_content(content, "分工.ofd", Limits()))
    table = [clause for clause in policy.clauses if clause.kind == "row"]
    assert [{cell.header: cell.value for cell in row.cells} for row in table[1:]] == [
        {"序号": "1", "任务": "建设平台", "牵头单位": "区科技局"},
        {"序号": "2", "任务": "整治管网", "牵头单位": "区水务局"},
    ]


def _changed(content: bytes, path: str, part: bytes | None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
        if part is not None:
            new.writestr(path, part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "part", "error", "said"),
    [
        ("OFD.xml", None, UnreadableFileError, "found no OFD.xml"),
        ("Doc_0/Document.xml", b"<a><b></a>", UnreadableFileError, "Document.xml is damaged"),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            None,
            UnreadableFileError,
            "found no Doc_0/Pages/Page_0/Content.xml",
        ),
        ("Encryptions.xml", b"<a/>", PasswordError, "encrypted"),
    ],
)
def test_what_cannot_be_read_is_named(
    print_ofd: PrintOfd, path: str, part: bytes | None, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        read_content(_changed(print_ofd(["第一条 甲。"]), path, part), "办法.ofd", Limits())


def test_too_many_pages_are_refused_with_the_setting(print_ofd: PrintOfd) -> None:
    content = print_ofd([f"第{place}段落。" for place in range(60)])
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__PAGES"):
        read_content(content, "办法.ofd", Limits(pages=2))


def test_what_is_no_ofd_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="expected an OFD document"):
        read_content(b"no zip", "办法.ofd", Limits())
