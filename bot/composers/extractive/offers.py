"""Everything that the documents meant offer, where a list is asked for."""

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage, place_of
from bot.scope import gives_other_years
from ingest.policy import Fact
from prompts.templates import Phrases

_ENOUGH_OF_TOPIC = 0.5
# What an offer must not leave out, and the phrase that adds it.
_DETAILS = {
    "cap": "benefit_cap",
    "condition": "benefit_condition",
    "times": "benefit_times",
    "payer": "benefit_payer",
}


def compose_offers(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Every benefit of the documents meant that is on the topic, in their order.

    Empty where neither a list is asked for nor everything, and where no document is meant.
    """
    asked = evidence.understanding
    everything = not asked.topics and not evidence.relevance.certain
    meant = sorted(asked.policy_ids)
    if not meant or not (everything or asked.asks_list):
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
    return [
        _statement(evidence, each, phrases)
        for each in offered
        if not gives_other_years(each.clause, evidence)
    ]


def _statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    """The piece that states the offer, and what of it stands elsewhere."""
    said, place = passage.said(passage.start, passage.end), evidence.policy(passage.clause).place
    details = _details(passage.facts[0], said, phrases)
    return DraftStatement(
        text=phrases.say("at", place=place, said=phrases.say("benefit", said=said, details=details)),
        quotes=(Quote(clause=passage.clause, start=passage.start, end=passage.end),),
        free=(place,),
    )


def _details(fact: Fact, said: str, phrases: Phrases) -> str:
    return "".join(
        phrases.say(phrase, **{name: fact.value(name)})
        for name, phrase in _DETAILS.items()
        if fact.value(name) and fact.value(name) not in said
    )
