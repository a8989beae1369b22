from eval.benchmarks.peers.peer import Passage
from eval.benchmarks.peers.recall import LENGTHS, Stretch, recall_within

TEXTS = {"a.txt": "甲" * 4_000, "b.txt": "乙 \n" * 2_000}


def passage(file: str, start: int, end: int) -> Passage:
    return Passage(text=TEXTS[file][start:end], file=file, start=start, end=end)


def stretch(file: str, start: int, end: int) -> Stretch:
    return Stretch(file=file, start=start, end=end)


def test_evidence_behind_the_length_is_found_only_within_a_greater_one() -> None:
    found = recall_within([passage("a.txt", 0, 1_200)], [stretch("a.txt", 1_000, 1_100)], TEXTS)
    assert found == (0.0, 1.0, 1.0)


def test_half_of_a_piece_before_the_cut_is_enough() -> None:
    whole = passage("a.txt", 0, 600)
    assert recall_within([whole], [stretch("a.txt", 450, 550)], TEXTS)[0] == 1.0
    assert recall_within([whole], [stretch("a.txt", 452, 552)], TEXTS)[0] == 0.0


def test_a_piece_may_stand_in_several_passages() -> None:
    parts = [passage("a.txt", 0, 30), passage("b.txt", 0, 90), passage("a.txt", 30, 60)]
    assert recall_within(parts, [stretch("a.txt", 5, 60)], TEXTS)[0] == 1.0
    assert recall_within(parts[:2], [stretch("a.txt", 5, 60)], TEXTS)[0] == 0.0


def test_text_that_was_retrieved_already_costs_nothing() -> None:
    again = [passage("a.txt", 0, 400)] * 5 + [passage("a.txt", 500, 600)]
    assert recall_within(again, [stretch("a.txt", 500, 600)], TEXTS)[0] == 1.0


def test_blanks_count_neither_as_length_nor_as_evidence() -> None:
    # Three characters of which one is printed: 1,500 of them hold 500.
    found = recall_within([passage("b.txt", 0, 1_500)], [stretch("b.txt", 1_497, 1_500)], TEXTS)
    assert found[0] == 1.0
    assert recall_within([passage("b.txt", 0, 1_503)], [stretch("b.txt", 1_500, 1_503)], TEXTS)[0] == 0.0


def test_each_piece_counts_by_itself() -> None:
    evidence = [stretch("a.txt", 0, 10), stretch("b.txt", 0, 30)]
    assert recall_within([passage("a.txt", 0, 10)], evidence, TEXTS) == (0.5, 0.5, 0.5)


def test_evidence_longer_than_the_length_is_measured_by_what_the_length_can_hold() -> None:
    evidence = [stretch("a.txt", start, start + 400) for start in (0, 400, 800, 1_200)]
    assert recall_within([passage("a.txt", 0, 1_600)], evidence, TEXTS) == (1.0, 1.0, 1.0)
    assert recall_within([passage("a.txt", 0, 400)], evidence, TEXTS)[2] == 0.25


def test_the_same_place_of_another_file_is_no_evidence() -> None:
    assert recall_within([passage("a.txt", 0, 90)], [stretch("b.txt", 0, 90)], TEXTS) == (0.0,) * len(LENGTHS)


def test_nothing_retrieved_finds_nothing() -> None:
    assert recall_within([], [stretch("a.txt", 0, 10)], TEXTS) == (0.0, 0.0, 0.0)
