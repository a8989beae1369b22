"""One file per kind of fact: each names its KIND and extracts facts from the clauses of a policy."""

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from ingest.instructions import orders_from
from ingest.policy import Clause, Fact, FactKind


class FactModule(Protocol):
    """What every module of this folder offers."""

    KIND: FactKind

    def extract(self, clauses: tuple[Clause, ...]) -> Iterator[Fact]:
        """The facts of this kind that the clauses state."""


def extract(clauses: tuple[Clause, ...], policy_id: str) -> tuple[Fact, ...]:
    """All facts that the clauses state, in the order of the text, with their ids."""
    found = [
        fact
        for name in _names()
        for fact in cast(FactModule, import_module(f"{__name__}.{name}")).extract(clauses)
    ]
    found.sort(key=lambda fact: (fact.start, fact.end))
    texts = {clause.clause_id: clause for clause in clauses}
    unique = [fact for fact in dict.fromkeys(found) if not _is_ordered(fact, texts[fact.clause_id])]
    return tuple(replace(fact, fact_id=f"{policy_id}.f{number}") for number, fact in enumerate(unique))


def _is_ordered(fact: Fact, clause: Clause) -> bool:
    """Whether the fact comes from words that speak to a program: nobody has that duty."""
    return fact.end > clause.start + orders_from(clause.text)


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
