"""A short clause told whole where a question asks for more than one thing: it may say them all."""

import re

from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage

_ASKING = re.compile(
    r"多少|多大|多久|多长|哪(?:几|一)?(?!怕)|(?<![哪这近前后好过])几(?![乎十百])|什么时候|谁|怎么(?!样)"
    r"|[，。？]\S{2,8}呢"
)
_SHORT = 220  # characters


def whole_clause(evidence: Evidence, passage: Passage) -> tuple[int, int] | None:
    """Offsets of the passage's clause where more than one word asks and the clause is short."""
    clause = passage.clause
    asks_more = len(_ASKING.findall(evidence.question.text)) > 1
    is_short = clause.kind != "row" and clause.end - clause.start <= _SHORT
    if evidence.relevance.certain or not (asks_more and is_short):
        return None
    return clause.start, clause.end
