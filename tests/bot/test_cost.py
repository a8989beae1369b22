"""What the costliest legal question takes beside a usual one, in processor time of one run."""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.settings import Settings
from bot.wiring import open_assistant

_SAMPLES = Path(__file__).parents[2] / "eval" / "sets" / "samples.jsonl"
_LONGEST = 2000
_UNITS = ("区科技局", "区工信局", "区财政局", "区发展改革委", "区教育局", "区民政局")
_QUESTIONS = ("谁负责", "补多少", "何时申请", "哪里受理", "如何验收")
_PARTS = (
    "场景实验室建设工作具体由哪个单位牵头负责呢？配合单位一共有哪些部门参与？企业技术改造补助最高多少万元？"
)
# Above what they take here, so that a busy machine fails no test.
_MOST, _MOST_OF_SEVERAL_PARTS = 5.0, 8.0
Shape = Callable[[random.Random, str], str]


@pytest.fixture(scope="module")
def assistant(samples_data: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(data=samples_data))
    opened.warm_up()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def text(assistant: Assistant) -> str:
    """The Chinese characters of the documents."""
    catalog = assistant.catalog
    clauses = (clause for policy in catalog.policies() for clause in catalog.clauses(policy.policy_id))
    return "".join(each for clause in clauses for each in clause.text if "\u4e00" <= each <= "\u9fff")


@pytest.fixture(scope="module")
def usual(assistant: Assistant) -> float:
    """Seconds of processor time that a usual question takes."""
    lines = _SAMPLES.read_text("utf-8").splitlines()[:40]
    questions = [json.loads(line)["question"] for line in lines]
    # Dictionaries are read and caches filled by the first round.
    return median([seconds(assistant, question) for question in (*questions, *questions)][40:])


def seconds(assistant: Assistant, text: str, *history: str) -> float:
    began = time.process_time()
    assistant.ask(Question(text=text, history=history, on=date(2025, 6, 30)))
    return time.process_time() - began


def taken_from(random: random.Random, text: str, length: int) -> str:
    start = random.randrange(len(text) - length)
    return text[start : start + length]


def many(random: random.Random, pieces: tuple[str, ...], between: str) -> str:
    return between.join(random.choices(pieces, k=_LONGEST))


SHAPES: dict[str, Shape] = {
    "characters by chance": lambda random, text: "".join(random.choices(text, k=_LONGEST)),
    "text of a policy": lambda random, text: taken_from(random, text, _LONGEST),
    "each character once": lambda random, text: "".join(random.sample(sorted(set(text)), k=600)) * 4,
    "words joined": lambda random, text: "和".join(taken_from(random, text, 2) for _ in range(700)),
    "blanks": lambda random, text: " ".join(random.choices(text, k=_LONGEST)),
    "quotation marks": lambda random, text: "".join(f"“{taken_from(random, text, 3)}”" for _ in range(400)),
    "titles": lambda random, text: "".join(f"《{taken_from(random, text, 6)}办法》" for _ in range(200)),
    "units": lambda random, text: many(random, _UNITS, "、"),
    "places": lambda random, text: many(random, ("栖湖区", "澄湖市", "枫渡区"), ""),
    "locators": lambda random, text: many(random, ("第十二条第三款", "附件2第8项", "第七条"), ""),
    "dates": lambda random, text: many(random, ("2024年12月", "2025年", "3万元"), ""),
    "marks": lambda random, text: many(random, ("？", "！", "，"), ""),
    "digits": lambda random, text: many(random, tuple("0123456789"), ""),
    "Latin": lambda random, text: many(random, ("which", "unit", "leads", "laboratory", "subsidy"), " "),
    "pinyin": lambda random, text: many(random, ("chang", "jing", "shi", "yan", "you", "qian"), " "),
    "traditional": lambda random, text: many(random, ("場景", "實驗室", "由哪個", "單位", "牽頭"), ""),
    "ligatures": lambda random, text: many(random, ("ﷺ", "㍿", "ﷻ"), ""),
    "one letter run": lambda random, text: many(random, tuple("abcdefghij"), ""),
}
SEVERAL_PARTS: dict[str, Shape] = {
    "short questions": lambda random, text: many(random, _QUESTIONS, "？"),
    "questions of text": lambda random, text: "，".join(
        f"{taken_from(random, text, 7)}多少" for _ in range(200)
    ),
    "a usual one of three": lambda random, text: taken_from(random, text, 6) + "，" + _PARTS,
}


def cost(assistant: Assistant, text: str, shape: Shape, *, earlier: Shape | None = None) -> float:
    """The median of three questions of the shape, each after twenty of the other one."""
    costs = []
    for seed in range(3):
        chance = random.Random(seed)
        question = shape(chance, text)[:_LONGEST]
        history = [(earlier(chance, text) * 9)[:10_000] for _ in range(20)] if earlier else ()
        costs.append(seconds(assistant, question, *history))
    return median(costs)


@pytest.mark.parametrize("name", [*SHAPES, *SEVERAL_PARTS])
def test_no_question_costs_many_times_a_usual_one(
    assistant: Assistant, usual: float, text: str, name: str
) -> None:
    shape = SHAPES.get(name) or SEVERAL_PARTS[name]
    assert cost(assistant, text, shape) <= (_MOST if name in SHAPES else _MOST_OF_SEVERAL_PARTS) * usual


@pytest.mark.parametrize(
    "name", ["characters by chance", "text of a policy", "units", "ligatures", "questions of text"]
)
@pytest.mark.parametrize("follows", ["那配合单位呢？", None], ids=["short", "alike"])
def test_no_history_makes_a_question_cost_many_times_a_usual_one(
    assistant: Assistant, usual: float, text: str, name: str, follows: str | None
) -> None:
    earlier = SHAPES.get(name) or SEVERAL_PARTS[name]
    asked: Shape = (lambda random, text: follows) if follows else earlier
    found = cost(assistant, text, asked, earlier=earlier)
    # Of a short question the one before is looked for as well.
    assert found <= (_MOST if name in SHAPES and not follows else _MOST_OF_SEVERAL_PARTS) * usual


def test_an_answer_shows_all_of_a_long_question(assistant: Assistant) -> None:
    question = "我们搬到了新的厂房，" * 50 + "场景实验室由哪个单位牵头？"
    on = date(2025, 6, 30)
    answer = assistant.ask(Question(text=question, on=on))
    alone = assistant.ask(Question(text="场景实验室由哪个单位牵头？", on=on))
    assert answer.question == question
    assert answer.statements and answer.statements[0] == alone.statements[0]
