"""Documents for people to read in a terminal: a table of all, a tree of one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from bot.api.policy_schemas import PolicyLine
from bot.commands.answers import reference, validity_text
from ingest.policy import Clause, Fact, FactKind, Policy

_COLOURS: Mapping[FactKind, str] = {
    "duty": "cyan",
    "benefit": "green",
    "target": "magenta",
    "deadline": "yellow",
    "member": "blue",
}
_SHOWN_CHARACTERS = 60


def policy_table(policies: Iterable[PolicyLine]) -> Table:
    """One line a policy."""
    table = Table("id", "document", "region", "validity", box=None, pad_edge=False)
    for heading in ("clauses", "facts"):
        table.add_column(heading, justify="right")
    table.add_column("file")
    table.columns[0].no_wrap = True
    for policy in policies:
        table.add_row(
            policy.policy_id,
            Text(reference(policy.title, policy.document_number)),
            Text(policy.region or ""),
            validity_text(policy.validity),
            str(policy.clause_count),
            str(policy.fact_count),
            Text(policy.source),
        )
    return table


def policy_tree(policy: Policy, day: date) -> Tree:
    """The clauses below their headings, each with the facts it states in the colour of their kind."""
    heading = Text.assemble(
        (reference(policy.metadata.title, policy.metadata.document_number), "bold"),
        f"  {policy.policy_id}  ",
        validity_text(policy.validity_on(day)),
    )
    tree = Tree(heading, guide_style="bright_black")
    branches: dict[str, Tree] = {}
    for clause in policy.clauses:
        above = branches.get(clause.parent_id or "", tree)
        branch = branches[clause.clause_id] = above.add(_clause_line(clause))
        for line in _fact_lines(clause, policy.facts):
            branch.add(line)
    return tree


def _clause_line(clause: Clause) -> Text:
    text = " ".join(clause.text.split())
    shown = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    style = "bold" if clause.kind in ("title", "heading") else ""
    return Text.assemble((f"{clause.locator}  ", "bright_black"), (shown, style))


def _fact_lines(clause: Clause, facts: Iterable[Fact]) -> Iterator[Text]:
    for fact in facts:
        if fact.clause_id == clause.clause_id:
            fields = "  ".join(f"{field.name}={field.value}" for field in fact.fields if field.value)
            yield Text.assemble(
                (f"{fact.kind} ", f"bold {_COLOURS[fact.kind]}"), (fields, _COLOURS[fact.kind])
            )
