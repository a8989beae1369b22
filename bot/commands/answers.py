"""An answer for people to read in a terminal: its text, then its quotes."""

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
        parts += [Text(), _place(citation), indented(citation.quote, style="italic")]
    if answer.related:
        parts += [Text(), Text("相近条款：", style="bright_black")]
    for related in answer.related:
        snippet = " ".join(related.snippet.split())
        line = Text(f"  · 《{related.policy_title}》{related.locator}  ", style="bright_black")
        parts.append(line.append_text(validity_text(related.validity)).append(f"  {snippet}"))
    return Group(*parts)


def indented(text: str, *, style: str = "") -> Text:
    """The text with each of its lines set in; cells of a table row stay on one line."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    short = all(len(line) <= _SHORT_LINE for line in lines)
    return Text("    " + ("  ".join(lines) if short else "\n    ".join(lines)), style=style)


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
