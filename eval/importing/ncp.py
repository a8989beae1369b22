"""NCPPolicies: a line a question; docs.jsonl, with the notices, stands in the same folder."""

from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from eval.importing.json_values import json_lines
from eval.importing.questions import ImportedQuestion, ImportedSet, Passage


class _Question(BaseModel):
    id: str
    docid: str
    question: str
    answer: str


class _Notice(BaseModel):
    docid: str
    text: str


_QUESTION, _NOTICE = TypeAdapter(_Question), TypeAdapter(_Notice)


def read(path: Path) -> ImportedSet:
    """The questions with their answers as reference, and the notices where they stand beside."""
    beside = path.with_name("docs.jsonl")
    notices = json_lines(beside, _NOTICE) if beside.is_file() else ()
    return ImportedSet(
        questions=tuple(
            ImportedQuestion(
                id=line.id,
                question=line.question,
                reference=line.answer,
                passages=(Passage(text=line.answer, document=f"{line.docid}.txt"),),
            )
            for line in json_lines(path, _QUESTION)
        ),
        documents={f"{notice.docid}.txt": notice.text for notice in notices},
    )
