"""The real documents, told by places and counts; their text stays where it is."""

import re
import time
from pathlib import Path

from ingest.cleaning import clean
from ingest.gazette import split
from ingest.input_files import read_file
from ingest.outline import outline
from ingest.policy import Clause
from ingest.source import SourceDocument

# A reference of its own: 第X条 at the beginning of a line, unless it goes on like a cross-reference.
_ARTICLE = re.compile(
    r"(?m)^[\s\u3000]*(第\s?(?:[一二三四五六七八九十百千零〇]\s?)+条(?:\s?之[一二三四五六七八九十]+)?)(?=[\s\u3000]|[^\s的规所、和至或及与，,])"
)


def clauses_of(corpus: Path, begin: str) -> tuple[Clause, ...]:
    path = next((corpus / "corpus/seeds").glob(f"{begin}*"))
    return outline(split(clean(read_file(path)), path.name)[0].text, policy_id="p")


def cleaned(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    return clean(SourceDocument(name=path.name, sha256="0" * 64, text=text)).text


def test_the_plan_of_a_gazette_and_its_roster(corpus: Path) -> None:
    places = {clause.locator: clause for clause in clauses_of(corpus, "000")}
    assert {
        "通知第1段",
        "一、(二)",
        "二、(七)第2段",
        "三、(三)",
        "结尾",
        "附件1 一、第21行",
        "附件1 三、5.",
    } <= set(places)
    assert "附件1 一、第22行" not in places
    assert places["二、(一)第2段"].heading == "改革评价机制"


def test_a_scanned_text_without_line_ends(corpus: Path) -> None:
    items = [clause.locator for clause in clauses_of(corpus, "001") if clause.kind == "item"]
    assert len(items) == 26
    assert [place for place in items if place.startswith("二、(三)")] == [
        "二、(三)1.",
        "二、(三)4.",
        "二、(三)5.",
    ]
    assert "三、(一)2." in items


def test_a_text_in_one_line(corpus: Path) -> None:
    places = {clause.locator: clause for clause in clauses_of(corpus, "002")}
    assert {"三、(一)1.", "三、(二)4.", "三、(三)9.", "四、4.", "落款日期", "通知第1段"} <= set(places)
    assert places["一、"].heading == "指导思想"


def test_measures_and_the_table_that_parts_them_among_units(corpus: Path) -> None:
    clauses = clauses_of(corpus, "003")
    assert [clause.number for clause in clauses if clause.kind == "row" and clause.number][-1] == "13"
    table = [clause for clause in clauses if clause.locator.startswith("附件2 第")]
    assert len(table) == 13
    assert all(
        [cell.header for cell in row.cells][1:] == ["重点任务", "工作要点", "责任单位"] for row in table
    )
    assert (
        len([clause for clause in clauses if clause.locator.startswith("附件1 第") and clause.kind == "row"])
        == 15
    )


def test_a_table_of_targets_flattened_to_one_cell_a_line(corpus: Path) -> None:
    table = [clause for clause in clauses_of(corpus, "004") if clause.kind == "row"]
    assert len(table) == 16
    last = {cell.header: cell.value for cell in table[-1].cells}
    assert list(last) == ["序号", "指标类型", "指标名称", "2021年实际值", "2025年目标值"]
    assert last["2025年目标值"] == "45"


def test_articles_of_the_laws_are_found_as_printed(corpus: Path) -> None:
    expected = found = 0
    for path in sorted((corpus / "benchmarks/legal_dc/documents").iterdir()):
        text = cleaned(path)
        clauses = outline(text, policy_id="p")
        numbers = {
            clause.start: "".join(clause.number.split()) for clause in clauses if clause.kind == "article"
        }
        for match in _ARTICLE.finditer(text):
            expected += 1
            found += numbers.get(match.start(1)) == "".join(match[1].split())
    assert expected > 27_000
    assert found / expected >= 0.998


def test_a_long_law_takes_no_longer_for_each_character_than_its_half(corpus: Path) -> None:
    path = max((corpus / "benchmarks/legal_dc/documents").iterdir(), key=lambda path: path.stat().st_size)
    text = cleaned(path)
    half = text[: text.rindex("\n", 0, len(text) // 2)]
    assert _seconds(text) < 4 * _seconds(half)


def _seconds(text: str) -> float:
    """The least processor time of three runs; markers remembered from the run before help all alike."""
    times = []
    for _ in range(3):
        began = time.process_time()
        outline(text, policy_id="p")
        times.append(time.process_time() - began)
    return min(times)
