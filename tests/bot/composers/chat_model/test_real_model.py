"""A real chat model behind a real server; asked for by hand: see CONTRIBUTING.md.

CLAUSEWISE_TEST_CHAT_MODEL_URL=http://127.0.0.1:8080/v1 python -m pytest -m real_model
"""

import os
from collections.abc import Callable
from datetime import date

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant

QUESTIONS = (
    "栖湖区企业上云补助的比例和上限是多少？",
    "枫渡区中小企业数字化转型由哪个单位牵头？",
    "栖湖区对专精特新企业有什么奖励？",
    "枫渡区的目标里规模以上工业企业要达到多少家？",
    "栖湖区人才引进有哪些条件？",
)


@pytest.mark.real_model
def test_what_a_real_model_says_is_proven(
    with_model: Callable[..., Assistant], capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = with_model(os.environ["CLAUSEWISE_TEST_CHAT_MODEL_URL"], seconds=600.0)
    worded = 0
    for text in QUESTIONS:
        answer = assistant.ask(Question(text=text, on=date(2024, 9, 1)))
        worded += answer.composer == "chat_model"
        for citation in answer.citations:
            policy = assistant.catalog.policy(citation.policy_id)
            assert policy.text[citation.start : citation.end] == citation.quote
        with capsys.disabled():
            print(f"\n{answer.milliseconds / 1000:.0f} s {answer.composer}: {text}\n{answer.text}")
    assert worded, "the model worded no answer that could be proven"
