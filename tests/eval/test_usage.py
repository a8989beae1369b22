import threading

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

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
