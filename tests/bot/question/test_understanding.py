"""How questions are read, as data, against two fictional documents."""

from datetime import date

import pytest

from bot.answer import Question
from bot.question.asked import Understanding
from bot.question.landscape import KnownPolicy, Landscape
from bot.question.naming import calls
from bot.settings import Settings
from bot.wiring import open_understander
from ingest.policy import Metadata

LAKE = KnownPolicy(
    policy_id="lake",
    source="lake.txt",
    metadata=Metadata(
        title="栖湖区支持企业数字化改造若干措施",
        document_number="栖政规〔2024〕1号",
        region="栖湖区",
        region_path=("云岫省", "汀岚市", "栖湖区"),
    ),
    unit_level="区",
)
FORD = KnownPolicy(
    policy_id="ford",
    source="ford.txt",
    metadata=Metadata(
        title="枫渡区中小企业数字化转型行动方案",
        region="枫渡区",
        region_path=("云岫省", "汀岚市", "枫渡区"),
    ),
    unit_level="区",
)
LANDSCAPE = Landscape(policies=(LAKE, FORD), units=frozenset({"区财政局", "区发展改革委", "区科技经信局"}))


def read(text: str, *history: str) -> Understanding:
    understander = open_understander(Settings())
    return understander.understand(Question(text=text, on=date(2024, 6, 1), history=history), LANDSCAPE)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("科技金融工作由哪个单位牵头？", "duty"),
        ("Which unit leads the technology-finance work?", "duty"),
        ("这块工作归哪个部门管？", "duty"),
        ("区财政局要做哪些工作？", "unit_duties"),
        ("区发改委牵头什么？", "unit_duties"),
        ("上云补助最高多少？", "amount"),
        ("我们公司能拿多少钱？", "amount"),
        ("2027年要培育多少家企业？", "target"),
        ("材料什么时候报送？", "deadline"),
        ("专班组长是谁？", "members"),
        ("这个办法还有效吗？", "validity"),
        ("方案的文号是什么？", "metadata"),
        ("平台怎么申请认定？", "content"),
        ("帮我写一首诗", "out_of_scope"),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_wording(question: str, kind: str) -> None:
    assert read(question).kind == kind


def test_a_region_is_named_in_full_or_by_its_stem() -> None:
    assert read("栖湖区上云怎么补？").policy_ids == {"lake"}
    assert read("栖湖上云怎么补？").policy_ids == {"lake"}


def test_a_region_around_two_districts_means_both() -> None:
    assert read("汀岚市上云怎么补？").policy_ids == {"lake", "ford"}


def test_a_real_region_without_a_document_is_unknown() -> None:
    assert read("朝阳县上云怎么补？").unknown_regions == ("朝阳县",)


def test_a_document_is_named_by_title_or_number() -> None:
    assert read("《栖湖区支持企业数字化改造若干措施》里怎么说？").policy_ids == {"lake"}
    assert read("栖政规〔2024〕1号里怎么说？").policy_ids == {"lake"}


def test_a_clause_is_named_by_its_place() -> None:
    assert read("栖湖区附件2第8项的责任单位是哪些？").locators == ("附件2 第8",)
    assert read("第十二条第二款怎么规定的？").locators == ("第十二条第二款",)


def test_topics_leave_out_what_only_asks() -> None:
    assert read("请问科技金融工作由哪个单位牵头？").topics == ("科技金融",)
    assert read("企业上云补助的比例和上限是多少？").topics == ("上云",)


def test_a_follow_up_takes_topic_and_region_from_the_question_before() -> None:
    asked = read("那配合单位呢？", "栖湖区数据开放由谁牵头？")
    assert (asked.kind, asked.roles, asked.topics, asked.policy_ids) == (
        "duty", ("配合",), ("数据开放",), {"lake"},
    )  # fmt: skip


def test_a_follow_up_that_moves_to_another_region_keeps_the_topic() -> None:
    asked = read("换成枫渡区呢？", "栖湖区数据开放由谁牵头？")
    assert (asked.kind, asked.topics, asked.policy_ids) == ("duty", ("数据开放",), {"ford"})


@pytest.mark.parametrize("question", ["还有吗？", "请继续", "详细一点"])
def test_a_bare_follow_up_asks_on_and_is_no_small_talk(question: str) -> None:
    assert read(question, "栖湖区数据开放由谁牵头？").kind == "duty"


def test_what_is_out_of_scope_is_so_behind_a_question_too() -> None:
    assert read("明天天气怎么样？", "栖湖区数据开放由谁牵头？").kind == "out_of_scope"


def test_all_offers_are_asked_for_before_who_gives_them() -> None:
    assert read("哪个部门发放哪些补贴？").kind == "amount"


def test_each_part_of_an_english_question_asks() -> None:
    assert set(read("Who leads it, and is it still in force?").kinds) == {"duty", "validity"}


def test_a_question_of_its_own_forgets_the_history() -> None:
    asked = read("枫渡区人才公寓怎么申请？", "栖湖区数据开放由谁牵头？")
    assert "数据开放" not in asked.topics
    assert asked.policy_ids == {"ford"}


def test_whatever_part_a_unit_has_is_asked_without_a_role() -> None:
    assert read("它参与哪些任务？", "区财政局牵头什么？").roles == ()


def test_a_run_of_words_that_ends_like_a_unit_is_a_task() -> None:
    assert read("枫渡区建设数字化转型服务中心，配合单位有哪些？").kind == "duty"


@pytest.mark.parametrize(
    ("question", "shown", "not_shown"),
    [
        ("罚款多少元？", "处二百元罚款", "按20%处罚"),
        ("补贴比例是百分之几？", "按50%补贴", "补贴3万元"),
        ("献血一次加几分？", "每次计2分", "每次计入档案"),
        ("公示多久？", "公示期不少于7日", "2024年度公示"),
        ("要带什么材料？", "身份证和申请书", "到窗口办理"),
        ("一年最多几次？", "每年不超过2次", "每人不超过2万元"),
    ],
)
def test_an_answer_must_show_the_measure_that_is_asked_for(question: str, shown: str, not_shown: str) -> None:
    asked = read(question)
    assert asked.measures
    assert asked.is_shown_in(shown)
    assert not asked.is_shown_in(not_shown)


def test_a_question_for_a_meaning_is_looked_for_as_documents_define() -> None:
    assert "是指" in read("什么是数据专区？").cues
    assert read("平台怎么申请？").cues == ()


def test_what_names_the_document_is_not_looked_for_in_it() -> None:
    assert "办法" not in read("《栖湖区支持企业数字化改造若干措施》里上云怎么补？").searched
    assert "上云" in read("《栖湖区支持企业数字化改造若干措施》里上云怎么补？").searched


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert read("棲湖區上雲補助多少？").text == "栖湖区上云补助多少?"


@pytest.mark.parametrize("question", ["我家的天气补贴多少？", "彩票公益金怎么用？", "高温天气津贴几元？"])
def test_a_policy_word_that_sounds_like_small_talk_is_no_small_talk(question: str) -> None:
    assert read(question).kind != "out_of_scope"


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("这份办法的文号是多少？", ("metadata",)),
        ("这是几号文？", ("metadata",)),
        ("这份办法是什么时候发布的？", ("metadata",)),
        ("这份办法有效期几年？", ("validity",)),
        ("这份办法的文号和有效期？", ("validity", "metadata")),
        ("领导小组有几名副组长？", ("members",)),
        ("工作组的成员单位每季度几号前报送？", ("deadline",)),
    ],
)
def test_what_a_document_says_of_itself_asks_for_no_other_measure(
    question: str, kinds: tuple[str, ...]
) -> None:
    assert read(question).kinds == kinds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("食品生产许可证有效期几年？", "deadline"),
        ("许可到期前多久要续？", "deadline"),
        ("应急预案现在还有效吗？", "validity"),
        ("民法典什么时候生效？", "validity"),
        ("还有效吗？", "validity"),
        ("Is the subsidy regulation still in force?", "validity"),
    ],
)
def test_how_long_a_permit_holds_is_not_asked_of_its_document(question: str, kind: str) -> None:
    assert read(question).kind == kind


@pytest.mark.parametrize("question", ["要满足什么条件？", "条件是什么？", "要提供什么？", "有哪些补贴？"])
def test_a_list_is_asked_for(question: str) -> None:
    assert read(question).asks_list


def test_a_follow_up_keeps_the_measure_and_that_a_list_is_asked_for() -> None:
    asked = read("那枫渡区多少？", "栖湖区租金补贴多少？")
    assert [measure.name for measure in asked.measures] == ["a benefit"]
    assert read("那枫渡区呢？", "栖湖区对服务商有哪些补贴？").asks_list


def test_a_document_called_by_number_is_the_one_of_its_agency() -> None:
    assert calls("栖政办规〔2020〕5号", "栖政办规〔2020〕5号")
    assert calls("政办规〔2020〕5号", "栖政办规〔2020〕5号")
    assert not calls("云政办〔2020〕5号", "栖政办规〔2020〕5号")
    assert calls("平台管理办法", "栖湖区平台管理办法")
