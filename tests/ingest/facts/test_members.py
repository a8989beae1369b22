from collections.abc import Callable

from ingest.facts import members
from ingest.policy import Clause

MakeClause = Callable[..., Clause]

LINES = (
    "组 长:顾 衡 区委副书记、区政府区长",
    "副 组 长:黎秋舫 区政府副区长",
    "成 员:沈砚池 区政府党组成员,区政府办公室党组",
    "书记、主任",
    "樊 蔚 区委组织部副部长",
    "专班办公室主任由黎秋舫兼任。",
)
EXPECTED = [
    ("顾衡", "区委副书记、区政府区长", "组长"),
    ("黎秋舫", "区政府副区长", "副组长"),
    ("沈砚池", "区政府党组成员,区政府办公室党组书记、主任", "成员"),
    ("樊蔚", "区委组织部副部长", "成员"),
    ("黎秋舫", "", "专班办公室主任"),
]


def read(clauses: tuple[Clause, ...]) -> list[tuple[str, str, str]]:
    return [
        (fact.value("person"), fact.value("post"), fact.value("role")) for fact in members.extract(clauses)
    ]


def test_a_roster_in_one_clause_is_read_line_by_line(make_clause: MakeClause) -> None:
    clause = make_clause("\n".join(LINES), kind="paragraph", path=("碧湖区排水工作专班",))
    assert read((clause,)) == EXPECTED
    assert {fact.value("group") for fact in members.extract((clause,))} == {"碧湖区排水工作专班"}


def test_a_roster_of_paragraphs_carries_roles_and_broken_posts_over(make_clause: MakeClause) -> None:
    title = make_clause("碧湖区排水工作专班", kind="title")
    clauses, start = [title], 20
    for position, line in enumerate(LINES, 1):
        clauses.append(make_clause(line, kind="paragraph", start=start, position=position))
        start += len(line) + 1
    assert read(tuple(clauses)) == EXPECTED
    for fact in members.extract(tuple(clauses)):
        (clause,) = (one for one in clauses if one.clause_id == fact.clause_id)
        assert clause.start <= fact.start < fact.end <= clause.end


def test_names_with_posts_in_brackets_share_a_line(make_clause: MakeClause) -> None:
    clause = make_clause("成员：张三丰（区财政局局长）、李四光（区水务局副局长）", kind="paragraph")
    assert read((clause,)) == [("张三丰", "区财政局局长", "成员"), ("李四光", "区水务局副局长", "成员")]


def test_a_post_is_not_taken_for_a_person(make_clause: MakeClause) -> None:
    said = "组长由分管负责同志担任，成员由各单位分管领导担任。"
    assert not read((make_clause(said),))
