from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bot.reader.reading import Passage, Reading
from eval.folding import find_folded
from eval.reading.examples import Example, Marked
from eval.reading.groups import Group, Grouping, Pair, covering, is_settled, part_of, read_before
from eval.reading.sources import Library, written_by_span
from eval.reading.training import Schedule, batches
from eval.reading.twins import twins_of

RIGHT = Passage(title="汀岚市补助办法", headings=(), text="市级示范养殖场，2024年给予补助10万元。")
OTHER = Passage(title="汀岚市补助办法", headings=(), text="示范养殖场应当每年报送补助资金使用情况。")


def test_words_are_found_whatever_white_space_stands_between() -> None:
    text = "给予补\n助 10万元"
    assert find_folded(text, "补助10 万元") == (2, len(text))
    assert find_folded(text, "20万元") is None
    assert find_folded(text, " ") is None


def test_words_that_stand_close_together_are_one_span_and_others_the_longest() -> None:
    def marked(*spans: tuple[int, int]) -> Marked:
        return Marked(key="a", passage=RIGHT, spans=spans)

    assert covering(marked()) is None
    assert covering(marked((0, 5), (10, 20))) == (0, 20)
    assert covering(marked((0, 5), (100, 120))) == (100, 120)


def test_a_twin_asks_for_a_value_that_the_clause_does_not_hold() -> None:
    twins = list(twins_of("2024年市级示范养殖场补助多少？", RIGHT.text, Random(1)))
    assert len(twins) == 2
    for twin in twins:
        assert twin != "2024年市级示范养殖场补助多少？"
        assert "2024年" not in twin or "市级" not in twin


def test_a_group_holds_the_right_clause_and_what_sounds_like_it() -> None:
    example = Example(
        id="one",
        question="示范养殖场补助多少万元？",
        document="plan",
        right=(Marked(key="plan#0:1", passage=RIGHT, spans=((16, 20),)),),
    )
    grouping = Grouping({"plan#0:1": RIGHT, "plan#0:2": OTHER}, [example])
    pairs = grouping.group(example).pairs
    assert [(pair.passage, pair.answers) for pair in pairs] == [(RIGHT, True), (OTHER, False)]


class _SureReader:
    """Takes whatever holds a figure for an answer."""

    name = "sure"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        del question
        return [Reading(answers=0.9 if "10万" in each.text else 0.1, start=0, end=1) for each in passages]


def test_what_another_document_seems_to_answer_is_left_out() -> None:
    elsewhere = Passage(title="洛溪县补助办法", headings=(), text="示范养殖场补助10万元。")
    far = Passage(title="洛溪县补助办法", headings=(), text="示范养殖场每年评一次。")
    sibling = Passage(title=RIGHT.title, headings=(), text="种粮大户补助10万元。")
    question = "示范养殖场补助多少万元？"
    pairs = tuple(
        Pair(question=question, passage=each, answers=each is RIGHT)
        for each in (RIGHT, sibling, elsewhere, far)
    )
    group = Group(id="one", document="plan", source="written", pairs=pairs)
    assert [pair.passage for pair in read_before(group, _SureReader()).pairs] == [RIGHT, sibling, far]
    unanswerable = replace(group, pairs=pairs[1:])
    assert [pair.passage for pair in read_before(unanswerable, _SureReader()).pairs] == [
        sibling,
        elsewhere,
        far,
    ]


def test_what_an_earlier_reader_gets_wrong_is_drawn_more_often_and_what_it_knows_less() -> None:
    question = "示范养殖场补助多少万元？"
    others = [
        Passage(title=RIGHT.title, headings=(), text=f"第{place}类事项不予补助。") for place in range(8)
    ]
    tempting = Passage(title=RIGHT.title, headings=(), text="种粮大户补助10万元。")
    pairs = tuple(
        Pair(question=question, passage=each, answers=each is RIGHT) for each in (RIGHT, *others, tempting)
    )
    group = read_before(Group(id="one", document="plan", source="written", pairs=pairs), _SureReader())
    assert not is_settled(group)
    schedule = Schedule(pairs_a_batch=2, pairs_a_group=2)
    drawn = [
        pair.passage
        for seed in range(200)
        for batch in batches([group], schedule, Random(seed))
        for pairs_of_group in batch
        for pair in pairs_of_group
        if not pair.answers
    ]
    assert len(drawn) == 200
    assert drawn.count(tempting) > 3 * sum(drawn.count(each) for each in others) / len(others)
    known = replace(group, pairs=tuple(pair for pair in group.pairs if pair.passage is not tempting))
    known = replace(known, pairs=tuple(replace(pair, sounds=float(pair.answers)) for pair in known.pairs))
    assert is_settled(known)
    assert sum(1 for _ in batches([known] * 9, schedule, Random(1))) == 3


def test_what_no_document_answers_is_grouped_with_what_sounds_like_it_in_policies() -> None:
    asked = Example(id="off", question="示范养殖场的老板补助谁多？", document="off_topic/1")
    encyclopedic = Passage(title="养殖场", headings=(), text="示范养殖场的老板补助谁多。")
    grouping = Grouping({"plan#0:1": RIGHT, "plan#0:2": OTHER, "cmrc/1#0": encyclopedic}, [asked])
    pairs = grouping.group(asked).pairs
    assert {pair.passage for pair in pairs} == {RIGHT, OTHER}
    assert not any(pair.answers for pair in pairs)


def test_a_document_stays_in_its_part() -> None:
    parts = [part_of(f"document {number}") for number in range(200)]
    assert parts == [part_of(f"document {number}") for number in range(200)]
    assert {"training", "validation", "sealed"} == set(parts)


def test_every_question_of_the_project_has_its_places_in_clauses(corpus: Path) -> None:
    found = list(written_by_span(Library(corpus)))
    assert len(found) > 900
    answerable = [each for each in found if each.right]
    assert len(answerable) > 600
    marked = [each for example in answerable for each in example.right]
    assert sum(bool(each.spans) for each in marked) > 0.8 * len(marked)
    assert all(0 <= start < end <= len(each.passage.text) for each in marked for start, end in each.spans)
