"""Both READMEs name what there is."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.api.problems import _TABLE
from bot.settings import Settings

REPOSITORY = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def variables(model: type[BaseModel], prefix: str = "CLAUSEWISE_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from variables(kind, f"{prefix}{name.upper()}__")
        elif isinstance(kind, type) and is_dataclass(kind):
            yield from (f"{prefix}{name.upper()}__{each.name.upper()}" for each in fields(kind))
        else:
            yield prefix + name.upper()


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (REPOSITORY / request.param).read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_and_none_besides(readme: str) -> None:
    listed = re.findall(r"^\| `(CLAUSEWISE_\w+)`", readme, re.MULTILINE)
    assert listed == list(variables(Settings))


def test_every_problem_stands_in_the_readme_beside_its_status(readme: str) -> None:
    rows = dict(re.findall(r"^\| (\d{3}) \| (.*) \|$", readme, re.MULTILINE))
    assert [name for status, name in _TABLE.values() if f"`{name}`" not in rows[str(status)]] == []


def test_the_readme_counts_the_questions_of_the_sets(readme: str) -> None:
    for path in sorted((REPOSITORY / "eval" / "sets").glob("*.jsonl")):
        count = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        assert f"| `{path.stem}` | {count} |" in readme


def test_links_lead_to_files(readme: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert [link for link in links if not (REPOSITORY / link).exists()] == []
