"""What a clause says: the sentences that cover the question best."""

from bot.composers.extractive.choosing import choose
from bot.composers.extractive.pieces import shortest_piece
from bot.draft import DraftStatement, Quote
from bot.evidence import Evidence, Passage
from prompts.templates import Phrases

_TOO_LONG = 160


def compose_content(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """The best sentences of each document that answers, as printed."""
    passages = [
        passage
        for passage in evidence.sentence_passages()
        if passage.clause.kind not in ("heading", "title", "meta")
    ]
    chosen = choose(evidence, passages, per_policy=2, near=0.95)
    return [_statement(evidence, passage, phrases) for passage in chosen]


def _statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    start, end = passage.start, passage.end
    if end - start > _TOO_LONG:
        start, end = shortest_piece(evidence.relevance, passage)
    place = evidence.policy(passage.clause).place
    said = passage.clause.text[start - passage.clause.start : end - passage.clause.start].strip()
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=(Quote(clause=passage.clause, start=passage.start, end=passage.end),),
        claims=(said,),
        free=(place,),
    )
