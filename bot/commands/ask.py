"""clausewise ask: a question answered with its quotes."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import (
    BatchOption,
    DataOption,
    HistoryOption,
    JsonOption,
    OnOption,
    PolicyOption,
    RegionOption,
    check_usage,
    settings_for,
)
from bot.commands.parts import loading_assistant, warm_assistant

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.answering.asking import Asking
    from bot.answering.explanation import Explanation


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(show_default=False, help="What is asked.")] = None,
    data: DataOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    history: HistoryOption = None,
    region: RegionOption = None,
    policy: PolicyOption = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Also show every attempt: what was found, read, dropped and why."),
    ] = False,
) -> None:
    """Answer a question, every statement with the clause it stands on."""
    from bot.answer import Answer, Question
    from bot.answering.asking import check_policies

    check_usage(question, batch, beside=(region, policy, history))
    if batch is not None and explain:
        raise typer.BadParameter("--explain explains one question, not a batch")
    settings = settings_for(data, on)

    def answered(assistant: "Asking", asked: Question) -> Answer:
        check_policies(asked, assistant.catalog)
        return assistant.ask(asked)

    if batch is not None:
        from bot.commands.batch import BatchAnswer, run_batch

        warm = warm_assistant(context, settings)
        run_batch(batch, settings, lambda asked, line_id: BatchAnswer.to(line_id, answered(warm, asked)))
        return
    asked = Question(
        text=question or "",
        on=settings.day_of_asking(),
        history=tuple(history or ()),
        region=region,
        policy_ids=frozenset(policy or ()),
    )
    with loading_assistant(context, settings) as assistant:
        answer = answered(assistant, asked)
        explanation = assistant.explained(asked) if explain else None
    _write(answer, explanation, as_json=as_json)


def _write(answer: "Answer", explanation: "Explanation | None", *, as_json: bool) -> None:
    from bot.commands.output import terminal, write_json

    if as_json:
        from bot.api.schemas import AnswerBody

        body = AnswerBody.of(answer)
        if explanation is not None:
            from bot.api.explanation_schemas import ExplainedAnswerBody, ExplanationBody

            body = ExplainedAnswerBody(**dict(body), explanation=ExplanationBody.of(explanation))
        write_json(body)
    elif explanation is not None:
        from bot.commands.answers import shown
        from bot.commands.explanations import explained

        terminal().print(shown(answer))
        terminal().print(explained(explanation))
    else:
        from bot.commands.answers import shown

        terminal().print(shown(answer))
