"""The pages on the architecture show and name what the code has."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [DOCS / "architecture.md", DOCS / "architecture.zh-CN.md"]


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = spec_from_file_location("drawing", DOCS / "architecture" / "make.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def terms(page: Path) -> list[str]:
    glossary = re.split(r"^## (?:Glossary|术语)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    return re.findall(r"^\| `([^`]+)`", glossary, re.MULTILINE)


def test_the_picture_shows_what_the_code_gives(drawing: ModuleType) -> None:
    stored = drawing.PICTURE.read_text(encoding="utf-8")
    assert stored == drawing.picture(), "make architecture draws it anew"


def test_what_imports_in_a_ring_stands_in_one_box(drawing: ModuleType) -> None:
    imports = {"a": set(), "b": {"a", "c"}, "c": {"b"}, "d": {"a", "c"}}
    assert drawing.columns(imports) == [[("a",)], [("b", "c")], [("d",)]]


def test_an_import_that_others_imply_is_not_drawn(drawing: ModuleType) -> None:
    imports = {"a": set(), "b": {"a"}, "c": set(), "d": {"a", "b", "c"}}
    assert drawing.needed(imports) == [("b", "a"), ("d", "b"), ("d", "c")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_is_short_and_names_every_step_in_its_order(page: Path, drawing: ModuleType) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 160
    assert f"`{' | '.join(name for name, *_ in drawing.steps())}`" in text


def test_the_glossary_has_the_same_terms_in_both_languages_sorted() -> None:
    english, chinese = map(terms, PAGES)
    assert english == chinese == sorted(set(english))
    assert len(english) > 30
