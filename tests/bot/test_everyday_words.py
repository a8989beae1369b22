"""Questions in everyday words on a fictional document that says the same in those of the law."""

from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.question.language import load_language
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer
from vectorstore.segmentation import tokens

RULES = """汀岚市河湖与场所管理规定
汀政〔2024〕9号

第一条 娱乐场所应当从保安服务公司聘用保安员，不得自行招用保安员。
第二条 养殖者对外提供自行配制的饲料的，由市农业农村局处二千元以上二万元以下罚款。
第三条 新建居住区配套公共服务设施应不小于住宅建筑面积的11%，其中商业服务设施应不大于住宅建筑面积的5%。
第四条 渡口撤销后再审改判恢复的，作出原决定的渡政管理机构为补偿义务机关。
第五条 河湖水质监测结果按月通报，差距清单按季列出。
第六条 建立护河员岗位补贴制度。
第七条 本规定自2024年7月1日起施行。

汀岚市人民政府
2024年6月1日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = tmp_path_factory.mktemp("documents")
    (documents / "rules.txt").write_text(RULES, encoding="utf-8")
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    open_indexer(settings).index([Path(documents)])
    yield open_assistant(settings)


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.ask(Question(text=text, on=date(2024, 9, 1)))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("我开KTV的，自己招几个人当保安行不行", "不得自行招用保安员"),
        ("养猪户把自己配的猪料卖给邻居，会罚多少", "二千元以上二万元以下"),
        ("新盖的小区配套公建最少占多少，商铺最多占多少", "5%"),
        ("渡口撤销后改判恢复了，该找哪个机构要补偿？", "渡政管理机构为补偿义务机关"),
        ("河湖水质监测结果多长时间通报一回？", "按月通报"),
    ],
)
def test_everyday_words_find_the_words_of_the_law(assistant: Assistant, question: str, expected: str) -> None:
    answer = ask(assistant, question)
    assert answer.outcome == "answered"
    assert expected in answer.text


@pytest.mark.parametrize(
    "question", ["护河员岗位补贴是多少？", "河湖水质监测的结果要保存几年？", "饲料卖给邻居要赔几倍？"]
)
def test_a_figure_that_is_not_there_is_not_answered(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).outcome == "no_evidence"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("安全生产检查", "产检"),
        ("重大专项资金", "大专"),
        ("施工地点", "工地"),
        ("收入账户", "入账"),
        ("最高中标价", "高中"),
        ("主体检查", "体检"),
    ],
)
def test_no_everyday_word_is_cut_out_of_others(text: str, word: str) -> None:
    language = load_language(None)
    assert word in language.everyday
    assert word not in language.names_in(text, tokens)
    assert [piece for piece, whole in language.pieces(text, tokens) if whole and piece == word] == []


def test_each_everyday_word_has_a_line_of_its_own() -> None:
    lines = resources.files("bot").joinpath("data/everyday.tsv").read_text("utf-8").splitlines()
    entries = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(entry) > 1 and all(entry) and len(set(entry)) == len(entry) for entry in entries)
    words = [entry[0] for entry in entries]
    assert words == sorted(set(words))


def test_an_official_word_does_not_mean_the_everyday_one() -> None:
    language = load_language(None)
    assert "债权人" in language.alternatives("债主")
    assert "债主" not in language.alternatives("债权人")
