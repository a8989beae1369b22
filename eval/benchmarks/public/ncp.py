"""NCPPolicies: citizens' questions about notices, each with the words of its notice that answer it.

Published on the competition DataFountain 2020 疫情政务问答助手; measured are ROUGE-L of what is said
first and whether it is quoted from the right notice.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from bot.answer import Answer, Citation, Question
from eval.rouge import rouge_l
from eval.runner import Answering, Progress

FOLDER = Path("benchmarks/ncp")


@dataclass(frozen=True, slots=True, kw_only=True)
class NcpCase:
    """A question, the notice that answers it and the words that do."""

    id: str
    question: str
    document: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NcpResult:
    """What came of a question; the figures are 0 where nothing was answered."""

    case: NcpCase
    answer: Answer
    statement_rouge: float
    quote_rouge: float
    marked_rouge: float  # of the words that are marked in the first quote; 0 if none are
    right_document: bool


def ncp_cases(shared: Path) -> tuple[NcpCase, ...]:
    """All questions of the set."""
    return tuple(
        NcpCase(id=line["id"], question=line["question"], document=line["docid"], answer=line["answer"])
        for line in _lines(shared / FOLDER / "questions.jsonl")
    )


def write_ncp_documents(shared: Path, folder: Path) -> None:
    """Writes every notice of the set as a text file of its own, named by its id."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in _lines(shared / FOLDER / "docs.jsonl"):
        (folder / f"{line['docid']}.txt").write_text(line["text"], encoding="utf-8")


def ask_ncp(
    cases: Sequence[NcpCase], assistant: Answering, *, today: date, progress: Progress
) -> tuple[NcpResult, ...]:
    """The result of each question in order."""
    results = []
    for done, case in enumerate(cases):
        progress("asking", done, len(cases))
        results.append(_result(case, assistant.ask(Question(text=case.question, on=today))))
    progress("asking", len(cases), len(cases))
    return tuple(results)


def ncp_figures(results: Sequence[NcpResult]) -> dict[str, float | None]:
    """Means over all questions, unanswered ones counted as 0."""
    if not results:
        return {}
    return {
        "rouge_l": fmean(max(each.statement_rouge, each.quote_rouge) for each in results),
        "statement_rouge_l": fmean(each.statement_rouge for each in results),
        "quote_rouge_l": fmean(each.quote_rouge for each in results),
        "marked_rouge_l": fmean(each.marked_rouge for each in results),
        "document_accuracy": fmean(each.right_document for each in results),
        "answered": fmean(each.answer.outcome == "answered" for each in results),
    }


def _result(case: NcpCase, answer: Answer) -> NcpResult:
    said = answer.statements[0].text if answer.statements else ""
    cited = answer.citations[0] if answer.citations else None
    return NcpResult(
        case=case,
        answer=answer,
        statement_rouge=rouge_l(said, case.answer),
        quote_rouge=rouge_l(cited.quote, case.answer) if cited else 0.0,
        marked_rouge=rouge_l(_marked(cited), case.answer) if cited else 0.0,
        right_document=cited is not None and Path(cited.source).stem == case.document,
    )


def _marked(cited: Citation) -> str:
    """The words of the quote that answer; empty if they are not known."""
    if cited.answer_start is None or cited.answer_end is None:
        return ""
    return cited.quote[cited.answer_start - cited.start : cited.answer_end - cited.start]


def _lines(path: Path) -> Iterator[Mapping[str, str]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)
