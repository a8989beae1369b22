"""The clauses that a clause refers to, of a document that is parsed."""

import pytest

from ingest.cross_references import CrossReferences, refers
from ingest.input_files import read_file
from ingest.parse import parse
from ingest.policy import Clause

RULES = """云渡市河道管理条例

第一条 在河道内禁止下列行为：
（一）倾倒垃圾；
（二）洗刷车辆；
（三）捕鱼；
（四）游泳。
第二条 采砂应当取得许可。
许可由市水务局发放。
第三条 船舶应当在指定的地点停泊。
第十一条 在堤上植树，应当经市水务局同意。
前款所说的树木不得高于三米。
第十二条 违反本条例第一条第一项、第（三）项规定的，处五百元罚款。
第十三条 违反本条例第二条第一款、第三条规定的，处一万元罚款。
第十四条 有本条例第一条第（二）项至第（四）项所列行为的，予以劝阻。
第十五条 违反《云渡市渔业条例》第三条规定的，依照其规定处罚。
第十六条 在汛期内下列行为从重处罚：
（一）本条例第一条第四项所列的；
（二）夜间采砂的。
有前款第二项行为的，没收工具。
第十七条 违反本条例第二条第一款、第二款、第三条规定的，予以通报。
第二十条 有本条例第二条第一款、第十六条第一款第一项、第二款、第一款第二项行为的，予以公示。
第十八条 违反本条例第三条之一规定的，处二百元罚款。
第十九条 有本条例第一条第一、二项行为的，处三百元罚款。

附件1

云渡市码头管理办法

第一条 码头应当设立标志。
第二条 违反本办法第一条规定占用泊位的，处一百元罚款。
"""


@pytest.fixture(scope="module")
def clauses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Clause]:
    path = tmp_path_factory.mktemp("rules") / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    [policy] = parse(read_file(path))
    return {clause.clause_id: clause for clause in policy.clauses}


def at(locator: str, clauses: dict[str, Clause]) -> Clause:
    [found] = [each for each in clauses.values() if each.locator == locator]
    return found


@pytest.mark.parametrize(
    ("locator", "referred"),
    [
        ("第十二条", ["第一条第(一)项", "第一条第(三)项"]),
        ("第十三条", ["第二条第一款", "第三条"]),
        ("第十七条", ["第二条第一款", "第二条第二款", "第三条"]),
        # An item behind a paragraph is of that paragraph.
        (
            "第二十条",
            ["第二条第一款", "第十六条第一款第(一)项", "第十六条第二款", "第十六条第一款第(二)项"],
        ),
        # What is not wholly understood refers to nothing.
        ("第十四条", []),
        ("第十八条", []),
        ("第十九条", []),
        ("第十六条第一款第(一)项", ["第一条第(四)项"]),
        ("第十一条第二款", ["第十一条第一款"]),
        ("第十六条第二款", ["第十六条第一款第(二)项"]),
        ("第十五条", []),
        ("第三条", []),
    ],
)
def test_the_places_that_a_clause_names_are_found(
    locator: str, referred: list[str], clauses: dict[str, Clause]
) -> None:
    found = CrossReferences(clauses.values()).of(at(locator, clauses))
    assert [each.locator for each in found] == referred


def test_an_article_named_by_a_longer_number_is_another_one(clauses: dict[str, Clause]) -> None:
    named = CrossReferences(clauses.values()).of(at("第十二条", clauses))
    assert at("第十一条第一款", clauses) not in named


def test_articles_of_an_attachment_are_of_another_document(clauses: dict[str, Clause]) -> None:
    [berths] = [each for each in clauses.values() if "泊位" in each.text]
    assert berths.locator.startswith("附件")
    assert refers(berths)
    assert CrossReferences(clauses.values()).of(berths) == ()
