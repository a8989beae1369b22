"""How much, which target, until when: the smallest quoted piece that gives the value."""

import re
from collections.abc import Callable

from bot.composers.extractive.choosing import choose
from bot.composers.extractive.pieces import shortest_piece
from bot.draft import DraftStatement, Quote
from bot.evidence import Evidence, Passage
from ingest.policy import Fact, FactKind
from prompts.templates import Phrases

_MONEY = re.compile(
    r"[\d０-９一二三四五六七八九十百千万亿两]+\s*(?:多|余)?\s*(?:万|亿|千|百)?\s*元|[\d.]+\s*[%％]|百分之"
)
_NUMBER = re.compile(r"[\d０-９]|百分之|[一二三四五六七八九十两]+(?:个|家|名|项|倍|成)")
_TIME = re.compile(
    r"[\d０-９一二三四五六七八九十]+\s*(?:年|月|日|天|个工作日|季度|小时|周)|每(?:年|月|季|周)|期限|之日起"
)
_FACT_ENOUGH = 0.6


def compose_amounts(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Amounts offered: the benefits on the topic, else sentences on it that hold an amount."""
    return _compose(evidence, "benefit", _MONEY, phrases)


def compose_targets(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Targets and other figures: the targets on the topic, else sentences on it that hold a number."""
    return _compose(evidence, "target", _NUMBER, phrases)


def compose_deadlines(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Deadlines on the topic, else sentences on it that hold a time."""
    return _compose(evidence, "deadline", _TIME, phrases)


def _compose(
    evidence: Evidence, kind: FactKind, needed: re.Pattern[str], phrases: Phrases
) -> list[DraftStatement]:
    years = evidence.understanding.years

    def fits(passage: Passage) -> bool:
        return all(year in passage.text or year in passage.clause.text for year in years)

    facts = choose(evidence, evidence.fact_passages(kind), enough=_FACT_ENOUGH, fits=fits)
    sentences = choose(
        evidence,
        evidence.sentence_passages(),
        fits=lambda passage: fits(passage) and bool(needed.search(passage.text)),
    )
    # A fact is preferred to a sentence that is about as good; a clearly better sentence wins.
    if facts and (not sentences or facts[0].score >= 0.9 * sentences[0].score):
        return [_fact_statement(evidence, passage, phrases) for passage in facts]
    return [_sentence_statement(evidence, passage, needed.search, phrases) for passage in sentences]


def _fact_statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    fact = passage.facts[0]
    if passage.clause.cells:
        return _row_statement(evidence, passage, phrases)
    details = _details(fact, passage, phrases)
    said = phrases.say("benefit", said=passage.text.strip("，。；;, \n"), details=details)
    place = evidence.policy(passage.clause).place
    outside = [
        field
        for field in fact.fields
        if field.start is not None and not passage.start <= field.start < passage.end
    ]
    quotes = [Quote(clause=passage.clause, start=passage.start, end=passage.end)]
    quotes += [
        Quote(clause=passage.clause, start=field.start, end=field.end)
        for field in outside
        if field.start is not None and field.end is not None and field.value in details
    ]
    return DraftStatement(text=phrases.say("at", place=place, said=said), quotes=tuple(quotes), free=(place,))


def _details(fact: Fact, passage: Passage, phrases: Phrases) -> str:
    if fact.kind != "benefit":
        return ""
    names = {
        "cap": "benefit_cap",
        "condition": "benefit_condition",
        "times": "benefit_times",
        "payer": "benefit_payer",
    }
    return "".join(
        phrases.say(phrase, **{name: fact.value(name)})
        for name, phrase in names.items()
        if fact.value(name) and fact.value(name) not in passage.text
    )


def _row_statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    clause = passage.clause
    place = evidence.policy(clause).place
    indicator = next((fact.value("indicator") for fact in passage.facts if fact.value("indicator")), "")
    years = evidence.understanding.years
    cells = [
        cell
        for cell in clause.cells
        if cell.value and cell.value != indicator and clause.start <= cell.start < clause.end
    ]
    shown = [cell for cell in cells if not years or any(year in cell.header for year in years)] or cells
    unit = next((cell for cell in cells if cell.header == "单位"), None)
    values = [
        f"{cell.header}{cell.value}" for cell in (*shown, *((unit,) if unit and unit not in shown else ()))
    ]
    headers = tuple(cell.header for cell in clause.cells if cell.header)
    return DraftStatement(
        text=phrases.say(
            "at", place=place, said=phrases.say("table_value", indicator=indicator, values="，".join(values))
        ),
        quotes=(Quote(clause=clause, start=clause.start, end=clause.end),),
        claims=(indicator, *(cell.value for cell in shown)),
        # Column headers stand in the table's head, above the quoted row.
        free=(place, *headers),
    )


def _sentence_statement(
    evidence: Evidence, passage: Passage, needed: Callable[[str], object], phrases: Phrases
) -> DraftStatement:
    start, end = shortest_piece(evidence.relevance, passage, needed)
    place = evidence.policy(passage.clause).place
    said = passage.clause.text[start - passage.clause.start : end - passage.clause.start].strip(
        "，。；;, \n\t"
    )
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=(Quote(clause=passage.clause, start=passage.start, end=passage.end),),
        claims=(said,),
        free=(place,),
    )
