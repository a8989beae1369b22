"""The questions of a set with what a right answer holds; checked against the documents when loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bot.answer import Outcome
from eval.documents import Documents
from eval.errors import CaseError, DocumentMissingError
from eval.folding import fold, holds
from eval.spans import Span

Kind = Literal[
    "lead",
    "support",
    "responsible",
    "joint",
    "duties",
    "amount",
    "target",
    "deadline",
    "members",
    "content",
    "metadata",
    "validity",
    "negative",
    "unanswerable",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Of a question that nothing answers: what it asks beside what the documents state.
WhyNot = Literal[
    "other_unit",
    "other_year",
    "other_grade",
    "other_applicant",
    "other_scheme",
    "other_step",
    "false_premise",
    "underspecified",
    "not_stated",
    "out_of_scope",
]
Tag = Literal[
    WhyNot,
    "follow_up",
    "no_region",
    "synonym",
    "typo",
    "wrong_premise",
    "colloquial",
    "english",
    "multi_region",
    "list",
    "several_clauses",
]
TAGS: tuple[Tag, ...] = get_args(Tag)
_Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
_Group = Annotated[tuple[_Words, ...], Field(min_length=1)]
_STRICT = ConfigDict(extra="forbid", strict=True)
EDGE = 4  # characters of a span that a set repeats at either end


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span of a document that a complete answer stands on; offsets count in the text of the file."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    file: str
    sha256: str
    start: Annotated[int, Field(ge=0)]
    end: int
    first: str
    last: str

    @property
    def span(self) -> Span:
        """Where it stands, whatever the file is called."""
        return Span(sha256=self.sha256, start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question, what a right answer holds and what would make it wrong.

    Every group of `expected` must be found, by any one of its strings; no string of `forbidden` may be.
    A span of `alternatives` states once more what `evidence` states, in whole or in part: as good a source
    for a citation, but not a further span for search to find.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    id: _Words
    question: _Words
    kind: Kind
    outcome: Outcome
    history: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    on: date | None = None
    expected: tuple[_Group, ...] = ()
    forbidden: tuple[_Words, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Evidence, ...] = ()
    reference: str | None = None  # an answer in full, for measures of wording
    todo: tuple[_Words, ...] = ()  # what a person still has to decide; such a draft is not scored

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return self.outcome != "no_evidence"

    def stands_on(self, span: Span | None) -> bool:
        """Whether the span shares a character with the evidence or an alternative to it."""
        sources = (*self.evidence, *self.alternatives)
        return span is not None and any(span.overlaps(source.span) for source in sources)


_CASE = TypeAdapter(Case)


def case_json(case: Case) -> str:
    """The case as a line of a set."""
    return _CASE.dump_json(case, exclude_none=True).decode()


def case_schema() -> dict[str, object]:
    """The JSON schema of a line of a set; what only the documents tell is checked by `load_cases`."""
    schema = _CASE.json_schema(mode="validation")
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A case of clausewise eval"}
    return about | {name: value for name, value in schema.items() if name != "title"}


def load_cases(path: Path, documents: Documents) -> tuple[Case, ...]:
    """The cases of a file, one JSON object a line; CaseError names the line and the id of a bad one."""
    cases: dict[str, Case] = {}
    for place, line in _lines(path):
        case = _case(place, line)
        place = f"{place} ({case.id})"
        if case.id in cases:
            raise CaseError(f"{place}: expected an id of its own, found one used before; rename it")
        check_case(place, case, documents)
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path}: expected a case on each line, found none")
    return tuple(cases.values())


def load_drafts(path: Path) -> tuple[Case, ...]:
    """The lines of a file that may be incomplete; only their form is checked."""
    return tuple(_case(place, line) for place, line in _lines(path))


def check_case(place: str, case: Case, documents: Documents) -> None:
    """CaseError where the case is incomplete or contradicts itself or its documents; `place` begins it."""
    if case.todo:
        raise CaseError(
            f"{place}: expected a complete case, found a draft without {'; '.join(case.todo)}; "
            "complete it with `clausewise eval new FOLDER --drafts FILE`, or delete its todo"
        )
    _check_agreement(place, case)
    for number, evidence in enumerate(case.evidence):
        if evidence in case.evidence[:number]:
            raise CaseError(f"{place}: evidence.{number}: expected each span once, found it again; delete it")
        _check_evidence(place, evidence, documents)
    for evidence in case.alternatives:
        _check_evidence(place, evidence, documents)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: expected a file of cases in UTF-8 ({error})") from error
    # Not splitlines(): JSON strings may hold U+2028 and its like.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path.name}, line {number}", line


def _case(place: str, line: str) -> Case:
    try:
        return _CASE.validate_json(line)
    except ValidationError as error:
        found = error.errors()[0]
        raw = found["input"]
        name = raw.get("id") if isinstance(raw, dict) else None
        identity = name if isinstance(name, str) else _id_in(line)
        field = ".".join(map(str, found["loc"]))
        raise CaseError(
            f"{place}{f' ({identity})' if identity else ''}: {f'{field}: ' if field else ''}{found['msg']}"
        ) from error


def _id_in(line: str) -> str | None:
    """The id of a line that is no case, where it has one."""
    try:
        value = TypeAdapter(dict[str, object]).validate_json(line).get("id")
    except ValidationError:
        return None
    return value if isinstance(value, str) else None


def _check_agreement(place: str, case: Case) -> None:
    """An answer can be right, and a case without an answer expects none."""
    if case.answerable == (case.kind == "unanswerable"):
        raise CaseError(f"{place}: kind {case.kind!r} does not go with outcome {case.outcome!r}")
    if case.outcome == "answered" and not (case.expected and case.evidence):
        raise CaseError(f"{place}: an answered case needs expected facts and evidence, found none of one")
    if not case.answerable and (case.expected or case.evidence):
        raise CaseError(
            f"{place}: a case without an answer expects nothing, found expected facts or evidence"
        )
    if case.alternatives and not case.evidence:
        raise CaseError(f"{place}: alternatives stand beside evidence, found no evidence; move one there")
    for group in case.expected:
        if all(any(holds(fold(fact), wrong) for wrong in case.forbidden) for fact in group):
            raise CaseError(f"{place}: expected {'/'.join(group)} holds a forbidden string; drop one of them")


def _check_evidence(place: str, evidence: Evidence, documents: Documents) -> None:
    """The span stands in the file as the set says."""
    try:
        document = documents.read(evidence.file)
    except DocumentMissingError as error:
        raise DocumentMissingError(f"{place}: {error}") from error
    if document.sha256 != evidence.sha256:
        raise CaseError(
            f"{place}: {evidence.file}: expected sha256 {evidence.sha256}, found {document.sha256}; "
            "the document is another version, so its spans have to be found anew"
        )
    span = f"{evidence.file}[{evidence.start}:{evidence.end}]"
    if not evidence.start < evidence.end <= len(document.text):
        raise CaseError(f"{place}: {span}: expected a span inside the {len(document.text)} characters")
    text = document.text[evidence.start : evidence.end]
    for edge, expected, found in (
        ("first", evidence.first, text[:EDGE]),
        ("last", evidence.last, text[-EDGE:]),
    ):
        if expected != found:
            raise CaseError(f"{place}: {span}: expected its {edge} characters {expected!r}, found {found!r}")


def half_of(case_id: str) -> Literal["development", "held_out"]:
    """The half of its set that a case belongs to, drawn by the hash of its id."""
    return "development" if sha256(case_id.encode()).digest()[0] % 2 == 0 else "held_out"
