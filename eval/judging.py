"""A chat model as judge of answers, and how far it agrees with answers that people judged.

Nothing is sent unless a run asks for it. A judge is only as good as its agreement with people: the
packaged judged answers (`eval/sets/judged/answers.jsonl`, on the fictional samples) are put to it first.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.answer import Question
from bot.settings import Settings
from eval.errors import JudgeError
from eval.results import Judgement, Result
from prompts.templates import load_phrases

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


class _Verdict(BaseModel):
    faithful: bool
    correct: bool
    reason: str = ""


class Put(BaseModel):
    """What is put to the judge."""

    question: str
    answer: str
    quotes: list[str]
    expected: list[list[str]] = []
    forbidden: list[str] = []


class Labelled(Put):
    """An answer that people judged."""

    id: str
    faithful: bool
    correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Shares of labelled answers on which judge and people agree; kappa leaves out agreement by chance."""

    answers: int
    without_verdict: int
    faithful: float
    faithful_kappa: float
    correct: float
    correct_kappa: float

    def told(self) -> str:
        """The agreement in a sentence."""
        return (
            f"the judge agrees with people on {self.answers} labelled answers: "
            f"faithfulness {self.faithful:.2f} (kappa {self.faithful_kappa:.2f}), "
            f"correctness {self.correct:.2f} (kappa {self.correct_kappa:.2f}); "
            f"without a verdict: {self.without_verdict}"
        )


class Judge:
    """Asks the chat model for a verdict; safe to share between threads."""

    def __init__(self, model: "BaseChatModel") -> None:
        """Takes the model that judges."""
        self._model = model
        self._prompt = load_phrases("judge.zh.md")
        self.without_verdict: list[str] = []

    def verdict(self, put: Put) -> Judgement | None:
        """What the judge says; None where its reply is no verdict."""
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith import tracing_context

        asked = self._prompt.say(
            "question",
            question=put.question,
            answer=put.answer,
            quotes="\n".join(f"[{place}] {quote}" for place, quote in enumerate(put.quotes, start=1)) or "无",
            expected="；".join("/".join(group) for group in put.expected) or "无",
            forbidden="；".join(put.forbidden) or "无",
        )
        with tracing_context(enabled=False):
            reply = self._model.invoke([SystemMessage(self._prompt.say("system")), HumanMessage(asked)])
        return _read(str(reply.text))

    def look(self, result: Result, question: Question) -> Result:
        """The result with the judge's verdict on an answered answer to an answerable case."""
        case, answer = result.case, result.answer
        if answer.outcome != "answered" or not case.answerable:
            return result
        found = self.verdict(
            Put(
                question=question.text,
                answer=answer.text,
                quotes=[citation.quote for citation in answer.citations],
                expected=[list(group) for group in case.expected],
                forbidden=list(case.forbidden),
            )
        )
        if found is None:
            self.without_verdict.append(case.id)
        return replace(result, judgement=found)


def open_judge(settings: Settings) -> Judge:
    """The chat model of the settings as judge; JudgeError where none is set."""
    from bot.composers.chat_model.opening import open_chat_model

    if not settings.chat_model.model:
        raise JudgeError("--judge: no chat model is set; set CLAUSEWISE_CHAT_MODEL__MODEL and its URL")
    return Judge(open_chat_model(settings.chat_model, proxy=settings.proxy))


def labelled_answers() -> tuple[Labelled, ...]:
    """The packaged answers that people judged."""
    text = resources.files("eval").joinpath("sets", "judged", "answers.jsonl").read_text("utf-8")
    kind = TypeAdapter(Labelled)
    return tuple(kind.validate_json(line) for line in text.split("\n") if line.strip())


def agreement(judge: Judge, labelled: Sequence[Labelled]) -> Agreement | None:
    """How far the judge agrees with people; None where it gave no verdict at all."""
    found = [(each, verdict) for each in labelled if (verdict := judge.verdict(each)) is not None]
    if not found:
        return None
    faithful = [(each.faithful, verdict.faithful) for each, verdict in found]
    correct = [(each.correct, verdict.correct) for each, verdict in found]
    return Agreement(
        answers=len(labelled),
        without_verdict=len(labelled) - len(found),
        faithful=_share(faithful),
        faithful_kappa=kappa(faithful),
        correct=_share(correct),
        correct_kappa=kappa(correct),
    )


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa of two raters; 1 where they agree on everything, 0 where they agree as by chance."""
    first = sum(each for each, _ in pairs) / len(pairs)
    second = sum(each for _, each in pairs) / len(pairs)
    by_chance = first * second + (1 - first) * (1 - second)
    return 1.0 if by_chance == 1 else (_share(pairs) - by_chance) / (1 - by_chance)


def _share(pairs: Sequence[tuple[bool, bool]]) -> float:
    return sum(first == second for first, second in pairs) / len(pairs)


def _read(reply: str) -> Judgement | None:
    match = _OBJECT.search(reply)
    try:
        verdict = _Verdict.model_validate(json.loads(match.group())) if match else None
    except (json.JSONDecodeError, ValidationError):
        return None
    if verdict is None:
        return None
    return Judgement(faithful=verdict.faithful, correct=verdict.correct, reason=verdict.reason[:300])
