"""What a document says of itself as one statement: number, issuers, dates, validity; or that it does not."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.relevance import Place
from bot.question.kinds import OF_DOCUMENTS
from bot.question.landscape import KnownPolicy
from bot.question.naming import calls
from ingest.dates import find_dates
from ingest.policy import Clause, Metadata, validity_on
from prompts.templates import Phrases

_REPEALS = re.compile(r"废止|停止执行|失效(?!日期|时间)")
_FROM_ISSUE = re.compile(r"自(?:发布|印发|公布|下发|发文)之日起[^，。；,;]{0,12}?(?:施行|实施|执行|生效)")
_LENGTH = re.compile(r"(?:有效期(?:限)?(?:为)?|暂定|试行期?)[^，。；,;]{1,8}(?:年|个月|日)")
_CLOSING = re.compile(
    r"自[^，。]{1,16}起(?:施行|实施|执行|生效)|负责解释|有效期(?:至|为|限|[一二三四五六七八九十\d])"
)
_IN_FORCE_FOR = re.compile(
    r"(?:施行|实施|执行|印发|发布|公布)[^。]{0,30}有效期|有效期[^。]{0,20}(?:自|从)|起(?:施行|实施|执行)[^。]{0,4}(?:暂定|试行)"
)
_ENOUGH_OF_TITLE = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One thing that a document says of itself, with where it is printed."""

    said: str
    quotes: tuple[Quote, ...] = ()
    known: bool = True  # or the phrase that the document does not say it


def compose_document(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """A statement a document that is meant: how long it holds and who issued it when, what is asked first."""
    return [_of_document(evidence, policy, phrases) for policy in documents_meant(evidence)]


def documents_meant(evidence: Evidence) -> list[KnownPolicy]:
    """The documents the question names, by title, number, region or the words of their title."""
    asked = evidence.understanding
    if repealing := [policy for policy in evidence.landscape.policies if _repealed_by(policy, evidence)]:
        return repealing
    meant = [policy for policy in evidence.landscape.policies if policy.policy_id in asked.policy_ids]
    pool = meant or list(evidence.landscape.policies)
    if len(pool) == 1 or not asked.topics:
        return pool if meant or len(pool) == 1 else []
    judged = [(_title_coverage(evidence, policy), policy) for policy in pool]
    best = max(coverage for coverage, _ in judged)
    if best < _ENOUGH_OF_TITLE:
        # Of several documents none is meant: the question is about a thing (有效期 of a certificate).
        return meant if len(meant) < 2 else []
    return [policy for coverage, policy in judged if coverage >= 0.9 * best]


def _title_coverage(evidence: Evidence, policy: KnownPolicy) -> float:
    return evidence.relevance.coverage(
        Place(passage=policy.metadata.title.lower(), heading="", clause="", path="")
    )


def _repealed_by(policy: KnownPolicy, evidence: Evidence) -> str | None:
    """What the policy prints of a document that it repeals, if the question calls that document; or None."""
    return next(
        (
            repealed
            for repealed in policy.metadata.repeals
            if any(calls(name, repealed) for name in evidence.understanding.documents_called)
        ),
        None,
    )


def _of_document(evidence: Evidence, policy: KnownPolicy, phrases: Phrases) -> DraftStatement:
    metadata, clauses = policy.metadata, evidence.library.clauses(policy.policy_id)
    repealed = _repealed_by(policy, evidence) if "validity" in evidence.understanding.kinds else None
    if repealed and (found := _repealing(clauses, repealed)):
        return _quoted(policy, found, phrases)
    holds = [
        _beginning(metadata, clauses, phrases),
        *_end(metadata, evidence.question.on, clauses, phrases),
    ]
    issued = [
        _number(metadata, clauses, phrases),
        *_issuers(metadata, clauses, phrases),
        *_days(metadata, clauses, phrases),
    ]
    asked = evidence.understanding
    first, further = (holds, issued) if asked.kind == "validity" else (issued, holds)
    # Of several things that are asked for at once one is often of the other sort.
    several = bool(asked.parts) or evidence.matters > 1 or set(asked.kinds) >= OF_DOCUMENTS
    told = [*first, *further] if several else first
    quotes = dict.fromkeys(quote for each in told for quote in each.quotes)
    said = "，".join(each.said for each in told)
    text = phrases.say("at", place=f"《{metadata.title}》", said=said)
    # Metadata is free of proof: the whole statement speaks of the document, not of its content.
    return DraftStatement(text=text, quotes=tuple(quotes) or (_nearest(clauses),), free=(text,))


def _number(metadata: Metadata, clauses: Sequence[Clause], phrases: Phrases) -> _Said:
    number = metadata.document_number
    if number is None:
        return _Said(said=phrases.say("no_document_number"), known=False)
    return _Said(
        said=phrases.say("document_number", number=number),
        quotes=(_word_quote(clauses, number) or _nearest(clauses),),
    )


def _issuers(metadata: Metadata, clauses: Sequence[Clause], phrases: Phrases) -> Iterator[_Said]:
    if metadata.issuers:
        quotes = [quote for name in metadata.issuers for quote in _present(_word_quote(clauses, name))]
        yield _Said(said=phrases.say("issued_by", issuers="、".join(metadata.issuers)), quotes=tuple(quotes))


def _days(metadata: Metadata, clauses: Sequence[Clause], phrases: Phrases) -> Iterator[_Said]:
    found = False
    for phrase, day in (("signed_on", metadata.signed_on), ("published_on", metadata.published_on)):
        if day is not None and (quote := _date_quote(clauses, day, ())):
            found = True
            yield _Said(said=phrases.say(phrase, day=_printed_day(day)), quotes=(quote,))
    signature = next((clause for clause in clauses if clause.locator.startswith("落款日期")), None)
    if metadata.signed_on is None and signature is not None:
        found = True
        quote = Quote(clause=signature, start=signature.start, end=signature.end)
        yield _Said(said=phrases.say("signed_as_printed", day=signature.text), quotes=(quote,))
    if not found:
        yield _Said(said=phrases.say("no_date"), known=False)


def _beginning(metadata: Metadata, clauses: Sequence[Clause], phrases: Phrases) -> _Said:
    """From when the document holds: the printed day, the day computed from words, or that none is stated."""
    if metadata.effective_on is not None:
        day = _printed_day(metadata.effective_on)
        if quote := _date_quote(clauses, metadata.effective_on, ("施行", "实施", "生效", "执行")):
            return _Said(said=phrases.say("effective_on", day=day), quotes=(quote,))
        for clause in clauses:
            if said := _FROM_ISSUE.search(clause.text):
                place = Quote(clause=clause, start=clause.start + said.start(), end=clause.start + said.end())
                return _Said(
                    said=phrases.say("effective_computed", printed=said.group(), day=day), quotes=(place,)
                )
    return _Said(said=phrases.say("no_beginning"), known=False)


def _end(metadata: Metadata, day: date, clauses: Sequence[Clause], phrases: Phrases) -> Iterator[_Said]:
    """Until when it holds, and whether it does on the day of asking."""
    if metadata.expires_with:
        quotes = _present(_word_quote(clauses, metadata.expires_with))
        yield _Said(said=phrases.say("expires_with", printed=metadata.expires_with), quotes=quotes)
    elif metadata.expires_on is None:
        yield _Said(said=phrases.say("no_validity"), known=False)
    else:
        until, quote = _printed_day(metadata.expires_on), _end_quote(metadata.expires_on, clauses)
        printed = _LENGTH.search(_words_of(quote)) if quote else None
        said = phrases.say("expires_on", day=until)
        if metadata.expiry_is_computed and printed:
            said = phrases.say("expires_computed", printed=printed.group(0), day=until)
        yield _Said(said=said, quotes=_present(quote))
        yield _Said(said=_state(metadata, day, phrases))
        return
    if validity_on(metadata, day) in ("repealed", "not_yet"):
        yield _Said(said=_state(metadata, day, phrases))


def _end_quote(expires_on: date, clauses: Sequence[Clause]) -> Quote | None:
    return _date_quote(clauses, expires_on, ("有效", "施行", "截止", "为止")) or _find(
        clauses, lambda text: match.span() if (match := _IN_FORCE_FOR.search(text)) else None
    )


def _words_of(quote: Quote) -> str:
    return quote.clause.text[quote.start - quote.clause.start : quote.end - quote.clause.start]


def _state(metadata: Metadata, day: date, phrases: Phrases) -> str:
    state = validity_on(metadata, day)
    if state == "repealed":
        return phrases.say("repealed")
    name = {"expired": "state_expired", "not_yet": "state_not_yet"}.get(state, "state_in_force")
    return phrases.say(name, day=_printed_day(day))


def _repealing(clauses: Sequence[Clause], name: str) -> Quote | None:
    for clause in clauses:
        said = "".join(clause.text.split())
        if clause.kind != "meta" and _REPEALS.search(said) and "".join(name.split()) in said:
            return Quote(clause=clause, start=clause.start, end=clause.end)
    return None


def _quoted(policy: KnownPolicy, quote: Quote, phrases: Phrases) -> DraftStatement:
    said = _words_of(quote).strip()
    return DraftStatement(
        text=phrases.say("at", place=policy.place, said=said),
        quotes=(quote,),
        claims=(said,),
        free=(policy.place,),
    )


def _present(quote: Quote | None) -> tuple[Quote, ...]:
    return (quote,) if quote else ()


def _find(clauses: Sequence[Clause], fits: Callable[[str], tuple[int, int] | None]) -> Quote | None:
    for clause in clauses:
        span = fits(clause.text)
        if span:
            start, end = _line_around(clause.text, *span)
            return Quote(clause=clause, start=clause.start + start, end=clause.start + end)
    return None


def _line_around(text: str, start: int, end: int) -> tuple[int, int]:
    # A date or number is quoted with the sentence that says what it is.
    left = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    ends = [found for mark in "。；\n" if (found := text.find(mark, end)) >= 0]
    return left, min(ends, default=len(text))


def _word_quote(clauses: Sequence[Clause], word: str) -> Quote | None:
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(word.split()))))
    return _find(clauses, lambda text: match.span() if (match := pattern.search(text)) else None)


def _date_quote(clauses: Sequence[Clause], day: date, near: Sequence[str]) -> Quote | None:
    def fits(text: str) -> tuple[int, int] | None:
        for found in find_dates(text):
            around = text[max(0, found.start - 40) : found.end + 40]
            if found.day == day and (not near or any(word in around for word in near)):
                return found.start, found.end
        return None

    return _find(clauses, fits)


def _nearest(clauses: Sequence[Clause]) -> Quote:
    """Where a document would say it: its closing provision, else the notice that issues it, or its title."""
    closing = next((clause for clause in reversed(clauses) if _CLOSING.search(clause.text)), None)
    notice = next((clause for clause in clauses if clause.locator.startswith("通知")), None)
    signature = next((clause for clause in clauses if clause.locator.startswith("落款日期")), None)
    title = next((clause for clause in clauses if clause.kind == "title"), clauses[0])
    found = closing or notice or signature or title
    return Quote(clause=found, start=found.start, end=found.end)


def _printed_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
