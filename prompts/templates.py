"""Loads the wording of the product from Markdown files and checks it when it is loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Formatter

_SECTION = re.compile(r"^## +(\S+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class TemplateError(Exception):
    """The wording file lacks a phrase, or a phrase was asked for with the wrong values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Fixed phrases by name; what stands between braces is filled with words of the documents."""

    name: str
    sections: Mapping[str, str]

    def say(self, phrase: str, **values: object) -> str:
        """The phrase with its places filled.

        Raises TemplateError where the phrase does not exist or a value is missing or too many.
        """
        if phrase not in self.sections:
            raise TemplateError(f"{self.name}: expected a section '## {phrase}', found none; add it")
        wanted = {field for _, field, _, _ in Formatter().parse(self.sections[phrase]) if field}
        if wanted != values.keys():
            raise TemplateError(
                f"{self.name}, '## {phrase}': expected {sorted(wanted)}, found {sorted(values)}"
            )
        return self.sections[phrase].format(**values)


def load_phrases(name: str = "phrases.zh.md") -> Phrases:
    """The phrases of a packaged Markdown file, one a section of level two."""
    content = resources.files("prompts").joinpath(name).read_text("utf-8")
    sections = {title: body.strip() for title, body in _SECTION.findall(content)}
    if not sections:
        raise TemplateError(f"{name}: expected sections beginning with '## ', found none")
    return Phrases(name=name, sections=sections)
