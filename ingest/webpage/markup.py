"""What the markup of web pages means, as ingest/data/web_page.toml has it."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def element_names(name: str) -> frozenset[str]:
    """The tags listed under that name."""
    return frozenset(_table()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions listed under that name as one, which matches where one of them does."""
    return re.compile("|".join(f"(?:{entry})" for entry in _table()[name]), re.IGNORECASE)


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("ingest.data").joinpath("web_page.toml").read_text("utf-8"))
