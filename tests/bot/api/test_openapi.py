from bot.api.openapi import COMMITTED, description


def test_description_that_the_client_is_built_from_is_the_one_of_the_server() -> None:
    # Else run: python -m bot.api.openapi
    assert COMMITTED.read_text(encoding="utf-8") == description()
