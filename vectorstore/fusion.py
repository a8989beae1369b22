"""Reciprocal rank fusion: several ranked lists become one."""

from collections.abc import Sequence

# Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet (SIGIR 2009) found 60.
RANK_CONSTANT = 60


def fuse(
    rankings: Sequence[Sequence[str]],
    *,
    weights: Sequence[float] | None = None,
    rank_constant: int = RANK_CONSTANT,
) -> list[tuple[str, float]]:
    """Ids with their fused scores, best first: the sum of weight / (rank_constant + rank), ranks from 1.

    An id counts once a ranking, at its best rank. Equal scores stand in the order of ids, so that the
    result depends on no order of the rankings.
    """
    scores: dict[str, list[float]] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, each in enumerate(dict.fromkeys(ranking), start=1):
            scores.setdefault(each, []).append(weight / (rank_constant + rank))
    # Sorted addends: floating-point sums then do not depend on the order of the rankings either.
    summed = {each: sum(sorted(parts)) for each, parts in scores.items()}
    return sorted(summed.items(), key=lambda pair: (-pair[1], pair[0]))
