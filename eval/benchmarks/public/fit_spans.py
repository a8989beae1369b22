"""python -m eval.benchmarks.public.fit_spans: fits the weights of `bot/data/spans.toml` on the ncp set.

The right notice given, the model is to choose the span with the highest ROUGE-L against the gold
answer; it is fitted on the notices whose id hashes to an even number and reported on the others.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.composers.extractive.spans import feature_names, span_model, spans
from bot.settings import Settings
from bot.wiring import open_assistant
from eval.benchmarks.public.ncp import NcpCase, ncp_cases
from eval.rouge import rouge_l

Matrix = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]
Numbers = numpy.ndarray[tuple[int], numpy.dtype[numpy.float64]]
_STEPS, _RATE, _DECAY = 300, 0.05, 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The spans of one question: features, shape (spans, features), and the ROUGE-L of each."""

    features: Matrix
    rouge: Numbers
    fitted_on: bool


def is_fitted_on(document: str) -> bool:
    """Whether the notice belongs to the half that the weights are fitted on."""
    return sha256(document.encode()).digest()[0] % 2 == 0


def fit(examples: Sequence[Example]) -> Numbers:
    """The weights that give the highest expected ROUGE-L of a span drawn by softmax; Adam, fixed steps."""
    every = numpy.concatenate([example.features for example in examples])
    spread = every.std(axis=0)
    spread[spread < 1e-9] = 1.0
    scaled = [(example.features / spread, example.rouge) for example in examples]
    weights = numpy.zeros(every.shape[1])
    first, second = numpy.zeros_like(weights), numpy.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        gradient = -_DECAY * weights
        for features, rouge in scaled:
            scores = features @ weights
            drawn = numpy.exp(scores - scores.max())
            drawn /= drawn.sum()
            gradient += (drawn * (rouge - drawn @ rouge)) @ features / len(scaled)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights += _RATE * (first / (1 - 0.9**step)) / (numpy.sqrt(second / (1 - 0.999**step)) + 1e-8)
    found: Numbers = weights / spread
    return found


def example_of(case: NcpCase, assistant: Assistant, question: Question) -> Example | None:
    """The spans of the right notice; None where retrieval does not find it."""
    evidence = assistant.evidence(question)
    passages = [
        passage
        for passage in evidence.sentence_passages()
        if Path(evidence.policy(passage.clause).source).stem == case.document
    ]
    found = spans(evidence, passages, span_model().forms)
    if not found:
        return None
    return Example(
        features=numpy.array([span.features for span in found], dtype=numpy.float64),
        rouge=numpy.array([rouge_l(span.text, case.answer) for span in found]),
        fitted_on=is_fitted_on(case.document),
    )


def mean_rouge(examples: Sequence[Example], weights: Numbers) -> float:
    """The mean ROUGE-L of the spans that the weights choose."""
    return float(numpy.mean([each.rouge[int(numpy.argmax(each.features @ weights))] for each in examples]))


def with_weights(text: str, weights: Sequence[float]) -> str:
    """The text of spans.toml with these weights."""
    lines = [
        f"{name} = {weight:.4f}"
        for name, weight in zip(feature_names(span_model().forms), weights, strict=True)
        if abs(weight) >= 0.00005
    ]
    return re.sub(r"(?<=\n\[weights\]\n).*", "", text, flags=re.DOTALL) + "\n".join(lines) + "\n"


def main() -> None:
    """Fits, reports and, with --write, writes the packaged file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data folder of the ncp notices")
    parser.add_argument("--write", action="store_true", help="write the weights into bot/data/spans.toml")
    given = parser.parse_args()
    settings = Settings(data=given.data)
    assistant = open_assistant(settings)
    on = settings.day_of_asking()
    found = [
        example_of(case, assistant, Question(text=case.question, on=on))
        for case in ncp_cases(settings.shared)
    ]
    examples = [example for example in found if example is not None]
    half = [example for example in examples if example.fitted_on]
    others = [example for example in examples if not example.fitted_on]
    weights = fit(half)
    print(f"fitted on {len(half)}: {mean_rouge(half, weights):.3f}; other {len(others)}: ", end="")
    print(f"{mean_rouge(others, weights):.3f}")
    if given.write:
        path = Path(str(resources.files("bot").joinpath("data/spans.toml")))
        path.write_text(with_weights(path.read_text("utf-8"), weights.tolist()), "utf-8")


if __name__ == "__main__":
    main()
