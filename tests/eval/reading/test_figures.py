"""A judge that knows the scores of passages, and what it is worth."""

import math
from collections.abc import Sequence

import pytest

from bot.reader.reading import Passage
from eval.reading.figures import Judge, figures_of
from eval.reading.groups import Group, Pair

AMOUNT = Passage(title="汀岚市补助办法", headings=(), text="示范养殖场给予补助10万元。")
DUTY = Passage(title="汀岚市补助办法", headings=(), text="示范养殖场应当每年报送情况。")
PERIOD = Passage(title="汀岚市补助办法", headings=(), text="申请应当在三十日内提出。")


def judge_by(scores: dict[tuple[str, Passage], float]) -> Judge:
    def judged(question: str, pairs: Sequence[Pair]) -> list[tuple[float, str]]:
        return [(scores[question, pair.passage], pair.passage.text) for pair in pairs]

    return judged


def group(name: str, *pairs: Pair) -> Group:
    return Group(id=name, document="plan", source="written", pairs=pairs)


def test_the_figures_of_a_judge() -> None:
    groups = [
        group(
            "amount",
            Pair(question="补多少？", passage=AMOUNT, answers=True, span=(7, 12)),
            Pair(question="补多少？", passage=DUTY, answers=False),
            Pair(question="2023年补多少？", passage=AMOUNT, answers=False),
            Pair(question="县级补多少？", passage=AMOUNT, answers=False),
        ),
        group("period", Pair(question="何时审完？", passage=PERIOD, answers=False)),
        group(
            "report",
            Pair(question="报什么？", passage=DUTY, answers=True),
            Pair(question="报什么？", passage=PERIOD, answers=False),
        ),
    ]
    scores = {
        ("补多少？", AMOUNT): 3.0,
        ("补多少？", DUTY): 1.0,
        ("2023年补多少？", AMOUNT): 2.0,
        ("县级补多少？", AMOUNT): 4.0,
        ("何时审完？", PERIOD): 2.5,
        ("报什么？", DUTY): 0.5,
        ("报什么？", PERIOD): 2.0,
    }
    figures = figures_of(groups, judge_by(scores))
    assert figures.questions == 3
    assert figures.first == 0.5
    assert figures.twins == 0.5
    # The best of answerable questions are 3.0 and 2.0; without what answers 1.0 and 2.0, of the other 2.5.
    assert figures.present == pytest.approx((2 + 1.5) / 4)
    assert figures.told_apart == 0.5
    assert 0 < figures.words < 1


def test_what_cannot_be_told_is_no_number() -> None:
    only = group("period", Pair(question="何时审完？", passage=PERIOD, answers=False))
    figures = figures_of([only], judge_by({("何时审完？", PERIOD): 1.0}))
    assert all(math.isnan(each) for each in (figures.first, figures.told_apart, figures.twins, figures.words))
