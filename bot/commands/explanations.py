"""An explanation as a table in the terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.answering.explanation import Explanation
from bot.api.schemas import AnswerBody

_WORDS = 40


class ExplainedBody(AnswerBody):
    """The answer as JSON, with what was read for it."""

    explanation: Explanation


def explained(explanation: Explanation) -> RenderableType:
    """How the question was read, then every clause that was, the likeliest first."""
    read = Text(f"\n{explanation.question}  kind: {', '.join(explanation.kinds)}", style="bold")
    for name, values in (
        ("region", explanation.regions),
        ("year", explanation.years),
        ("document", explanation.documents),
    ):
        if values:
            read.append(f"  {name}: {', '.join(values)}")
    table = Table(box=None, padding=(0, 1))
    for heading in ("probability", "reader", "search", "words", "fact", "clause", "answering words", ""):
        table.add_column(heading, no_wrap=heading not in ("clause", "answering words"))
    for clause in explanation.clauses:
        table.add_row(
            f"{clause.probability:.3f}",
            f"{clause.answers:.3f}",
            f"{clause.retrieved:.2f}",
            f"{clause.coverage:.2f}",
            f"{clause.fact:.0f}",
            f"《{clause.document}》{clause.locator}",
            " ".join(clause.words.split())[:_WORDS],
            clause.dropped_by or ("answers" if clause.answering else ""),
        )
    bounds = f"enough {explanation.enough}, near {explanation.near}, reader {explanation.reader}"
    return Group(read, table, Text(bounds, style="dim"))
