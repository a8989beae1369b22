"""clausewise docs: the documents in the index, and what parsing a file would give."""

from typing import Annotated

import typer

from bot.commands.checking import check
from bot.commands.options import DataOption, JsonOption, OnOption, settings_for
from bot.commands.parts import parts_of

docs = typer.Typer(help="The documents in the index.", no_args_is_help=True)
_PolicyId = Annotated[str, typer.Argument(metavar="ID", help="As `docs list` shows it.")]


@docs.command("list")
def list_policies(
    context: typer.Context, data: DataOption = None, on: OnOption = None, as_json: JsonOption = False
) -> None:
    """List the documents."""
    from bot.api.policy_schemas import PolicyList
    from bot.commands.documents import policy_table
    from bot.commands.output import aside, terminal, write_json

    settings = settings_for(data, on)
    with parts_of(context).catalog(settings) as catalog:
        found = PolicyList.of(catalog.policies(), settings.day_of_asking())
    if as_json:
        write_json(found)
    elif found.policies:
        terminal().print(policy_table(found.policies))
    else:
        aside().print("no document yet; run: clausewise ingest PATH…")


@docs.command("show")
def show_policy(
    context: typer.Context,
    policy_id: _PolicyId,
    data: DataOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the clauses of a document with the facts they state."""
    from bot.api.policy_schemas import PolicyBody
    from bot.commands.documents import policy_tree
    from bot.commands.output import terminal, write_json

    settings = settings_for(data, on)
    with parts_of(context).catalog(settings) as catalog:
        policy = catalog.policy(policy_id)
    if as_json:
        write_json(PolicyBody.of(policy, settings.day_of_asking()))
    else:
        terminal().print(policy_tree(policy, settings.day_of_asking()))


docs.command("check")(check)


@docs.command("remove")
def remove_policy(context: typer.Context, policy_id: _PolicyId, data: DataOption = None) -> None:
    """Remove a document from the index; its file stays."""
    from bot.commands.output import terminal

    settings, parts = settings_for(data), parts_of(context)
    with parts.catalog(settings) as catalog:
        titles = {each.policy_id: each.metadata.title for each in catalog.policies()}
    # Also if there is no such document: a removal that was killed may have left its vectors.
    parts.indexer(settings, None).remove_policy(policy_id)
    terminal().print(f"removed 《{titles[policy_id]}》 ({policy_id})", markup=False)
