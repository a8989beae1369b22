"""SQuAD 1.1 and 2.0 and CMRC 2018, in its published and its trial form: texts with questions on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from eval.importing.json_values import json_file
from eval.importing.questions import ImportedQuestion, ImportedSet, Passage


class _Answer(BaseModel):
    text: str
    answer_start: int = -1


class _Asked(BaseModel):
    id: str
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Asked]


class _Article(BaseModel):
    title: str = ""
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Article]


class _TrialAsked(BaseModel):
    query_id: str
    query_text: str
    answers: list[str]


class _TrialText(BaseModel):
    context_id: str
    context_text: str
    qas: list[_TrialAsked]


_ANY: TypeAdapter[_File | list[_TrialText]] = TypeAdapter(_File | list[_TrialText])
_LONGEST_NAME = 40


def read(path: Path) -> ImportedSet:
    """The questions, and each text as a document of its own."""
    found = json_file(path, _ANY)
    texts = list(_paragraphs(found) if isinstance(found, _File) else _trial(found))
    return ImportedSet(
        questions=tuple(
            _question(asked, name, text) for name, text, questions in texts for asked in questions
        ),
        documents={name: text for name, text, _ in texts},
    )


def _paragraphs(file: _File) -> Iterator[tuple[str, str, list[_Asked]]]:
    for number, article in enumerate(file.data, start=1):
        for place, paragraph in enumerate(article.paragraphs, start=1):
            stem = "".join(each for each in article.title if each.isalnum())[:_LONGEST_NAME] or "text"
            yield f"{number:04}_{place:03}_{stem}.txt", paragraph.context, paragraph.qas


def _trial(texts: list[_TrialText]) -> Iterator[tuple[str, str, list[_Asked]]]:
    for text in texts:
        asked = [
            _Asked(
                id=each.query_id,
                question=each.query_text,
                answers=[_Answer(text=one) for one in each.answers],
            )
            for each in text.qas
        ]
        yield f"{text.context_id}.txt", text.context_text, asked


def _question(asked: _Asked, name: str, text: str) -> ImportedQuestion:
    given: dict[str, Any] = {"id": asked.id, "question": asked.question}
    answers = [answer for answer in asked.answers if answer.text.strip()]
    if asked.is_impossible or not answers:
        return ImportedQuestion(**given, kind="unanswerable", outcome="no_evidence")
    first = answers[0]
    start = first.answer_start
    # CMRC counts some answers wrongly; the words decide.
    stands = start >= 0 and text.startswith(first.text, start)
    return ImportedQuestion(
        **given,
        reference=first.text,
        # Any annotator's answer is right.
        expected=(tuple(dict.fromkeys(answer.text for answer in answers)),),
        passages=(Passage(text=first.text, document=name, start=start if stands else None),),
    )
