"""Who interprets a document: 本办法由某某局负责解释."""

import re

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.documents import documents_meant
from bot.evidence.evidence import Evidence
from prompts.templates import Phrases

_ASKS = re.compile(r"解释(?!说明|一下)")
_INTERPRETS = re.compile(r"由[^。；\n]{2,60}?负责(?:本[\u4e00-\u9fff]{2,4}的?|政策|具体)?解释(?:工作)?")


def compose_interpreters(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Whom each document meant leaves its interpretation to; empty where the question asks something else."""
    if not _ASKS.search(evidence.question.text):
        return []
    return [
        DraftStatement(
            text=phrases.say("at", place=policy.place, said=said.group()),
            quotes=(Quote(clause=clause, start=clause.start + said.start(), end=clause.start + said.end()),),
            claims=(said.group(),),
            free=(policy.place,),
        )
        for policy in documents_meant(evidence)
        for clause in evidence.clauses_of(policy.policy_id).values()
        if (said := _INTERPRETS.search(clause.text))
    ]
