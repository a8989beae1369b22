"""Boundaries of clauses against marked ones."""

from eval.structure.clauses import boundary_tally
from eval.structure.gold import GoldClause, Marked
from ingest.parse import parse
from ingest.source import SourceDocument

TEXT = "澄湖区科技创新办法\n第一条 为了创新。\n第二条 区科技局牵头。\n区财政局配合。"


def _gold(locator: str, kind: str, first: str, end: str, *, is_disputed: bool = False) -> GoldClause:
    start = TEXT.index(first)
    stop = TEXT.index(end) + len(end)
    at = Marked(file="a", sha256="a" * 64, start=start, end=stop, first=first[:4], last=end[-4:])
    return GoldClause(at=at, policy=1, locator=locator, kind=kind, is_disputed=is_disputed)


TITLE = _gold("标题", "title", "澄湖区科技", "创新办法")
FIRST = _gold("第一条", "article", "第一条", "为了创新。")
SECOND = _gold("第二条第一款", "article", "第二条", "局牵头。")
THIRD = _gold("第二条第二款", "article", "区财政局", "局配合。")


def _tally(marked: list[GoldClause]):  # type: ignore[no-untyped-def]
    policies = parse(SourceDocument(name="a", sha256="a" * 64, text=TEXT))
    return boundary_tally(policies, TEXT, marked)


def test_every_boundary_found_and_no_other_is_perfect() -> None:
    found = _tally([TITLE, FIRST, SECOND, THIRD])
    assert (found.f1, found.locators_right, found.locators_asked) == (1.0, 3, 3)


def test_a_boundary_that_was_not_marked_lowers_the_figure() -> None:
    joined = _gold("第二条", "article", "第二条", "局配合。")
    found = _tally([TITLE, FIRST, joined])
    assert found.wrong == ("第二条第二款",) and found.f1 == 2 * 2 / 5


def test_a_boundary_that_was_missed_lowers_the_figure() -> None:
    inside = _gold("第一条第(一)项", "item", "为了创新", "为了创新。")
    found = _tally([TITLE, FIRST, inside, SECOND, THIRD])
    assert found.missed == ("第一条第(一)项",)


def test_what_could_be_cut_otherwise_counts_neither_way() -> None:
    joined = _gold("第二条", "article", "第二条", "局配合。", is_disputed=True)
    found = _tally([TITLE, FIRST, joined])
    assert (found.wrong, found.missed) == ((), ())
