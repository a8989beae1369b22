"""Characters lost, articles found and deletions of a document."""

from dataclasses import replace
from pathlib import Path

from eval.structure.whole import characters_lost, tally_document, tally_folder
from ingest.parse import parse
from ingest.source import SourceDocument

LAW = SourceDocument(
    name="法.txt", sha256="a" * 64, text="某某法\n第一条 甲。\n第二条 按照第一条规定办理。\n第三条 丙。"
)


def test_the_articles_of_a_law_are_counted_as_printed() -> None:
    found = tally_document(LAW)
    assert (found.articles_printed, found.articles_found) == (3, 3)
    assert (found.characters_lost, found.characters_deleted) == (0, 0)


def test_a_clause_that_is_left_out_is_text_lost() -> None:
    (policy,) = parse(LAW)
    short = replace(policy, clauses=policy.clauses[:-1])
    assert characters_lost(LAW, (short,)) == len("第三条丙。")


def test_a_folder_adds_up_and_names_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LAW.text, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "c.bin").write_bytes(b"?")
    found = tally_folder(tmp_path)
    assert found.documents == 1 and found.articles_found == 3
    assert [message.split(":")[0] for message in found.unreadable] == ["b.txt"]
