"""Imported questions as cases: evidence is looked up in the documents, what cannot be known is named."""

from collections.abc import Sequence
from hashlib import sha256

from eval.cases import Case, Evidence
from eval.evidence import EvidenceFinder
from eval.importing.questions import ImportedQuestion
from ingest.numerals import find_quantities

# A longer answer is never said in just these words; its figures are.
_SHORT = 12
_MOST_FIGURES = 3


def converted(questions: Sequence[ImportedQuestion], finder: EvidenceFinder) -> tuple[Case, ...]:
    """A case for each question, `todo` naming what is missing of it; ids are made unlike."""
    taken: set[str] = set()
    cases = []
    for question in questions:
        name = question.id
        if name in taken:
            name = f"{name}-{sha256(question.question.encode()).hexdigest()[:6]}"
        while name in taken:
            name += "x"
        taken.add(name)
        cases.append(_case(name, question, finder))
    return tuple(cases)


def _case(name: str, question: ImportedQuestion, finder: EvidenceFinder) -> Case:
    answered = question.outcome == "answered"
    expected = question.expected or (_facts_of(question.reference or "") if answered else ())
    evidence = _evidence(question, finder) if question.outcome != "no_evidence" else ()
    todo = list(question.todo)
    named = " ".join(todo)
    if answered and not expected and "expected" not in named:
        todo.append("expected")
    lacking = len(evidence) < len(question.passages) or not evidence
    if answered and lacking and "evidence" not in named:
        todo.append("evidence")
    return Case(
        id=name,
        question=question.question,
        history=question.history,
        kind=question.kind,
        outcome=question.outcome,
        expected=expected,
        forbidden=question.forbidden,
        evidence=evidence,
        reference=question.reference,
        todo=tuple(todo),
    )


def _facts_of(answer: str) -> tuple[tuple[str, ...], ...]:
    """What any right answer has to say: a short answer itself, of a long one the figures."""
    if answer and len(answer) <= _SHORT:
        return ((answer.strip("。．. "),),)
    figures = dict.fromkeys(quantity.printed for quantity in find_quantities(answer))
    return tuple((figure,) for figure in list(figures)[:_MOST_FIGURES])


def _evidence(question: ImportedQuestion, finder: EvidenceFinder) -> tuple[Evidence, ...]:
    found = (
        finder.find(passage.text, document=passage.document, start=passage.start)
        for passage in question.passages
    )
    return tuple(dict.fromkeys(each for each in found if each is not None))
