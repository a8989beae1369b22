"""A table with a heading line: question (问题), and any of the columns that are named below."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import get_args

from bot.answer import Outcome
from eval.cases import KINDS
from eval.errors import ImportFileError
from eval.importing.json_values import text_of
from eval.importing.questions import ImportedQuestion, ImportedSet, Passage

# Groups of expected facts are set apart by |, the ways to say one by /.
_COLUMNS = {
    "id": ("id", "编号"),
    "question": ("question", "问题"),
    "history": ("history", "上文"),
    "answer": ("answer", "reference", "答案"),
    "expected": ("expected", "应答要点"),
    "forbidden": ("forbidden", "不应出现"),
    "kind": ("kind", "类型"),
    "outcome": ("outcome", "结果"),
    "document": ("document", "file", "文件"),
    "quote": ("quote", "evidence", "原文"),
}
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def read(path: Path) -> ImportedSet:
    """A question a row; ImportFileError names the line of a bad one."""
    rows = csv.DictReader(StringIO(text_of(path)), strict=True)
    try:
        names = _names(path, rows.fieldnames or ())
        return ImportedSet(
            questions=tuple(
                _question(
                    {names[key]: value or "" for key, value in row.items() if key in names},
                    path,
                    rows.line_num,
                )
                for row in rows
            )
        )
    except csv.Error as error:
        raise ImportFileError(f"{path.name}, line {rows.line_num}: {error}") from error


def _names(path: Path, headings: Sequence[str]) -> dict[str, str]:
    known = {spelling: name for name, spellings in _COLUMNS.items() for spelling in spellings}
    unknown = [heading for heading in headings if heading.strip().lower() not in known]
    if unknown:
        raise ImportFileError(f"{path.name}: no column is called {unknown[0]!r}; expected {', '.join(known)}")
    names = {heading: known[heading.strip().lower()] for heading in headings}
    if "question" not in names.values():
        raise ImportFileError(f"{path.name}: expected a column question or 问题, found {', '.join(headings)}")
    return names


def _question(row: Mapping[str, str], path: Path, line: int) -> ImportedQuestion:
    place = f"{path.name}, line {line}"
    if not row["question"].strip():
        raise ImportFileError(f"{place}: expected a question, found nothing")
    outcome = row.get("outcome") or "answered"
    if outcome not in _OUTCOMES:
        raise ImportFileError(f"{place}: no outcome {outcome!r}; expected one of {', '.join(_OUTCOMES)}")
    kind = row.get("kind") or ("unanswerable" if outcome == "no_evidence" else "content")
    if kind not in KINDS:
        raise ImportFileError(f"{place}: no kind {kind!r}; expected one of {', '.join(KINDS)}")
    quote = row.get("quote", "").strip()
    return ImportedQuestion(
        id=row.get("id") or f"{path.stem}-{line}",
        question=row["question"].strip(),
        history=_parts(row.get("history", "")),
        kind=kind,
        outcome=outcome,
        reference=row.get("answer") or None,
        expected=tuple(group for each in row.get("expected", "").split("|") if (group := _parts(each, "/"))),
        forbidden=_parts(row.get("forbidden", "")),
        passages=(Passage(text=quote, document=row.get("document") or None),) if quote else (),
    )


def _parts(text: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())
