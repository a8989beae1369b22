"""An answer for people to read in a terminal: its text, then its quotes."""

import re
from collections.abc import Mapping

from rich.console import Group
from rich.text import Text

from bot.answer import Answer, Citation
from ingest.policy import ValidityState

_SHORT_LINE = 30
_VALIDITY: Mapping[ValidityState, tuple[str, str]] = {
    "in_force": ("现行有效", "green"),
    "expired": ("已过有效期", "red"),
    "repealed": ("已废止", "red"),
    "not_yet": ("尚未施行", "yellow"),
    "unknown": ("未写明到期日", "bright_black"),
}


def validity_text(state: ValidityState) -> Text:
    """The state in Chinese and in its colour."""
    return Text(*_VALIDITY[state])


def reference(title: str, document_number: str | None) -> str:
    """The document as officials cite it: 《title》(文号)."""
    return f"《{title}》({document_number})" if document_number else f"《{title}》"


def shown(answer: Answer) -> Group:
    """The text of the answer, then each quote under its place, then clauses that are only near."""
    parts: list[Text] = [Text(answer.text, style="bold" if answer.outcome == "answered" else "")]
    for citation in answer.citations:
        quote = indented(citation.quote, style="italic", bold=_answering(citation))
        parts += [Text(), _place(citation), quote]
    if answer.related:
        parts += [Text(), Text("相近条款：", style="bright_black")]
    for related in answer.related:
        snippet = " ".join(related.snippet.split())
        line = Text(f"  · 《{related.policy_title}》{related.locator}  ", style="bright_black")
        parts.append(line.append_text(validity_text(related.validity)).append(f"  {snippet}"))
    return Group(*parts)


def indented(text: str, *, style: str = "", bold: tuple[int, int] = (0, 0)) -> Text:
    """The text with each of its lines set in; cells of a table row stay on one line.

    `bold` are the offsets in the text of what is printed bold.
    """
    lines = [_line(line, bold) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]
    short = all(len(line) <= _SHORT_LINE for line in lines)
    return Text("    ", style=style).append_text(Text("  " if short else "\n    ").join(lines))


def _line(line: re.Match[str], bold: tuple[int, int]) -> Text:
    words = []
    for word in re.finditer(r"\S+", line[0]):
        begins = line.start() + word.start()
        words.append(Text(word[0]))
        words[-1].stylize("bold", max(0, bold[0] - begins), max(0, bold[1] - begins))
    return Text(" ").join(words)


def _answering(citation: Citation) -> tuple[int, int]:
    """The words that answer, as offsets in the quote; no words if they are not known."""
    if citation.answer_start is None or citation.answer_end is None:
        return 0, 0
    return citation.answer_start - citation.start, citation.answer_end - citation.start


def _place(citation: Citation) -> Text:
    place = Text.assemble(
        (f"[{citation.marker}] ", "bold cyan"),
        (reference(citation.policy_title, citation.document_number), "cyan"),
        (f" {citation.locator}  ", "bold"),
        validity_text(citation.validity),
    )
    if citation.expires_on is not None:
        place.append(f"（至 {citation.expires_on}）", style="bright_black")
    return place
