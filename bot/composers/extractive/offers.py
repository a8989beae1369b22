"""Everything that the documents meant offer, where a list is asked for."""

import re

from bot.composers.draft import DraftStatement
from bot.composers.extractive.values import fact_statement, of_the_years
from bot.evidence.evidence import Evidence
from bot.evidence.fit import place_of
from prompts.templates import Phrases

_ASKS_LIST = re.compile(
    r"哪些|哪几|都有|列(?:全|出|一下|举)|全部|所有|有(?:什么|啥)|一览|清单|汇总|梳理|盘点|几[条种项类]|分别"
)
_ENOUGH_OF_TOPIC = 0.5


def compose_offers(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Every benefit of the documents meant that is on the topic, in their order.

    Empty where neither a list is asked for nor everything, and where no document is meant.
    """
    asked = evidence.understanding
    everything = not asked.topics and not evidence.relevance.certain
    meant = sorted(asked.policy_ids)
    if not meant or not (everything or _ASKS_LIST.search(asked.text)):
        return []
    passages = [
        evidence.passage_of(evidence.clauses_of(fact.policy_id)[fact.clause_id], fact)
        for fact in evidence.library.facts(kind="benefit", policy_ids=meant)
    ]
    offered = [
        passage
        for passage in passages
        if everything
        or evidence.relevance.coverage(
            place_of(
                passage.clause,
                passage.clause.start,
                passage.clause.end,
                title=evidence.policy(passage.clause).title,
            )
        )
        >= _ENOUGH_OF_TOPIC
    ]
    return [fact_statement(evidence, each, phrases) for each in offered if of_the_years(evidence, each)]
