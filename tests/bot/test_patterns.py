"""The patterns in bot/: how many there are, and that no part of one hides behind another."""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from re import _constants as code
from re import _parser as parser

import pytest

import bot

BOT = Path(bot.__file__).parent
# A pattern more is judgement that does not carry to other questions: this goes down and not up.
MOST = 147
_CALLS = frozenset(("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"))
_META = frozenset("()[]{}|?*+\\^$")
# Marked up for other programs, with marks that are no pattern here.
_NO_PATTERNS = frozenset(("proxy_headers.toml",))
_NO_RULES = frozenset(("examples", "same", "different"))


def literal_calls(source: str) -> Iterator[str]:
    """The patterns written out in calls of `re`; of an f-string, what is written out of it."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and (node.func.value.id, node.func.attr in _CALLS) == ("re", True)
            and node.args
            and (written := "".join(_written(node.args[0])))
        ):
            yield written


def _written(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _written(part)
    elif isinstance(node, ast.BinOp):
        yield from _written(node.left)
        yield from _written(node.right)


def strings(value: object) -> Iterator[str]:
    """The strings of a table, without those of its examples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from () if name in _NO_RULES else strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def table_patterns() -> dict[str, list[str]]:
    """The strings of each table that hold a metacharacter."""
    return {
        path.name: [each for each in strings(tomllib.loads(path.read_text("utf-8"))) if _META & set(each)]
        for path in sorted((BOT / "data").glob("*.toml"))
        if path.name not in _NO_PATTERNS
    }


def module_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that modules hold, by module and name."""
    found = {}
    for each in pkgutil.walk_packages(bot.__path__, "bot."):
        if not each.name.endswith("__main__"):
            module = importlib.import_module(each.name)
            for name, value in vars(module).items():
                for place, pattern in enumerate(_patterns_in(value)):
                    found[f"{each.name}.{name} {place}"] = pattern
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for each in value.items():
            yield from _patterns_in(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _patterns_in(each)


def hidden(pattern: str) -> list[str]:
    """What of the pattern is never needed, said in words.

    An alternative that stands twice; one that begins with an earlier one, if nothing follows them; a
    character of a class that the class has already. A beginning that alternatives share is left out.
    """
    # The parser drops what stands twice in a class.
    classes = re.findall(r"(?<!\\)\[\^?([^\]\\]+)\]", pattern)
    twice = [
        f"{letter} twice in a class"
        for each in classes
        for letter in set(each) - {"-"}
        if each.count(letter) > 1
    ]
    return [*twice, *_hidden(parser.parse(pattern), at_end=True)]


def _hidden(items: Iterable[tuple[object, object]], *, at_end: bool) -> Iterator[str]:
    parts = list(items)
    for place, (kind, value) in enumerate(parts):
        last = at_end and place == len(parts) - 1
        match kind, value:
            case code.BRANCH, (_, alternatives):
                yield from _hidden_among([list(each) for each in alternatives], at_end=last)
                for each in alternatives:
                    yield from _hidden(each, at_end=last)
            case code.SUBPATTERN, (*_, inside):
                yield from _hidden(inside, at_end=last)
            case ((code.MAX_REPEAT | code.MIN_REPEAT), (_, most, inside)):
                yield from _hidden(inside, at_end=last and most == 1)
            case ((code.ASSERT | code.ASSERT_NOT), (_, inside)):
                yield from _hidden(inside, at_end=True)
            case code.IN, _:
                yield from _hidden_in_ranges(value)


def _hidden_among(alternatives: Sequence[Sequence[object]], *, at_end: bool) -> Iterator[str]:
    for place, first in enumerate(alternatives):
        for other in alternatives[place + 1 :]:
            begins = repr(other[: len(first)]) == repr(list(first))
            if begins and (at_end or len(first) == len(other)):
                yield f"{_shown(other)} behind {_shown(first)}"


def _hidden_in_ranges(members: object) -> Iterator[str]:
    assert isinstance(members, list)
    ranges = [value for kind, value in members if kind is code.RANGE]
    letters = [value for kind, value in members if kind is code.LITERAL]
    for letter in letters:
        if any(low <= letter <= high for low, high in ranges):
            yield f"{chr(letter)} in a range of its class"


def _shown(items: Sequence[object]) -> str:
    return "".join(
        chr(each[1]) if isinstance(each, tuple) and each[0] is code.LITERAL else "…" for each in items
    )


def test_there_are_no_more_patterns_than_there_were() -> None:
    calls = {
        path.relative_to(BOT).as_posix(): len(list(literal_calls(path.read_text("utf-8"))))
        for path in sorted(BOT.rglob("*.py"))
    }
    counts = calls | {name: len(found) for name, found in table_patterns().items()}
    total = sum(counts.values())
    lines = [
        f"{count:4} {name}" for name, count in sorted(counts.items(), key=lambda each: -each[1]) if count
    ]
    print(*lines, f"{total:4} patterns in bot/", sep="\n")
    assert total <= MOST


def test_a_pattern_is_counted_however_it_is_written() -> None:
    source = """
A = re.compile("a|b" r"c")
re.sub(rf"{A}\\s", "", text)
re.match("a" + b, text)
re.compile(b)
"""
    assert list(literal_calls(source)) == ["a|bc", "\\s", "a"]
    table = {"words": ["one", "two"], "asked": "a|b", "examples": ["what?"], "forms": [{"a": "x$"}]}
    assert [each for each in strings(table) if _META & set(each)] == ["a|b", "x$"]


@pytest.mark.parametrize("name", table_patterns())
def test_no_part_of_a_pattern_in_a_table_hides_behind_another(name: str) -> None:
    found = {pattern: hidden(pattern) for pattern in table_patterns()[name]}
    assert {pattern: parts for pattern, parts in found.items() if parts} == {}


def test_no_part_of_a_pattern_in_a_module_hides_behind_another() -> None:
    found = {name: hidden(pattern.pattern) for name, pattern in module_patterns().items()}
    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("报送|报", []),
        ("报|报送", ["送 behind "]),
        ("(报|报送)材料", []),
        ("材料(报|报送)", ["送 behind "]),
        ("(?:谁|何人|何人)来", ["何人 behind 何人"]),
        ("[市区市]", ["市 twice in a class"]),
        (r"[\d一-龥区]", ["区 in a range of its class"]),
    ],
)
def test_what_hides_is_found(pattern: str, parts: list[str]) -> None:
    assert hidden(pattern) == parts
