"""What the server says has words in both languages of the page."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
from bot.api import problems
from bot.api.problems import _TABLE
from bot.documents import jobs
from bot.scope import _rules
from ingest import errors as ingest_errors
from vectorstore import errors as store_errors

ROOT = Path(ingest.__file__).parents[1]
WEB = ROOT / "bot" / "web" / "src"
SENTENCES: dict[str, str] = json.loads((WEB / "shell" / "sentences.json").read_text("utf-8"))
HAN = re.compile("[一-鿿]")
PLACE = re.compile(r"\{\d\}")


def kinds_of_problems() -> set[str]:
    """Those of the table, and those that the routes and the stream name themselves."""
    source = "".join(path.read_text("utf-8") for path in Path(problems.__file__).parent.glob("*.py"))
    named = re.findall(r'\bproblem\(\s*[\w.]+,\s*"([a-z-]+)"', source)
    assert {"internal", "invalid-request", "refused", "loading"} <= {*named}
    return {name for _, name in _TABLE.values()} | {*named}


def words_of_page() -> tuple[dict[str, str], dict[str, str]]:
    """The Chinese and the English words by their keys."""
    chinese, english = (WEB / "messages.ts").read_text("utf-8").split("const en: ")
    pattern = re.compile(r'^  (\w+):\s+"((?:[^"\\]|\\.)*)",$', re.M)
    return dict(pattern.findall(chinese)), dict(pattern.findall(english))


@pytest.mark.parametrize("kind", sorted(kinds_of_problems()))
def test_every_kind_of_problem_has_words_in_both_languages(kind: str) -> None:
    advice = re.findall(
        r'^  "?([a-z-]+)"?: "(\w+)",$', (WEB / "shell" / "problems.ts").read_text("utf-8"), re.M
    )
    key = dict(advice)[kind]
    chinese, english = words_of_page()
    assert HAN.search(chinese[key])
    assert english[key] and not HAN.search(english[key])


def template(node: ast.AST) -> str | None:
    """The text of an expression with {} for what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return None


def raised_in(path: Path, kinds: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in kinds and (text := template(node.args[0])) and " " in text:
                yield text


def yielded_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Yield) and node.value and (text := template(node.value)) and " " in text:
            yield text


def progress_in(path: Path) -> Iterator[str]:
    yield from raised_in(path, {"progress"})


def sentences_of_server() -> set[str]:
    """What files, jobs and the store say of a document, and what the rules of scope are called."""
    kinds = {name for name in vars(ingest_errors) if name.endswith("Error")}
    told = {text for path in (ROOT / "ingest").rglob("*.py") for text in raised_in(path, kinds)}
    told.update(raised_in(Path(store_errors.__file__), {"__init__"}))
    for path in ("parse.py", "metadata.py"):
        told.update(yielded_in(ROOT / "ingest" / path))
    told.update(yielded_in(ROOT / "vectorstore" / "copies.py"))
    for path in (ROOT / "vectorstore").rglob("*.py"):
        told.update(progress_in(path))
    told.update(progress_in(Path(jobs.__file__)))
    told.update(name for name, _ in _rules())
    return told


@pytest.mark.parametrize("sentence", sorted(sentences_of_server()))
def test_every_sentence_of_files_and_jobs_is_known_in_chinese(sentence: str) -> None:
    known = {PLACE.sub("{}", english): (english, chinese) for english, chinese in SENTENCES.items()}
    english, chinese = known[sentence]
    assert HAN.search(chinese)
    assert sorted(PLACE.findall(chinese)) == sorted(PLACE.findall(english)), "a value is lost"
