"""Statements are read while the reply is written, and whatever a model sends."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composers.chat_model.reply import ReplyQuote, statements_of
from bot.errors import ChatModelError

REPLY = json.dumps(
    {
        "statements": [
            {"text": "补助5万元[1]", "citations": [{"clause": 1, "quote": "补助 5万元"}]},
            {"text": "由区财政局负责", "citations": [{"clause": "〔2〕", "quote": "区财政局负责"}]},
        ]
    },
    ensure_ascii=False,
)


@given(st.lists(st.integers(1, 20), min_size=1))
def test_however_the_reply_is_cut_its_statements_are_the_same(sizes: list[int]) -> None:
    pieces, rest = [], REPLY
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    whole = list(statements_of([REPLY]))
    assert list(statements_of([*pieces, rest])) == whole
    assert [each.text for each in whole] == ["补助5万元", "由区财政局负责"]
    assert whole[1].quotes == (ReplyQuote(clause=2, words="区财政局负责"),)


def test_a_statement_is_given_before_the_reply_ends() -> None:
    def pieces():  # type: ignore[no-untyped-def]
        yield REPLY[: REPLY.index("由区财政局") + 3]
        yield "}"
        raise AssertionError("the first statement was whole before")

    assert next(statements_of(pieces())).text == "补助5万元"


@given(st.text())
def test_no_reply_is_read_as_statements_that_it_does_not_hold(reply: str) -> None:
    try:
        found = list(statements_of([reply]))
    except ChatModelError as error:
        assert error.trouble in ("empty", "broken")
    else:
        assert "statements" in reply or not found


@pytest.mark.parametrize("reply", ["", "  \n", "<think>无话</think>"])
def test_nothing_is_empty(reply: str) -> None:
    with pytest.raises(ChatModelError) as raised:
        list(statements_of([reply]))
    assert raised.value.trouble == "empty"
