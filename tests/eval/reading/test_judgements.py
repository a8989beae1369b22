"""Fitting what a question is judged by."""

from pathlib import Path

import numpy
import pytest

from bot.question.judging import load_judgements, runs_of
from eval.reading import judgements
from eval.reading.judgements import NAMES, fitted, marked

READING = Path(judgements.__file__).parent


def test_what_a_vector_or_a_word_tells_is_found() -> None:
    random = numpy.random.default_rng(1)
    vectors = random.normal(size=(300, 8)).astype(numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    questions = [f"{'谁' if each % 3 == 0 else '何时'}办第{each}件？" for each in range(300)]
    holds = [
        bool(vector[2] > 0.5) or question.startswith("谁")
        for vector, question in zip(vectors, questions, strict=True)
    ]
    fit = fitted(vectors, questions, holds)
    assert fit.found + fit.missed == sum(holds)
    assert fit.found > 0.9 * sum(holds)
    assert fit.wrong < 0.1 * sum(holds)
    probabilities = [
        fit.judgement.probability(vector, runs_of(question))
        for vector, question in zip(vectors, questions, strict=True)
    ]
    right = [held == (each >= 0.5) for held, each in zip(holds, probabilities, strict=True)]
    assert sum(right) == pytest.approx(300, abs=15)


def test_every_judgement_has_marked_questions_that_do_and_do_not_hold() -> None:
    found = list(marked())
    assert [name for name, *_ in found] == list(load_judgements())
    for _, questions, holds in found:
        assert len(questions) == len(holds)
        assert 0.03 < sum(holds) / len(holds) < 0.6


def test_no_question_is_marked_twice() -> None:
    kinds, turns = (
        [line.split("\t") for line in (READING / name).read_text("utf-8").splitlines()]
        for name in ("kinds.tsv", "follow_ups.tsv")
    )
    assert len({question for _, question in kinds}) == len(kinds)
    assert len({(before, question) for _, before, question in turns}) == len(turns)
    assert {mark for mark, *_ in turns} == {"0", "1"}


def test_a_misspelt_mark_is_not_taken_for_none() -> None:
    rows = [
        line.split("\t")[0].split(",") for line in (READING / "kinds.tsv").read_text("utf-8").splitlines()
    ]
    others = "amount target deadline papers procedure conditions whether penalty definition list place chat"
    assert {mark for marks in rows for mark in marks} == {*NAMES, *others.split()}
    assert [marks for marks in rows if len(set(marks)) < len(marks)] == []
