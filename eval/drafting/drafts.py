"""Drafts of cases from what is read of a document: its facts, its metadata and its clauses.

What the program reads may be wrong, so that a draft is a proposal: a person looks at the clause first.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from eval.cases import Case, Kind
from eval.drafting.questions import asked_of_clause, asked_of_duties, asked_of_fact, asked_of_metadata
from eval.evidence import evidence_at
from eval.spans import span_of
from ingest.errors import IngestError
from ingest.input_files import listed
from ingest.parse import parse
from ingest.policy import Fact, Policy
from ingest.source import SourceDocument


def drafts_of(folder: Path) -> Iterator[Case]:
    """Drafts from every readable document of the folder, evidence named by its path below the folder."""
    for file in listed([folder]):
        if not file.known or file.problem is not None or not file.path.is_file():
            continue
        try:
            document = file.read()
            policies = parse(document)
        except IngestError:
            # What cannot be read has nothing to ask about; `clausewise docs check` says why.
            continue
        name = file.path.relative_to(folder).as_posix()
        for policy in policies:
            yield from _of_policy(name, document, policy)


def spread(drafts: Sequence[Case], limit: int) -> list[Case]:
    """At most so many, taken in turn from each document and kind, so that no document outweighs others."""
    documents: dict[str, dict[Kind, list[Case]]] = {}
    for draft in drafts:
        documents.setdefault(draft.evidence[0].file, {}).setdefault(draft.kind, []).append(draft)
    # One kind of each document, then the next kind of each. Within a kind the hash in the id decides:
    # neither the first pages nor the last are favoured.
    turns = [
        sorted(group, key=lambda draft: draft.id)
        for row in zip_longest(*(kinds.values() for kinds in documents.values()))
        for group in row
        if group
    ]
    taken: list[Case] = []
    while len(taken) < limit and any(turns):
        for group in turns:
            if group and len(taken) < limit:
                taken.append(group.pop(0))
    return taken


def _of_policy(name: str, document: SourceDocument, policy: Policy) -> Iterator[Case]:
    duties: dict[tuple[str, int, int], list[Fact]] = {}
    for fact in policy.facts:
        if fact.kind == "duty":
            duties.setdefault((fact.clause_id, fact.start, fact.end), []).append(fact)
        elif asked := asked_of_fact(policy, fact):
            yield from _draft(name, document, policy, (fact.start, fact.end), asked)
    for (_, start, end), facts in duties.items():
        for asked in asked_of_duties(policy, facts):
            yield from _draft(name, document, policy, (start, end), asked)
    for span, asked in asked_of_metadata(policy):
        yield from _draft(name, document, policy, span, asked)
    with_facts = {fact.clause_id for fact in policy.facts}
    for clause in policy.clauses:
        if clause.clause_id not in with_facts and (of_clause := asked_of_clause(policy, clause)):
            yield from _draft(name, document, policy, (clause.start, clause.end), of_clause)


def _draft(
    name: str,
    document: SourceDocument,
    policy: Policy,
    span: tuple[int, int],
    asked: tuple[Kind, str, tuple[tuple[str, ...], ...]],
) -> Iterator[Case]:
    kind, question, expected = asked
    source = span_of(policy, *span)
    if source is None:
        return
    identity = sha256(f"{document.sha256} {source.start} {source.end} {kind} {question}".encode()).hexdigest()
    yield Case(
        id=f"{Path(name).stem}-{identity[:8]}",
        question=question,
        kind=kind,
        outcome="answered",
        expected=expected,
        evidence=(evidence_at(name, document, source.start, source.end),),
    )
