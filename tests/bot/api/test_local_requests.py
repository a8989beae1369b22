"""Headers that proxies add are told by the names of a table."""

import tomllib
from pathlib import Path

import pytest

from bot.api.local_requests import load_local_requests

TABLE = tomllib.loads(Path("bot/data/proxy_headers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda each: each["text"])
def test_every_example_of_the_table_holds(example: dict[str, object]) -> None:
    header = str(example["text"])
    found = {load_local_requests().is_of_a_proxy(name) for name in (header, header.lower(), header.upper())}
    assert found == {example["finds"]}
