"""How well a reader ranks, doubts and marks on documents that training never saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.reading.groups import Group, Pair
from eval.rouge import rouge_l

# Question and pairs → how surely each answers, and the words that do.
Judge = Callable[[str, Sequence[Pair]], list[tuple[float, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`first`: the best passage answers. `told_apart`: AUC of the best score of answerable against
    unanswerable questions. `pairs`: AUC over pairs. `words`: ROUGE-L of the marked words."""

    questions: int
    first: float
    told_apart: float
    pairs: float
    words: float


def figures_of(groups: Sequence[Group], judge: Judge) -> Figures:
    """Asks the judge about every group."""
    first, words, right, wrong, best_answerable, best_not = [], [], [], [], [], []
    for group in groups:
        pairs = [pair for pair in group.pairs if pair.question == group.pairs[0].question]
        judged = judge(pairs[0].question, pairs)
        scores = [score for score, _ in judged]
        best = max(range(len(pairs)), key=scores.__getitem__)
        right += [score for score, pair in zip(scores, pairs, strict=True) if pair.answers]
        wrong += [score for score, pair in zip(scores, pairs, strict=True) if not pair.answers]
        if any(pair.answers for pair in pairs):
            first.append(pairs[best].answers)
            best_answerable.append(scores[best])
            words += [
                rouge_l(marked, pair.passage.text[slice(*pair.span)])
                for (_, marked), pair in zip(judged, pairs, strict=True)
                if pair.span is not None
            ]
        else:
            best_not.append(scores[best])
    return Figures(
        questions=len(groups),
        first=sum(first) / max(len(first), 1),
        told_apart=area(best_answerable, best_not),
        pairs=area(right, wrong),
        words=sum(words) / max(len(words), 1),
    )


def area(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The area under the ROC curve: how often a right one is scored above a wrong one."""
    if not right or not wrong:
        return float("nan")
    from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

    return float(roc_auc_score([1] * len(right) + [0] * len(wrong), [*right, *wrong]))
