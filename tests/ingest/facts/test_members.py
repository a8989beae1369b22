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


def test_members_said_by_their_posts_are_one_fact_each(make_clause: MakeClause) -> None:
    said = (
        "成立设施治理工作小组，组长由分管教育工作的市政府副秘书长担任，"
        "成员由市教育局、市住房和城乡建设局等部门负责同志组成。"
    )
    found = list(members.extract((make_clause(said),)))
    assert [(fact.value("post"), fact.value("role")) for fact in found] == [
        ("分管教育工作的市政府副秘书长", "组长"),
        ("市教育局负责同志", "成员"),
        ("市住房和城乡建设局负责同志", "成员"),
    ]
    assert {fact.value("group") for fact in found} == {"设施治理工作小组"}


def test_roles_behind_the_posts_are_read_in_turn(make_clause: MakeClause) -> None:
    said = "成立由分管副市长任组长、市政府副秘书长任副组长，市财政局、市水务局主要负责人为成员的推进小组。"
    assert read((make_clause(said),)) == [
        ("", "分管副市长", "组长"),
        ("", "市政府副秘书长", "副组长"),
        ("", "市财政局主要负责人", "成员"),
        ("", "市水务局主要负责人", "成员"),
    ]


def test_a_name_behind_the_post_is_the_person(make_clause: MakeClause) -> None:
    said = "领导小组组长由区委副书记、区长李明华担任，办公室主任由区科技局局长兼任。"
    assert read((make_clause(said),)) == [
        ("李明华", "区委副书记、区长", "组长"),
        ("", "区科技局局长", "办公室主任"),
    ]


def test_printed_roles_with_posts_only_are_read(make_clause: MakeClause) -> None:
    clause = make_clause("组 长：市政府分管副市长\n成 员：市财政局、市水务局分管负责同志", kind="paragraph")
    assert read((clause,)) == [
        ("", "市政府分管副市长", "组长"),
        ("", "市财政局分管负责同志", "成员"),
        ("", "市水务局分管负责同志", "成员"),
    ]


def test_several_persons_of_one_line_are_told_apart(make_clause: MakeClause) -> None:
    clause = make_clause("组长：张建国 市长 李四光 市水务局副局长", kind="paragraph")
    assert read((clause,)) == [("张建国", "市长", "组长"), ("李四光", "市水务局副局长", "组长")]


def test_a_rare_surname_under_the_header_of_names_is_a_person(make_clause: MakeClause) -> None:
    cells = (("角色", "成员"), ("姓名", "鸷建淑"), ("职务", "区卫生健康委主任"))
    row = make_clause("成员\t鸷建淑\t区卫生健康委主任", kind="row", cells=cells)
    assert read((row,)) == [("鸷建淑", "区卫生健康委主任", "成员")]


def test_committees_whose_members_nobody_names_give_none(make_clause: MakeClause) -> None:
    for said in (
        "委员会由主任、副主任若干人组成，主任由大会选举。",
        "各地成立由站长任组长的应急工作小组。",
        "董事会成员由监督管理机构委派。",
        "成员：本人及配偶。",
    ):
        assert not read((make_clause(said),))
