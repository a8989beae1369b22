"""Marks of Markdown around words and between paragraphs; they are no text of a policy."""

import re
from collections.abc import Iterator

from ingest.policy import Deletion

_HEADING = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+\S")
_BOLD = re.compile(r"(?<![*\\])(?P<opens>\*\*)(?=[^\s*])[^*\n]*?(?<=[^\s*])(?P<closes>\*\*)(?!\*)")
_BOLD_LINE = re.compile(rf"(?m)^[ \t>]*{_BOLD.pattern}")
_OTHERS = (
    (re.compile(r"(?m)^[ \t]*(?P<mark>-{3,}|\*{3,})[ \t\r]*$"), "Markdown rule"),
    (re.compile(r"(?m)^[ \t]*(?P<mark>>)(?=[ \t]*\S)"), "Markdown mark of a quotation"),
    (re.compile(r"(?m)(?P<mark>\\)[ \t\r]*$"), "Markdown line break"),
)
_FEWEST = 3


def markdown_marks(source: str) -> Iterator[Deletion]:
    """The asterisks around strong words, and rules; none in a text that is not clearly Markdown."""
    strong = len(_BOLD_LINE.findall(source))
    if not strong or (strong < _FEWEST and not _HEADING.search(source)):
        return
    for match in _BOLD.finditer(source):
        for group in ("opens", "closes"):
            yield Deletion(
                start=match.start(group), end=match.end(group), reason="Markdown mark of bold words"
            )
    for pattern, reason in _OTHERS:
        for match in pattern.finditer(source):
            yield Deletion(start=match.start("mark"), end=match.end("mark"), reason=reason)
