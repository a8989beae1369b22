import threading
import time
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from bot.composers.chat_model.opening import open_chat_model
from bot.composers.chat_model.stream import ChatModelStream
from bot.settings import ChatModelSettings
from eval.usage import counted_usage


def model() -> GenericFakeChatModel:
    used = {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
    return GenericFakeChatModel(messages=iter([AIMessage("好", usage_metadata=used)] * 2))  # type: ignore[arg-type]


def test_what_models_report_is_added_up() -> None:
    with counted_usage() as usage:
        assert usage() is None
        asked = model()
        asked.invoke("问")
        asked.invoke("问")
        found = usage()
    assert found is not None
    assert (found.calls, found.input_tokens, found.output_tokens) == (2, 14, 6)


def test_each_thread_counts_its_own() -> None:
    inside: list[object] = []

    def elsewhere() -> None:
        with counted_usage() as usage:
            model().invoke("问")
            inside.append(usage())

    with counted_usage() as usage:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert usage() is None
    assert inside[0] is not None


def test_nothing_is_counted_behind_the_block() -> None:
    with counted_usage() as usage:
        pass
    model().invoke("问")
    assert usage() is None


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
