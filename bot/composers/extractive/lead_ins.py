"""What announces an item belongs to what is said of it: 享受3级待遇的，标准如下：(一)…"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.relevance import Place
from ingest.policy import Clause
from prompts.templates import Phrases

_TURNS_THE_SENSE = re.compile(r"不得|不予|不能|不纳入|不享受|禁止|违反|处罚|解除|终止|取消|撤销|失信")
_MARKS = " \n\t：:"
_LONGEST = 80  # characters; what is longer states something itself


def with_lead_ins(
    evidence: Evidence, statements: Sequence[DraftStatement], phrases: Phrases
) -> list[DraftStatement]:
    """The statements, those of an item with what announces it where the question asks for that too."""
    quoted = {quote.clause.clause_id for said in statements for quote in said.quotes}
    return [_with_lead_in(evidence, said, quoted, phrases) for said in statements]


def _with_lead_in(
    evidence: Evidence, statement: DraftStatement, quoted: set[str], phrases: Phrases
) -> DraftStatement:
    clause = statement.quotes[0].clause
    place = evidence.policy(clause).place
    above = _announcing(evidence, clause)
    if above is None or above.clause_id in quoted or not statement.text.startswith(place):
        return statement
    lead = above.text.removeprefix(above.number).strip(_MARKS)
    if len(lead) > _LONGEST or not _adds(evidence, lead, clause):
        return statement
    rest = statement.text.removeprefix(phrases.say("at", place=place, said=""))
    said = phrases.say("under_lead_in", lead=lead, said=rest)
    start = above.start + above.text.index(lead)
    return replace(
        statement,
        text=phrases.say("at", place=place, said=said),
        quotes=(*statement.quotes, Quote(clause=above, start=start, end=start + len(lead))),
        claims=(*statement.claims, lead),
    )


def _adds(evidence: Evidence, lead: str, clause: Clause) -> bool:
    """Whether the lead-in turns the sense of the item, or holds more of what the question asks."""
    if _TURNS_THE_SENSE.search(lead):
        return True
    alone, both = (
        evidence.relevance.coverage(Place(passage=text.lower(), heading="", clause="", path=""))
        for text in (clause.text, lead + clause.text)
    )
    return both > alone


def _announcing(evidence: Evidence, clause: Clause) -> Clause | None:
    if clause.kind != "item" or not clause.path or not clause.path[-1].endswith(("：", ":")):
        return None
    return evidence.clauses_of(clause.policy_id).get(clause.parent_id or "")
