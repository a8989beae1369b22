"""How much, which target, until when: the smallest quoted piece that gives the value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.choosing import (
    ENOUGH,
    ENOUGH_FOR_VALUES,
    ENOUGH_WITHOUT_MEASURE,
    choose,
)
from bot.composers.extractive.content import compose_content
from bot.composers.extractive.pieces import shortest_piece
from bot.composers.extractive.rows import ASKS_PRESENT, is_indicator_row, row_statement
from bot.composers.extractive.whole_clause import whole_clause
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage, place_of
from ingest.numerals import find_quantities
from ingest.policy import Fact, FactKind
from prompts.templates import Phrases

_MONEY = re.compile(
    r"[\d０-９一二三四五六七八九十百千万亿两]+\s*(?:多|余)?\s*(?:万|亿|千|百)?\s*元|[\d.]+\s*[%％]|百分之"
    r"|不予[^，。；]{0,6}(?:补|奖|资)|(?:补助|补贴|奖励|资助)(?:的)?(?:标准|办法)[^，。；]{0,24}(?:制定|确定|执行)"
    r"|(?:给予|予以|享受|提供)[^，。；]{0,12}(?:奖励|补助|补贴|资助|奖补|配套|扶持|支持)"
)
_GRANT = re.compile(r"补|奖|贴|资助|扶持|资金")
_ASKS_GRANT = re.compile(r"奖|补|贴|资助")
# A year is no target.
_NUMBER = re.compile(
    r"[\d０-９一二三四五六七八九十百千万两半]\s*(?:[%％‰倍成]|[百千万亿]*(?:元|家|个|名|人|项|件|户|次|条|亩|吨|座|栋|处|所|场|期|支|台|套|辆|张|只|公里|平方|小时|天|分|级|种|批|类|\+|以上|左右))"
    r"|百分之|[一二三四五六七八九十两]+(?:个|家|名|项|倍|成)"
)
_TIME = re.compile(
    r"[\d０-９一二三四五六七八九十]+\s*(?:年|月|日|天|个工作日|季度|小时|周)|[每按](?:年|月|季|周)|期限|之日起"
)
_NEEDED = {"amount": _MONEY, "target": _NUMBER, "deadline": _TIME}
# What an answer must not leave out, and the phrase that adds it.
_DETAILS: Mapping[FactKind, Mapping[str, str]] = {
    "benefit": {
        "cap": "benefit_cap",
        "condition": "benefit_condition",
        "times": "benefit_times",
        "payer": "benefit_payer",
    },
    "deadline": {"rule": "deadline_rule"},
}
_FACT_BONUS = {"benefit": 0.25, "target": 0.1, "deadline": 0.15}
_OWN_WORDS = 0.5
_SHORT_NAME, _NAMED_WHOLE = 3, 0.75
_WORTH_OF_CLOSENESS, _WORTH_OF_TABLE = 0.1, 0.5
_MEASURE = re.compile(r"(?:多少|几)\s*([家个名人项件条亩栋座场次])(?![亿万])|([家])数")
_SAME_MEASURES = ("家户个", "名人位", "项个件条", "座栋处个", "场次期")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def compose_amounts(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Amounts offered: benefits on the topic and sentences on it that offer money."""
    return _compose(evidence, "benefit", _MONEY, phrases)


def compose_leave(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Whether an offer may be had (能不能一起领): sentences on it that name no amount."""
    if not evidence.understanding.yes_or_no:
        return []
    return compose_content(evidence, phrases, enough=ENOUGH_WITHOUT_MEASURE)


def compose_targets(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Targets and other figures: targets on the topic and sentences on it that hold a number."""
    return _compose(evidence, "target", _NUMBER, phrases)


def compose_deadlines(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Deadlines on the topic and sentences on it that hold a time."""
    return _compose(evidence, "deadline", _TIME, phrases)


def compose_measured(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """The best sentences that show the measure asked for (几次, 几成), where no fact of the kind does.

    Without a measure in the question they have to fit better and to hold a value of the kind asked for.
    """
    asked = evidence.understanding
    needed = next((_NEEDED[kind] for kind in asked.kinds if kind in _NEEDED), _NUMBER)
    asks_grant = "amount" in asked.kinds and _ASKS_GRANT.search(asked.text)

    def fits(passage: Passage) -> bool:
        if not of_the_years(evidence, passage):
            return False
        if asks_grant and _GRANT.search(passage.text) is None:
            return False
        return bool(asked.forms) or needed.search(passage.said(passage.start, passage.end)) is not None

    return compose_content(
        evidence, phrases, fits=fits, enough=ENOUGH if asked.forms else ENOUGH_WITHOUT_MEASURE
    )


def _compose(
    evidence: Evidence, kind: FactKind, needed: re.Pattern[str], phrases: Phrases
) -> list[DraftStatement]:
    # A fact states its value; a sentence that only holds a number has to fit better to be chosen.
    facts = [
        replace(_sure_of_its_indicator(evidence, passage), score=_worth(evidence, passage, kind))
        for passage in evidence.fact_passages(kind)
    ]
    asks_grant = kind == "benefit" and _ASKS_GRANT.search(evidence.understanding.text)
    also = _GRANT if asks_grant else needed
    sentences = [
        passage
        for passage in evidence.sentence_passages()
        if needed.search(passage.said(passage.start, passage.end)) and also.search(passage.text)
    ]
    both = sorted((*facts, *sentences), key=lambda passage: passage.score, reverse=True)
    chosen = choose(
        evidence,
        both,
        per_policy=4 if kind == "target" else 3,
        enough=ENOUGH_FOR_VALUES,
        fits=lambda passage: (
            of_the_years(evidence, passage)
            and (kind != "target" or (_names_it(evidence, passage) and _in_the_measure(evidence, passage)))
        ),
    )
    return [
        _statement(evidence, passage, needed, phrases) for passage in _with_tiers(evidence, chosen, facts)
    ]


def _sure_of_its_indicator(evidence: Evidence, passage: Passage) -> Passage:
    # A question that names the indicator whole asks for it, whatever else it says.
    indicators = [fact.value("indicator") for fact in passage.facts]
    named = any(len(name) > _SHORT_NAME and name in evidence.understanding.text for name in indicators)
    return replace(passage, confidence=max(passage.confidence, _NAMED_WHOLE)) if named else passage


def _same_indicator(one: Passage, other: Passage) -> bool:
    indicators = {fact.value("indicator") for fact in other.facts} - {""}
    return bool(indicators & {fact.value("indicator") for fact in one.facts})


def _worth(evidence: Evidence, passage: Passage, kind: FactKind) -> float:
    if kind != "target":
        return passage.score + _FACT_BONUS[kind]
    # The main targets stand under general headings: what the indicator is called counts, not the heading.
    # What stands now stands in a table beside the target, and seldom anywhere else.
    in_table = bool(passage.clause.cells) and ASKS_PRESENT.search(evidence.question.text) is not None
    return (
        passage.score
        + _FACT_BONUS[kind]
        + _WORTH_OF_CLOSENESS * _closeness(evidence, passage)
        + _WORTH_OF_TABLE * in_table
    )


def _closeness(evidence: Evidence, passage: Passage) -> float:
    """The share of an indicator that the question names: what it asks for, rather than a ratio of it."""
    return max((_named_share(evidence, fact.value("indicator")) for fact in passage.facts), default=0.0)


def _named_share(evidence: Evidence, indicator: str) -> float:
    named = sum(
        max((len(words) for words in phrase.alternatives if words in indicator), default=0)
        for phrase in evidence.relevance.phrases
    )
    return min(1.0, named / len(indicator)) if indicator else 0.0


def _with_tiers(evidence: Evidence, chosen: Sequence[Passage], facts: Sequence[Passage]) -> list[Passage]:
    """The chosen passages, each followed by the further tiers of its offer: those that name no applicant."""
    found: list[Passage] = []
    for passage in chosen:
        found.append(passage)
        beside = sorted(
            (each for each in facts if each.clause == passage.clause), key=lambda each: each.start
        )
        found.extend(each for each in beside if _same_indicator(each, passage))
        following = [each for each in beside if each.start >= passage.end]
        for tier in following if passage.facts else ():
            if any(fact.kind != "benefit" or fact.value("applicant") for fact in tier.facts):
                break
            found.append(tier)
    return list(dict.fromkeys(found))


def _names_it(evidence: Evidence, passage: Passage) -> bool:
    # A target is of the indicator it names itself, not of the one its clause is about.
    own = place_of(passage.clause, passage.start, passage.end, title="")
    indicators = "".join(fact.value("indicator") for fact in passage.facts)
    title = evidence.policy(passage.clause).metadata.title
    alone = replace(own, passage=own.passage + indicators, heading="", clause="", path=title)
    return evidence.relevance.coverage(alone) >= _OWN_WORDS


def _in_the_measure(evidence: Evidence, passage: Passage) -> bool:
    # 多少家 is answered in 家, not in per cent; a table states its unit elsewhere.
    asked = _MEASURE.search(evidence.understanding.text)
    if asked is None or passage.clause.cells:
        return True
    measure = asked.group(1) or asked.group(2)
    if measure == "个":
        return True
    same = next((group for group in _SAME_MEASURES if measure in group), measure)
    return re.search(rf"[\d一二三四五六七八九十百千万亿两]\s*[{same}]", passage.text) is not None


def of_the_years(evidence: Evidence, passage: Passage) -> bool:
    """Whether the passage, or the document as a whole, is about the years asked about.

    What a clause without a year offers or demands holds in the year its document was made.
    """
    title = evidence.policy(passage.clause).metadata.title
    headers = "".join(cell.header for cell in passage.clause.cells)
    own = passage.text + headers + "".join(fact.value("year") for fact in passage.facts)
    # A year the title gives is the year of the whole document; a passage without a year takes its clause's.
    if not _YEAR.search(own):
        own += passage.clause.text
    if not _YEAR.search(own) and "target" not in evidence.understanding.kinds:
        metadata = evidence.policy(passage.clause).metadata
        made_on = metadata.effective_on or metadata.signed_on or metadata.published_on
        own += str(made_on.year) if made_on else ""
    return all(year in own or year in title for year in evidence.understanding.years)


def _statement(
    evidence: Evidence, passage: Passage, needed: re.Pattern[str], phrases: Phrases
) -> DraftStatement:
    if is_indicator_row(passage.clause):
        return row_statement(evidence, passage, phrases)
    if passage.facts:
        return fact_statement(evidence, passage, phrases)
    forms = evidence.understanding.forms
    start, end = whole_clause(evidence, passage) or shortest_piece(
        evidence.relevance,
        passage,
        lambda piece: (
            needed.search(piece) is not None and (not forms or any(form.search(piece) for form in forms))
        ),
    )
    place = evidence.policy(passage.clause).place
    said = passage.said(start, end)
    if needed is _MONEY and not find_quantities(said):
        said = phrases.say("without_figure", said=said)
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=(Quote(clause=passage.clause, start=min(start, passage.start), end=max(end, passage.end)),),
        claims=(passage.said(start, end),),
        free=(place,),
    )


def fact_statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    """The piece that gives the value of the passage's first fact, and what must not be left out of it."""
    fact, passage = _asked_for(evidence, passage)
    said = _piece_around(evidence, passage, fact)
    details = _details(fact, said, phrases)
    place = evidence.policy(passage.clause).place
    year = fact.value("year")
    if _YEAR.search(year) and year not in said:
        said = phrases.say("of_year", year=year, said=said)
    begins, ends = _with_fields(passage, fact, said + details)
    return DraftStatement(
        text=phrases.say("at", place=place, said=phrases.say("benefit", said=said, details=details)),
        quotes=(Quote(clause=passage.clause, start=begins, end=ends),),
        free=(place,),
    )


def _asked_for(evidence: Evidence, passage: Passage) -> tuple[Fact, Passage]:
    """The fact that the question names, and its own stretch where others of the passage are not named."""
    shares = {fact: _named_share(evidence, fact.value("indicator")) for fact in passage.facts}
    named = [fact for fact, share in shares.items() if share]
    spans = [
        (field.start, field.end)
        for fact in named
        for field in fact.fields
        if field.name in ("indicator", "value") and field.start is not None and field.end is not None
    ]
    if not named or len(named) == len(passage.facts) or not spans:
        return passage.facts[0], passage
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    if not passage.start <= start < end <= passage.end:
        return named[0], passage
    return named[0], replace(passage, start=start, end=end)


def _with_fields(passage: Passage, fact: Fact, said: str) -> tuple[int, int]:
    """The passage widened to the fields that are said and stand beside it, such as the year before it."""
    clause = passage.clause
    spans = [
        (field.start, field.end)
        for field in fact.fields
        if field.start is not None and field.end is not None and field.value in said
    ]
    inside = [(start, end) for start, end in spans if clause.start <= start and end <= clause.end]
    return min([passage.start, *(start for start, _ in inside)]), max(
        [passage.end, *(end for _, end in inside)]
    )


def _piece_around(evidence: Evidence, passage: Passage, fact: Fact) -> str:
    text = passage.said(passage.start, passage.end)
    if len(text) <= 100:
        return text
    value = fact.value("amount") or fact.value("value") or fact.value("rule")
    start, end = shortest_piece(evidence.relevance, passage, lambda piece: value in piece)
    return passage.said(start, end)


def _details(fact: Fact, said: str, phrases: Phrases) -> str:
    names = _DETAILS.get(fact.kind, {})
    return "".join(
        phrases.say(phrase, **{name: fact.value(name)})
        for name, phrase in names.items()
        if fact.value(name) and fact.value(name) not in said
    )
