"""Legal-DC: a line a question, with the clauses of a law that answer it; --documents names their folder."""

from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from eval.importing.json_values import json_lines
from eval.importing.questions import ImportedQuestion, ImportedSet, Passage


class _Question(BaseModel):
    qid: int
    query: str
    answer: str
    document: list[str]
    title: str


_QUESTION = TypeAdapter(_Question)


def read(path: Path) -> ImportedSet:
    """The questions with their answers as reference and their clauses as passages."""
    return ImportedSet(
        questions=tuple(
            ImportedQuestion(
                id=f"legal_dc-{line.qid}",
                question=line.query,
                reference=line.answer,
                passages=tuple(Passage(text=text, document=f"{line.title}.txt") for text in line.document),
            )
            for line in json_lines(path, _QUESTION)
        )
    )
