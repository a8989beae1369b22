"""clausewise search: the clauses nearest to a question."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import (
    BatchOption,
    DataOption,
    JsonOption,
    OnOption,
    PolicyOption,
    RegionOption,
    check_usage,
    settings_for,
)
from bot.commands.parts import warm_assistant

if TYPE_CHECKING:
    from bot.api.schemas import SearchBody


def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(show_default=False, help="What is looked for.")] = None,
    data: DataOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="K", help="How many clauses.")] = 10,
    region: RegionOption = None,
    policy: PolicyOption = None,
) -> None:
    """Find the clauses nearest to a question, without composing an answer."""
    from bot.answer import Question
    from bot.answering.asking import check_policies
    from bot.api.schemas import SearchBody
    from bot.commands.batch import LineId, run_batch
    from bot.commands.output import write_json

    check_usage(question, batch, beside=(region, policy))
    settings = settings_for(data, on)
    assistant = warm_assistant(context, settings)

    def found(asked: Question, line_id: LineId = None) -> SearchBody:
        check_policies(asked, assistant.catalog)
        clauses = assistant.search(asked, limit=limit)
        return SearchBody.of(asked.text, clauses, assistant.catalog, line_id=line_id)

    if batch is not None:
        run_batch(batch, settings, found)
        return
    body = found(
        Question(
            text=question or "",
            on=settings.day_of_asking(),
            region=region,
            policy_ids=frozenset(policy or ()),
        )
    )
    if as_json:
        write_json(body)
    else:
        _print(body)


def _print(body: "SearchBody") -> None:
    from rich.text import Text

    from bot.commands.answers import indented, reference
    from bot.commands.output import terminal

    console = terminal()
    for result in body.results:
        place = Text.assemble(
            (f"{result.rank:2}. ", "bold cyan"),
            (reference(result.policy_title, result.document_number), "cyan"),
            (f" {result.locator}", "bold"),
            (f"  {result.score:.4f}  {result.clause_id}", "bright_black"),
        )
        console.print(place, indented(result.text), Text(), sep="\n")
