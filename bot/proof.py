"""The only door through which an Answer leaves: what a statement asserts must stand in its quotes.

A statement passes when each of its quotes is the policy text at its offsets, each of its claims
occurs in a quote, and every unit name, number, amount and date in its wording occurs in a quote,
literally or by a rule of `ingest.numerals` or `ingest.units`; one in a model's own words passes the
checks of `bot.composers.chat_model.wording` as well. What fails is not said.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Answer, Citation, Outcome, Related, Statement
from bot.composers.chat_model.wording import Fault, Quoted, fault_in
from bot.composers.draft import Draft, DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.question.kinds import ASKS_NOTHING
from ingest import numerals, units
from ingest.policy import Metadata, Policy, validity_on
from prompts.templates import Phrases

_BLANK = re.compile(r"\s+")
_NUMERALS = "零〇一二三四五六七八九十百千两"
_COUNT = re.compile(r"(?:共|另有|等)\s*\d+\s*(?:项|条|个|处|份)(?:单位)?|(?:牵头|配合|责任|联合)\s*\d+\s*项")
_SNIPPET_LENGTH = 60
_LIST_LENGTH, _FACT_LENGTH = 1500, 450
_RESERVE = 40  # for what counts the lines that are left out, and line breaks


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenStatement:
    """A statement that passed, with its quotes."""

    draft: DraftStatement
    quotes: tuple[tuple[Quote, str], ...]


def fault_of(statement: DraftStatement, evidence: Evidence, policies: Mapping[str, Policy]) -> Fault | None:
    """What keeps the statement from being said; None where it passes.

    `policies` holds the stored policy of every quote by its id.
    """
    quoted = [_verbatim(quote, policies) for quote in statement.quotes]
    if not quoted or not all(quoted):
        return "quote"
    if fault := _fault_in(statement, quoted):
        return fault
    if not statement.worded:
        return None
    told = [
        _told(quote, text, evidence, policies) for quote, text in zip(statement.quotes, quoted, strict=True)
    ]
    return fault_in(_without_free(statement), told, evidence.understanding.text)


def holds(statement: DraftStatement, quoted: Sequence[str]) -> bool:
    """Whether every claim, quantity and unit of the statement stands in these quotes."""
    return _fault_in(statement, quoted) is None


def stand_in(said: str, quoted: Sequence[str]) -> bool:
    """Whether every quantity and unit of these words stands in the quotes, literally or by a rule."""
    return _quantities_hold(said, quoted, _fold("\n".join(quoted))) and _units_hold(
        said, quoted, _fold("\n".join(quoted))
    )


def _fault_in(statement: DraftStatement, quoted: Sequence[str]) -> Fault | None:
    evidence = _fold("\n".join(quoted))
    if not all(_fold(claim) in evidence for claim in statement.claims):
        return "quote"
    said = _COUNT.sub(" ", _without_free(statement))
    if not _quantities_hold(said, quoted, evidence):
        return "quantity"
    return None if _units_hold(said, quoted, evidence) else "unit"


def _without_free(statement: DraftStatement) -> str:
    said = statement.text
    for stretch in sorted(filter(None, statement.free), key=len, reverse=True):
        said = said.replace(stretch, " ")
    return said


def _verbatim(quote: Quote, policies: Mapping[str, Policy]) -> str:
    """The policy text at the offsets of the quote; empty where quote, clause and policy do not agree."""
    policy = policies.get(quote.clause.policy_id)
    if policy is None or policy.text[quote.clause.start : quote.clause.end] != quote.clause.text:
        return ""
    return policy.text[quote.start : quote.end]


def _told(quote: Quote, text: str, evidence: Evidence, policies: Mapping[str, Policy]) -> Quoted:
    metadata = policies[quote.clause.policy_id].metadata
    facts = evidence.facts.get(quote.clause.clause_id, ())
    return Quoted(
        text=text,
        duties=tuple(fact for fact in facts if fact.kind == "duty"),
        title=metadata.title,
        number=metadata.document_number or "",
        region=metadata.region or "",
    )


def _quantities_hold(said: str, quoted: Sequence[str], evidence: str) -> bool:
    known = [quantity for text in quoted for quantity in numerals.find_quantities(text)]
    return all(
        _stands_in(_fold(quantity.printed), evidence)
        or any(numerals.same_quantity(quantity, other) for other in known)
        for quantity in numerals.find_quantities(said)
    )


def _stands_in(printed: str, evidence: str) -> bool:
    """Whether the quantity stands there whole: 5万元 does not stand in 15万元."""
    digit = r"\d.," if printed[:1].isdigit() else _NUMERALS if printed[:1] in _NUMERALS else ""
    before = rf"(?<![{digit}])" if digit else ""
    after = r"(?![\d.])" if printed[-1:].isdigit() else ""
    return re.search(before + re.escape(printed) + after, evidence) is not None


def _units_hold(said: str, quoted: Sequence[str], evidence: str) -> bool:
    known = [mention.name for text in quoted for mention in units.find_units(text)]
    return all(
        _fold(mention.name) in evidence or any(units.same_unit(mention.name, name) for name in known)
        for mention in units.find_units(said)
    )


def prove(draft: Draft, evidence: Evidence, policies: dict[str, Policy], phrases: Phrases) -> Answer:
    """The answer made of the statements that pass; without one of them, an honest `no_evidence`.

    `policies` holds the stored policy of every quote by its id; `milliseconds` is left at 0 for
    the chain to fill.
    """
    proven = [
        ProvenStatement(
            draft=statement,
            quotes=tuple((quote, _verbatim(quote, policies)) for quote in statement.quotes),
        )
        for statement in draft.statements
        if fault_of(statement, evidence, policies) is None
    ]
    outcome: Outcome = draft.outcome
    opening = draft.opening
    if draft.statements and not proven:
        outcome, opening = "no_evidence", phrases.say("no_evidence")
    citations, statements = _number(proven, evidence, policies)
    notices = (*draft.notices, *_notices(citations, evidence, policies, phrases))
    return Answer(
        question=evidence.question.text,
        outcome=outcome,
        text=_joined(opening, statements, notices, phrases),
        statements=statements,
        citations=citations,
        notices=notices,
        related=_related(draft, evidence),
        choices=draft.choices,
        composer=draft.composer,
        milliseconds=0,
        asks_nothing=evidence.understanding.kind in ASKS_NOTHING,
    )


def _number(
    proven: Sequence[ProvenStatement], evidence: Evidence, policies: dict[str, Policy]
) -> tuple[tuple[Citation, ...], tuple[Statement, ...]]:
    markers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    statements = []
    for statement in proven:
        used = []
        for quote, text in statement.quotes:
            key = (quote.clause.policy_id, quote.start, quote.end)
            if key not in markers:
                markers[key] = len(markers) + 1
                citations.append(_citation(markers[key], quote, text, evidence, policies))
            used.append(markers[key])
        statements.append(Statement(text=statement.draft.text, citations=tuple(dict.fromkeys(used))))
    return tuple(citations), tuple(statements)


def _citation(
    marker: int, quote: Quote, text: str, evidence: Evidence, policies: dict[str, Policy]
) -> Citation:
    policy = policies[quote.clause.policy_id]
    answer_start, answer_end = _direct_within(quote) or (None, None)
    return Citation(
        marker=marker,
        policy_id=policy.policy_id,
        policy_title=policy.metadata.title,
        document_number=policy.metadata.document_number,
        region=policy.metadata.region,
        source=policy.source,
        clause_id=quote.clause.clause_id,
        locator=quote.clause.locator,
        quote=text,
        start=quote.start,
        end=quote.end,
        validity=validity_on(policy.metadata, evidence.question.on),
        expires_on=policy.metadata.expires_on,
        answer_start=answer_start,
        answer_end=answer_end,
    )


def _direct_within(quote: Quote) -> tuple[int, int] | None:
    """The words of the quote that answer; None if they are not known or do not lie in the quote."""
    if quote.direct is None:
        return None
    first, last = quote.direct
    return quote.direct if quote.start <= first < last <= quote.end else None


def _notices(
    citations: Sequence[Citation], evidence: Evidence, policies: dict[str, Policy], phrases: Phrases
) -> tuple[str, ...]:
    notices = [
        phrases.say("notice_corrected", typed=slip.typed, read=slip.read)
        for slip in evidence.understanding.corrections
    ]
    for policy_id in dict.fromkeys(citation.policy_id for citation in citations):
        metadata = policies[policy_id].metadata
        notices += _doubts(metadata, phrases)
        state = validity_on(metadata, evidence.question.on)
        if state == "expired" and metadata.expires_on:
            notices.append(
                phrases.say("notice_expired", title=metadata.title, day=metadata.expires_on.isoformat())
            )
        elif state == "repealed":
            by = metadata.repealed_by
            said = phrases.say("notice_repealed_by", title=metadata.title, by=by) if by else None
            notices.append(said or phrases.say("notice_repealed", title=metadata.title))
        elif state == "not_yet":
            begins = metadata.effective_on
            notices.append(
                phrases.say("notice_not_yet", title=metadata.title, day=begins.isoformat())
                if begins
                else phrases.say("notice_not_issued", title=metadata.title)
            )
    return tuple(notices)


def _doubts(metadata: Metadata, phrases: Phrases) -> Iterator[str]:
    """What the asker has to find out himself about a document: whether it is whole, and how long it holds."""
    if metadata.truncated:
        yield phrases.say("notice_truncated", title=metadata.title)
    if metadata.expires_with:
        yield phrases.say("notice_expires_with", title=metadata.title, printed=metadata.expires_with)
    if metadata.expires_on_page and metadata.expires_on:
        yield phrases.say(
            "notice_other_expiry",
            title=metadata.title,
            day=metadata.expires_on.isoformat(),
            page=metadata.expires_on_page.isoformat(),
        )


def _joined(opening: str, statements: Sequence[Statement], notices: Sequence[str], phrases: Phrases) -> str:
    # One statement leaves no line out.
    limit = _LIST_LENGTH - _RESERVE if len(statements) > 1 else _FACT_LENGTH
    lines = [opening] if opening else []
    shown = 0
    for statement in statements:
        markers = "".join(f"[{marker}]" for marker in statement.citations)
        room = limit - len(markers) - sum(len(line) + 1 for line in (*lines, *notices))
        cut = not shown and len(statement.text) > room
        line = (statement.text[: max(0, room - 1)] + "…" if cut else statement.text) + markers
        if shown and sum(map(len, lines)) + len(line) > limit - sum(map(len, notices)):
            break
        lines.append(line)
        shown += 1
    if shown < len(statements):
        lines.append(phrases.say("more", count=len(statements) - shown))
    return "\n".join([*notices, *lines])


def _related(draft: Draft, evidence: Evidence) -> tuple[Related, ...]:
    return tuple(
        Related(
            clause_id=clause.clause_id,
            locator=clause.locator,
            snippet=clause.text[:_SNIPPET_LENGTH],
            policy_title=evidence.policy(clause).metadata.title,
            validity=validity_on(evidence.policy(clause).metadata, evidence.question.on),
            expires_on=evidence.policy(clause).metadata.expires_on,
        )
        for clause in draft.related
    )


def _fold(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))
