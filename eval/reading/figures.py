"""How well a reader ranks, doubts and marks on documents that training never saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eval.reading.groups import Group, Pair
from eval.rouge import rouge_l

# Question and pairs → how surely each answers, and the words that do.
Judge = Callable[[str, Sequence[Pair]], list[tuple[float, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a judge is worth: shares and areas under the ROC curve, 0 to 1; NaN if there is nothing to tell.

    `first`: the best passage answers. `present`: AUC of the best score of the passages of an answerable
    question against the best of the same passages without those that answer. `told_apart`: AUC of the best
    score of answerable against unanswerable questions. `twins`: of questions with one value exchanged, those
    whose clause is scored lower for them than for the question that it answers. `pairs`: AUC over pairs.
    `words`: ROUGE-L of the marked words.
    """

    questions: int
    first: float
    present: float
    told_apart: float
    twins: float
    pairs: float
    words: float


@dataclass(slots=True)
class _Counted:
    """What has been judged so far; lists of scores, and of what was right."""

    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    best_answerable: list[float] = field(default_factory=list)
    best_without: list[float] = field(default_factory=list)
    best_unanswerable: list[float] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    twins: list[bool] = field(default_factory=list)
    words: list[float] = field(default_factory=list)

    def count(self, group: Group, judge: Judge) -> None:
        """Asks the judge about a group."""
        question = group.pairs[0].question
        pairs = [pair for pair in group.pairs if pair.question == question]
        judged = judge(question, pairs)
        right = [score for (score, _), pair in zip(judged, pairs, strict=True) if pair.answers]
        wrong = [score for (score, _), pair in zip(judged, pairs, strict=True) if not pair.answers]
        self.right += right
        self.wrong += wrong
        if not right:
            self.best_unanswerable.append(max(wrong))
            return
        self.best_answerable.append(max(right + wrong))
        if wrong:
            self.best_without.append(max(wrong))
        self.first.append(not wrong or max(right) > max(wrong))
        self.words += [
            rouge_l(marked, pair.passage.text[slice(*pair.span)])
            for (_, marked), pair in zip(judged, pairs, strict=True)
            if pair.span is not None
        ]
        scores = {pair.passage: score for (score, _), pair in zip(judged, pairs, strict=True)}
        for twin in (pair for pair in group.pairs if pair.question != question):
            [(score, _)] = judge(twin.question, [twin])
            self.twins.append(score < scores[twin.passage])


def figures_of(groups: Sequence[Group], judge: Judge) -> Figures:
    """Asks the judge about every group."""
    counted = _Counted()
    for group in groups:
        counted.count(group, judge)
    return Figures(
        questions=len(groups),
        first=_mean(counted.first),
        present=area(counted.best_answerable, counted.best_without),
        told_apart=area(counted.best_answerable, counted.best_unanswerable),
        twins=_mean(counted.twins),
        pairs=area(counted.right, counted.wrong),
        words=_mean(counted.words),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def area(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The area under the ROC curve: how often a right one is scored above a wrong one."""
    if not right or not wrong:
        return float("nan")
    from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

    return float(roc_auc_score([1] * len(right) + [0] * len(wrong), [*right, *wrong]))
