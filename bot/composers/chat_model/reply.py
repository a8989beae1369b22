"""The statements of a model's reply, read while it is still being written."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.errors import ChatModelError

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_MARKER = re.compile(r"\[\d{1,2}\]|【\d{1,2}】|〔\d{1,2}〕")
_MOST_STATEMENTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyQuote:
    """A quote as the model gives it: the number of a clause and words said to stand in it."""

    clause: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyStatement:
    """A statement as the model gives it, nothing of it checked."""

    text: str
    quotes: tuple[ReplyQuote, ...]


def statements_of(pieces: Iterable[str]) -> Iterator[ReplyStatement]:
    """Each statement as soon as it is whole; ChatModelError `empty` or `broken` where there is no reply."""
    reply, given = "", 0
    for piece in pieces:
        reply += piece
        # Only a closing bracket can end a statement.
        if "}" not in piece and "]" not in piece:
            continue
        # The last of them may still grow.
        for statement in _read(_partial(reply))[given:-1]:
            given += 1
            yield statement
    if not _THOUGHT.sub("", reply).strip():
        raise ChatModelError("empty")
    yield from _read(_whole(reply))[given:]


def _partial(reply: str) -> object:
    from langchain_core.utils.json import parse_partial_json

    try:
        return parse_partial_json(_json_in(reply))
    except ValueError:
        return None


def _whole(reply: str) -> object:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(_json_in(reply))
    except ValueError as error:
        raise ChatModelError("broken", reply[:200]) from error
    if not isinstance(found, dict) or not isinstance(found.get("statements"), list):
        raise ChatModelError("broken", reply[:200])
    return found


def _json_in(reply: str) -> str:
    """The reply from its first brace on: models put thoughts, fences and words before it."""
    plain = _THOUGHT.sub("", reply)
    return plain[plain.index("{") :] if "{" in plain else ""


def _read(found: object) -> list[ReplyStatement]:
    listed = found.get("statements") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        return []
    return [_statement(each) for each in listed[:_MOST_STATEMENTS]]


def _statement(given: object) -> ReplyStatement:
    fields = given if isinstance(given, dict) else {}
    quotes = fields.get("citations")
    return ReplyStatement(
        text=_MARKER.sub("", _text(fields.get("text"))).strip(),
        quotes=tuple(_quote(each) for each in quotes) if isinstance(quotes, list) else (),
    )


def _quote(given: object) -> ReplyQuote:
    fields = given if isinstance(given, dict) else {}
    number = re.search(r"\d+", str(fields.get("clause", "")))
    return ReplyQuote(clause=int(number.group()) if number else 0, words=_text(fields.get("quote")))


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
