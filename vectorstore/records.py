"""Values of ingest.policy as the text of a catalog column, and back."""

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from ingest.policy import Clause, Deletion, Fact, Metadata, Policy, SourceSegment

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFrame:
    """A policy without its text, its clauses and its facts, which have columns and tables of their own."""

    source: str
    source_sha256: str
    metadata: Metadata
    source_map: tuple[SourceSegment, ...]
    deletions: tuple[Deletion, ...]
    warnings: tuple[str, ...]


def frame_of(policy: Policy) -> PolicyFrame:
    """What is kept of the policy beside text, clauses and facts."""
    return PolicyFrame(
        source=policy.source,
        source_sha256=policy.source_sha256,
        metadata=policy.metadata,
        source_map=policy.source_map,
        deletions=policy.deletions,
        warnings=policy.warnings,
    )


def policy_of(
    policy_id: str, frame: PolicyFrame, text: str, clauses: tuple[Clause, ...], facts: tuple[Fact, ...]
) -> Policy:
    """The policy put together again."""
    return Policy(
        policy_id=policy_id,
        source=frame.source,
        source_sha256=frame.source_sha256,
        metadata=frame.metadata,
        text=text,
        source_map=frame.source_map,
        deletions=frame.deletions,
        clauses=clauses,
        facts=facts,
        warnings=frame.warnings,
    )


def written(value: PolicyFrame | Clause | Fact) -> str:
    """The value as JSON, defaults left out."""
    return _adapters()[type(value).__name__].dump_json(value, exclude_defaults=True).decode()


def read(kind: type[_Record], text: str) -> _Record:
    """The value `written` made this JSON of; ValueError for anything else."""
    return cast(_Record, _adapters()[kind.__name__].validate_json(text))


@cache
def _adapters() -> dict[str, TypeAdapter[Any]]:
    return {
        "PolicyFrame": TypeAdapter(PolicyFrame),
        "Clause": TypeAdapter(Clause),
        "Fact": TypeAdapter(Fact),
    }
