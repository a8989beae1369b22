"""Clause boundaries found against boundaries marked, as F1, and the locators of the clauses found.

A boundary is the place of the source text where a clause begins. Headers, titles and signatures may be
cut by line or by field, so boundaries inside a clause marked as one of these count neither way.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.spans import span_of
from eval.structure.gold import GoldClause
from ingest.policy import Policy

_LENIENT = frozenset({"meta", "title"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryTally:
    """The boundaries of one or more documents compared."""

    found: int
    expected: int
    hits: int
    locators_right: int  # of numbered clauses whose boundary was found
    locators_asked: int
    missed: tuple[str, ...] = ()  # locators of clauses whose boundary was not found
    wrong: tuple[str, ...] = ()  # locators of clauses where none was marked
    renamed: tuple[str, ...] = ()  # found → marked

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        total = self.found + self.expected
        return 2 * self.hits / total if total else None


def boundary_tally(policies: Sequence[Policy], source: str, marked: Sequence[GoldClause]) -> BoundaryTally:
    """The clauses of the policies of one file against those marked in it."""
    for gold in marked:
        gold.at.check(source)
    wanted = {gold.at.start: gold for gold in marked if gold.kind not in _LENIENT}
    found = {start: locator for start, locator in _starts(policies) if not _is_lenient(start, marked)}
    # A clause that people could also have cut otherwise is right when found and not missed.
    certain = {start for start, gold in wanted.items() if not gold.is_disputed}
    hits = found.keys() & wanted.keys()
    disputed = {start for start in found.keys() - wanted.keys() if _in_disputed(start, marked)}
    asked = {start for start in hits & certain if _is_numbered(wanted[start].locator)}
    renamed = {start for start in asked if _plain(found[start]) != _plain(wanted[start].locator)}
    return BoundaryTally(
        found=len(found) - len(disputed),
        expected=len(certain | hits),
        hits=len(hits),
        locators_right=len(asked) - len(renamed),
        locators_asked=len(asked),
        missed=tuple(wanted[start].locator for start in sorted(certain - hits)),
        wrong=tuple(found[start] for start in sorted(found.keys() - hits - disputed)),
        renamed=tuple(f"{found[start]} → {wanted[start].locator}" for start in sorted(renamed)),
    )


def joined(tallies: Iterable[BoundaryTally]) -> BoundaryTally:
    """The boundaries of all documents together."""
    every = list(tallies)
    return BoundaryTally(
        found=sum(each.found for each in every),
        expected=sum(each.expected for each in every),
        hits=sum(each.hits for each in every),
        locators_right=sum(each.locators_right for each in every),
        locators_asked=sum(each.locators_asked for each in every),
        missed=tuple(locator for each in every for locator in each.missed),
        wrong=tuple(locator for each in every for locator in each.wrong),
        renamed=tuple(pair for each in every for pair in each.renamed),
    )


def _starts(policies: Iterable[Policy]) -> Iterable[tuple[int, str]]:
    for policy in policies:
        for clause in policy.clauses:
            span = span_of(policy, clause.start, clause.end)
            if span is not None:
                yield span.start, clause.locator


def _is_lenient(start: int, marked: Sequence[GoldClause]) -> bool:
    return any(gold.kind in _LENIENT and gold.at.start <= start < gold.at.end for gold in marked)


def _in_disputed(start: int, marked: Sequence[GoldClause]) -> bool:
    return any(gold.is_disputed and gold.at.start <= start < gold.at.end for gold in marked)


def _is_numbered(locator: str) -> bool:
    return (
        any(character in "条、()." or character.isdecimal() for character in locator) and "段" not in locator
    )


def _plain(locator: str) -> str:
    return "".join(unicodedata.normalize("NFKC", locator).split())
