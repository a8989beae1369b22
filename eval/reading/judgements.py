"""Fits what a question is judged by before anything is looked up: `make judgements`.

The marked questions stand beside this file: kinds.tsv has the kinds of a question (several with commas)
and the question; follow_ups.tsv has 1 or 0, the question before and the question, 1 if it leans on it.
The question before is for whoever marks: a question is judged by its own words.
What is out of scope and what follows another is told by the questions of the reader too.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import numpy
import typer
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import KFold, cross_val_predict  # type: ignore[import-untyped]
from sklearn.preprocessing import normalize  # type: ignore[import-untyped]

from bot.question.judging import LIKELY, Judgement, runs_of
from bot.question.simplified import in_one_form
from bot.settings import Settings
from eval.reading.sources import off_topic
from vectorstore.embedders.bundled import BundledEmbedder

_HERE = Path(__file__).parent
_JUDGEMENTS = Path("bot/data/judgements.json")
# What the product calls the kinds of the table that it has an answer of its own for.
NAMES = {
    "members": "members",
    "document_validity": "validity",
    "document_data": "metadata",
    "who": "duty",
    "unit_duties": "unit_duties",
    "off_topic": "out_of_scope",
}
FOLLOW_UP = "follow_up"
# Strength of the regularisation and weights of the two kinds of features, the best in cross-validation.
_STRENGTH, _VECTORS, _RUNS = 30.0, 3.0, 1.5
_LEAST_SEEN = 4  # questions that a run stands in
_FOLDS = 5
_SURE = 0.99
_DRAWN = 8  # of so many questions that stand by themselves one is taken
_DIGITS = 2

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A judgement with what it is worth on questions it was not fitted on."""

    judgement: Judgement
    found: int  # rightly
    missed: int
    wrong: int  # found though it does not hold


@app.command()
def judgements(
    output: Annotated[Path, typer.Option(help="Where the weights are written.")] = _JUDGEMENTS,
) -> None:
    """Fits every judgement and prints what it is worth in cross-validation."""
    embedder = BundledEmbedder(Settings().models_folder())
    embed = lru_cache(maxsize=None)(embedder.embed_query)
    table = {}
    for name, questions, holds in marked():
        fit = fitted(
            numpy.array([embed(each) for each in questions]), questions, holds, sure=name == "out_of_scope"
        )
        typer.echo(f"{name:13} found {fit.found:4}, missed {fit.missed:4}, wrongly found {fit.wrong:4}")
        table[name] = {
            "vector": [round(float(each), _DIGITS) for each in fit.judgement.vector],
            "runs": {run: each for run, exact in fit.judgement.runs.items() if (each := round(exact, 1))},
            "bias": round(fit.judgement.bias, _DIGITS),
            "bound": fit.judgement.bound,
        }
    written = {"embedder": embedder.fingerprint, "judgements": table}
    output.write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")


def marked() -> Iterator[tuple[str, Sequence[str], Sequence[bool]]]:
    """Each judgement with all questions that are marked for it, in Simplified characters."""
    kinds = [(set(kinds.split(",")), in_one_form(question)) for kinds, question in _rows("kinds.tsv")]
    others = list(_own_questions())
    for mark, name in NAMES.items():
        holds = [(question, mark in each) for each, question in kinds]
        if name == "out_of_scope":
            # What asks of policies in everyday words sounds like small talk; fragments are neither.
            holds = [(question, mark in each) for each, question in kinds if "chat" not in each]
            holds += [(in_one_form(example.question), True) for example in off_topic(_HERE / "off_topic.txt")]
            holds += [(question, False) for question, _ in others]
        yield name, [question for question, _ in holds], [each for _, each in holds]
    turns = [(in_one_form(question), mark == "1") for mark, _, question in _rows("follow_ups.tsv")]
    turns += [each for place, each in enumerate(others) if each[1] or place % _DRAWN == 0]
    yield FOLLOW_UP, [question for question, _ in turns], [leans for _, leans in turns]


def _own_questions() -> Iterator[tuple[str, bool]]:
    """The questions that the reader is trained on, with whether each follows another."""
    for line in (_HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield in_one_form(row["question"]), bool(row.get("history"))


def fitted(
    vectors: NDArray[numpy.float32], questions: Sequence[str], holds: Sequence[bool], *, sure: bool = False
) -> Fit:
    """Fitted on all questions, counted in cross-validation; `vectors` has the shape (questions, 384).

    If it must be `sure`, as what is refused without being looked for, it holds from the probability at
    which 99 of 100 are found rightly; else if it is more likely than not.
    """
    truth, middle = numpy.array(holds), vectors.mean(axis=0)
    counting = CountVectorizer(analyzer=runs_of, min_df=_LEAST_SEEN, binary=True)
    runs = normalize(counting.fit_transform(questions))
    features = hstack([csr_matrix((vectors - middle) * _VECTORS), runs * _RUNS]).tocsr()
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    folds = KFold(_FOLDS, shuffle=True, random_state=1)
    likely = cross_val_predict(model, features, truth, cv=folds, method="predict_proba")[:, 1]
    bound = _sure_from(likely, truth) if sure else LIKELY
    found = likely >= bound
    weights = model.fit(features, truth).coef_[0]
    vector = weights[: len(middle)] * _VECTORS
    names = counting.get_feature_names_out()
    judgement = Judgement(
        vector=vector,
        runs=dict(zip(names, (weights[len(middle) :] * _RUNS).tolist(), strict=True)),
        bias=float(model.intercept_[0] - vector @ middle),
        bound=bound,
    )
    return Fit(
        judgement=judgement,
        found=int((found & truth).sum()),
        missed=int((~found & truth).sum()),
        wrong=int((found & ~truth).sum()),
    )


def _sure_from(likely: NDArray[numpy.float64], truth: NDArray[numpy.bool_]) -> float:
    """The least probability from which on the share of what holds is that of `_SURE`."""
    order = numpy.argsort(-likely)
    right = numpy.cumsum(truth[order]) / numpy.arange(1, len(order) + 1)
    last = numpy.flatnonzero((right >= _SURE) & (likely[order] >= LIKELY))
    return round(float(likely[order][last[-1]]), 3) if len(last) else 1.0


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


if __name__ == "__main__":
    app()
