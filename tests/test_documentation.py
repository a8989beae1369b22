"""The documentation names what there is, in both languages, and leads where it says."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
import typer
from pydantic import BaseModel
from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import build_app
from bot.api.problems import _TABLE
from bot.api.schemas import AnswerBody
from bot.settings import Settings
from eval.commands import app as eval_app

REPOSITORY = Path(__file__).parents[1]
LANGUAGES = ["", ".zh-CN"]
PAGES = [
    "architecture",
    "asking",
    "documents",
    "evaluation",
    "extending",
    "http",
    "operating",
    "reader",
    "settings",
    "web",
]
# Of make demo; every other option in a page is one of ours.
OPTIONS_OF_OTHERS = {"--no-serve"}
KINDS_OF_CHANGE = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
PARTS_OF_A_RECORD = ["## Context", "## Decision", "## Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(name: str, language: str) -> str:
    return (REPOSITORY / f"{name}{language}.md").read_text(encoding="utf-8")


def variables(model: type[BaseModel], prefix: str = "CLAUSEWISE_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from variables(kind, f"{prefix}{name.upper()}__")
        elif isinstance(kind, type) and is_dataclass(kind):
            yield from (f"{prefix}{name.upper()}__{each.name.upper()}" for each in fields(kind))
        else:
            yield prefix + name.upper()


def options(app: typer.Typer, name: str) -> dict[str, set[str]]:
    """The options of each command, by what is typed to run it."""
    found: dict[str, set[str]] = {}
    waiting = [(name, get_command(app))]
    while waiting:
        name, command = waiting.pop()
        if isinstance(command, TyperGroup):
            waiting += [(f"{name} {word}", each) for word, each in command.commands.items()]
        else:
            found[name] = {option for each in command.params for option in each.opts}
    return found


def keys(value: object) -> object:
    """What is nested in an example, without its values."""
    if isinstance(value, dict):
        return {name: keys(each) for name, each in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value and isinstance(value[0], dict) else None


def keys_of(model: type[BaseModel]) -> dict[str, object]:
    """The same of a schema."""
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        bodies = [each for each in get_args(field.annotation) if _is_body(each)]
        found[name] = [keys_of(each) for each in bodies] or None
    return found


def _is_body(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def headings(path: Path) -> set[str]:
    """The fragments that headings of the file have on a page."""
    found = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in found}


def documents() -> list[Path]:
    return sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    value: str = request.param
    return value


def test_the_readme_is_short(language: str) -> None:
    assert len(read("README", language).splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_leads_to_every_page_of_its_language(page: str, language: str) -> None:
    assert f"(docs/{page}{language}.md)" in read("README", language)


@pytest.mark.parametrize("page", ["README", *(f"docs/{page}" for page in PAGES)])
def test_a_page_leads_to_the_same_page_in_the_other_language(page: str, language: str) -> None:
    (other,) = set(LANGUAGES) - {language}
    assert f"({Path(page).name}{other}.md)" in read(page, language)


def test_no_page_is_left_out_of_these_tests() -> None:
    in_both = {path.name.removesuffix(".zh-CN.md") for path in (REPOSITORY / "docs").glob("*.zh-CN.md")}
    assert in_both == set(PAGES)


def test_every_setting_is_in_the_documentation_and_none_besides(language: str) -> None:
    rows = re.findall(r"^\| `(CLAUSEWISE_\w+)`", read("docs/settings", language), re.MULTILINE)
    assert rows == list(variables(Settings))


def test_a_variable_that_a_page_names_is_a_setting() -> None:
    known = {*variables(Settings), "CLAUSEWISE_REQUIRE_CORPUS", "CLAUSEWISE_TEST_CHAT_MODEL_URL"}
    for path in documents():
        # A group of settings is named by its beginning and an ellipsis.
        named = re.findall(r"\bCLAUSEWISE_\w+(?![\w…])", path.read_text(encoding="utf-8"))
        assert [each for each in named if each not in known] == [], path.name


def test_every_problem_stands_in_the_documentation_beside_its_status(language: str) -> None:
    rows = dict(re.findall(r"^\| (\d{3}) \| (.*) \|$", read("docs/http", language), re.MULTILINE))
    assert [name for status, name in _TABLE.values() if f"`{name}`" not in rows[str(status)]] == []


def test_every_route_is_in_the_documentation_and_none_besides(language: str) -> None:
    described = json.loads((REPOSITORY / "bot" / "web" / "openapi.json").read_text(encoding="utf-8"))
    routes = {f"{method.upper()} {path}" for path, item in described["paths"].items() for method in item}
    rows = re.findall(r"^\| (`[A-Z]+ /.*?) \| ", read("docs/http", language), re.MULTILINE)
    named = [route for row in rows for route in re.findall(r"`([A-Z]+ /[^`]*)`", row)]
    page = "GET /"  # the web client
    assert sorted(map(nameless, named)) == sorted(map(nameless, [*routes, page]))


def nameless(route: str) -> str:
    """The route, whatever its variable is called."""
    return re.sub(r"\{\w+\}", "{}", route)


def test_every_command_is_in_the_documentation_and_none_besides(language: str) -> None:
    asking, evaluation = (read(f"docs/{page}", language) for page in ("asking", "evaluation"))
    ours = options(build_app(), "clausewise")
    assert sorted(ours) == [each for each in listed(asking) if not each.startswith("clausewise eval")]
    assert sorted(options(eval_app, "clausewise eval")) == listed(evaluation)


def listed(page: str) -> list[str]:
    """The commands in the first column of tables, without their arguments."""
    return sorted(re.findall(r"^\| `(clausewise(?: [a-z-]+)+)", page, re.MULTILINE))


@pytest.mark.parametrize("page", ["README", *(f"docs/{page}" for page in PAGES)])
def test_an_option_that_a_page_names_is_one_of_a_command(page: str, language: str) -> None:
    every = options(build_app(), "clausewise") | options(eval_app, "clausewise eval")
    known = {option for each in every.values() for option in each}
    named = re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", read(page, language))
    assert set(named) - known - OPTIONS_OF_OTHERS == set()


def test_the_answer_in_the_documentation_has_the_fields_of_the_wire(language: str) -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```$", read("docs/asking", language), re.MULTILINE | re.DOTALL)
    assert keys(json.loads(example)) == keys_of(AnswerBody)


def test_the_documentation_counts_the_questions_of_the_sets(language: str) -> None:
    page = read("docs/evaluation", language)
    for path in sorted((REPOSITORY / "eval" / "sets").glob("*.jsonl")):
        count = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        assert f"| `{path.stem}` | {count} |" in page


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _, heading = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def test_the_changelog_has_a_section_for_each_release_the_newest_first() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "[Unreleased]"
    found = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d\d-\d\d", each) for each in releases]
    versions = [tuple(map(int, each.groups())) for each in found if each]
    assert len(versions) == len(releases)
    assert versions == sorted(set(versions), reverse=True)


def test_the_changelog_has_each_kind_of_change_once_in_a_section() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert set(kinds) <= KINDS_OF_CHANGE
        assert len(kinds) == len(set(kinds))


def test_a_file_that_a_page_names_is_there() -> None:
    named = re.compile(r"`((?:bot|eval|ingest|prompts|tests|vectorstore)/[\w/.]*[\w/])`")
    for path in documents():
        if path.name.startswith("extending"):
            continue  # its files are made by whoever follows it
        names = named.findall(path.read_text(encoding="utf-8"))
        assert [each for each in names if not (REPOSITORY / each).exists()] == [], path.name


def test_decision_records_are_numbered_listed_and_short() -> None:
    folder = REPOSITORY / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    for number, path in enumerate(records, start=1):
        lines = path.read_text(encoding="utf-8").splitlines()
        title = lines[0].removeprefix(f"# {number}. ")
        assert path.name.startswith(f"{number:04}-"), "numbers have no gap"
        assert f"| {number} | [{title}]({path.name}) |" in index
        assert [line for line in lines if line.startswith("## ")] == PARTS_OF_A_RECORD, path.name
        assert len(lines) <= 30, path.name
