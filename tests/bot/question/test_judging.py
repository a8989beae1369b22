"""What a question asks for and whether it leans on the one before it, judged by its embedding."""

import json
import math
from collections.abc import Callable, Mapping
from importlib import resources

import numpy
import pytest

from bot.question.judging import LIKELY, Judgement, QuestionJudge, load_judgements, runs_of
from bot.question.simplified import in_one_form
from vectorstore.embedders.bundled import DIMENSION, BundledEmbedder

Judged = Callable[[str], Mapping[str, float]]


@pytest.fixture(scope="module")
def judged(bundled: BundledEmbedder) -> Judged:
    return QuestionJudge(judgements=load_judgements(), embed=bundled.embed_query).judged


def test_the_weights_are_those_of_the_bundled_embedder(bundled: BundledEmbedder) -> None:
    table = json.loads(resources.files("bot").joinpath("data/judgements.json").read_text("utf-8"))
    assert table["embedder"] == bundled.fingerprint
    assert {each.vector.shape for each in load_judgements().values()} == {(DIMENSION,)}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("岚浦市养老服务补贴办法有效期到哪年？", "validity"),
        ("这份技能培训通知现在作废了没有？", "validity"),
        ("柳津县招商奖励办法的文号是多少？", "metadata"),
        ("人才安居细则是哪天印发的？", "metadata"),
        ("河道治理工作专班的副组长有哪几位？", "members"),
        ("老旧小区改造由哪个部门牵头？", "duty"),
        ("粮食安全考核里，发改局要承担哪些任务？", "unit_duties"),
        ("帮我想一条生日祝福语", "out_of_scope"),
        ("推荐一家附近的火锅店", "out_of_scope"),
        ("Who is in charge of the inspection?", "duty"),
    ],
)
def test_a_question_asks_first_for(question: str, kind: str, judged: Judged) -> None:
    assert next(iter(judged(question))) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("食品经营许可证的有效期是几年？", "validity"),
        ("变更登记的公示在哪天发布？", "metadata"),
        ("成员单位多久开一次会？", "members"),
        ("项目负责人要具备什么条件？", "members"),
        ("我们公司负责运营的园区一年补多少？", "duty"),
        ("股权质押登记要提交哪些材料？", "out_of_scope"),
        ("写字楼的物业费补贴怎么申请？", "out_of_scope"),
        ("老人去世后怎么火化？", "out_of_scope"),
        ("足浴店", "out_of_scope"),
    ],
)
def test_words_alone_make_no_kind(question: str, kind: str, judged: Judged) -> None:
    assert kind not in judged(question)


@pytest.mark.parametrize(
    "question", ["那验收单位呢？", "得交哪几样？", "换成桐安县呢？", "And the deadline?"]
)
def test_a_question_leans_on_the_one_before(question: str, judged: Judged) -> None:
    assert "follow_up" in judged(question)


@pytest.mark.parametrize(
    "question",
    ["桐安县创业补贴的申请材料有哪些？", "那河镇的宅基地面积标准是多少？", "公租房的租金按什么标准收？"],
)
def test_a_question_stands_by_itself(question: str, judged: Judged) -> None:
    assert "follow_up" not in judged(question)


def test_what_is_likelier_stands_first_and_what_is_unlikely_is_left_out() -> None:
    judgements = {
        "a": Judgement(vector=numpy.array([1, 0], numpy.float32), runs={}, bias=0),
        "b": Judgement(vector=numpy.array([0, 9], numpy.float32), runs={"谁": 1, "^谁": 2, "他": 9}, bias=1),
        "c": Judgement(vector=numpy.array([-1, 0], numpy.float32), runs={}, bias=0),
    }
    judge = QuestionJudge(judgements=judgements, embed=lambda _text: numpy.array([1, 0], numpy.float32))
    judged = judge.judged("谁？")
    assert list(judged) == ["b", "a"]
    assert judged["a"] == pytest.approx(0.731, abs=0.001)
    assert judged["b"] == pytest.approx(1 / (1 + math.exp(-1 - 3 / math.sqrt(2))))


def test_marked_and_asked_questions_are_of_one_form() -> None:
    assert in_one_form(" 補貼多少，幾時發？") == "补贴多少,几时发?"
    assert {
        run
        for each in load_judgements().values()
        for run in each.runs
        if in_one_form(f"x{run}x") != f"x{run}x"
    } == set()


def test_what_is_refused_at_once_must_be_surer_than_likely() -> None:
    bounds = {name: each.bound for name, each in load_judgements().items()}
    assert bounds.pop("out_of_scope") > LIKELY
    assert set(bounds.values()) == {LIKELY}


def test_the_beginning_and_the_end_of_a_question_are_characters_of_their_runs() -> None:
    assert runs_of("谁管？") == {"^", "谁", "管", "$", "^谁", "谁管", "管$", "^谁管", "谁管$"}
