"""The sentences of a clause: the stretches that are judged, embedded and quoted on their own."""

import re
from itertools import pairwise

from ingest.policy import Clause

# A sentence takes along the bracket behind it that gives it to its units.
_SENTENCE_END = re.compile(
    r"[。！？；;!?][”」』）)]*(?:[（(][^（()）]{0,200}(?:牵头|负责|配合|责任(?:单位|部门))[^（()）]{0,120}[）)]。?)?|\n+"
)
_ROW_OF_FIGURES = 120
_BLANK = re.compile(r"\s+")


def sentence_spans(clause: Clause) -> list[tuple[int, int]]:
    """Where the sentences of a clause stand in the policy text; a row or a heading is one."""
    if clause.kind in ("row", "heading", "title") and len(clause.text) <= _ROW_OF_FIGURES:
        return [(clause.start, clause.end)]
    spans = []
    start = 0
    for match in [*_SENTENCE_END.finditer(clause.text), None]:
        end = match.end() if match else len(clause.text)
        # The lead phrase alone says nothing: it stays with the sentence it leads.
        if clause.text[start:end].strip() and not (match and _is_lead(clause, end)):
            spans.append(_stripped(clause, start, end))
            start = end
    return spans


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of any text stand in it."""
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(ends) if text[start:end].strip()]


def _stripped(clause: Clause, start: int, end: int) -> tuple[int, int]:
    said = clause.text[start:end]
    return (
        clause.start + start + len(said) - len(said.lstrip()),
        clause.start + end - len(said) + len(said.rstrip()),
    )


def _is_lead(clause: Clause, end: int) -> bool:
    if not clause.heading:
        return False
    said = clause.text[:end].removeprefix(clause.number).strip(" 。.．:：")
    return _BLANK.sub("", said).lower() == _BLANK.sub("", clause.heading).lower()
