"""Tokens as a served model reports them, through the stream that words answers."""

import time
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from bot.composers.chat_model.opening import open_chat_model
from bot.composers.chat_model.stream import ChatModelStream
from bot.settings import ChatModelSettings
from eval.usage import counted_usage


@pytest.mark.parametrize(("report_usage", "tokens"), [(True, (300, 20)), (False, (0, 0))])
def test_streamed_replies_are_counted_where_the_server_is_asked_to_report(
    chat_model: Any, report_usage: bool, tokens: tuple[int, int]
) -> None:
    chat_model.reply = lambda _prompt: "好"
    chosen = ChatModelSettings(model="scripted", url=chat_model.address, report_usage=report_usage)
    stream = ChatModelStream(lambda: open_chat_model(chosen))
    with counted_usage() as usage:
        # The stream has a thread of its own, which the count reaches.
        assert list(stream.pieces([HumanMessage("问")], deadline=time.monotonic() + 30)) == ["好"]
        found = usage()
    stream.close()
    assert found is not None
    assert (found.calls, found.input_tokens, found.output_tokens) == (1, *tokens)
