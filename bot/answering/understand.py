"""The first step: what a question asks, read against what the documents name now."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answering.attempt import Asked, Attempt
from bot.errors import NoDocumentsError, UnknownRegionError
from bot.question.landscape import Landscape
from bot.question.understanding import Understander

_REGIONS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Understand:
    """Understands the question of an attempt."""

    understander: Understander
    landscape: Callable[[], Landscape]

    def __call__(self, attempt: Attempt) -> Asked:
        """The attempt with its question understood; raises NoDocumentsError and UnknownRegionError."""
        landscape, question = self.landscape(), attempt.question
        if not landscape.policies:
            raise NoDocumentsError(
                "the data folder holds no document; add some with: clausewise ingest PATH…"
            )
        if question.region and not landscape.in_region(question.region):
            known = "、".join(sorted(landscape.full_regions)[:_REGIONS_NAMED]) or "none"
            raise UnknownRegionError(f"no document is of {question.region!r}; expected one of: {known}")
        understanding = self.understander.understand(question, landscape)
        if attempt.first_part and understanding.leans_on_history:
            understanding = understanding.read_after(attempt.first_part)
        if attempt.within:
            understanding = replace(understanding, policy_ids=attempt.within)
        return Asked(attempt=attempt, understanding=understanding, landscape=landscape)
