"""What a document says of itself: number, issuer, dates, validity; and that it does not say so."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.relevance import Place
from bot.question.landscape import KnownPolicy
from ingest.dates import find_dates
from ingest.policy import Clause, Metadata, validity_on
from prompts.templates import Phrases

_WANTS_NUMBER = re.compile(r"文号|字号|文件号|几号文|number", re.IGNORECASE)
_WANTS_ISSUER = re.compile(r"谁|单位|机关|机构|部门|哪里|who|by which", re.IGNORECASE)
_DATE_WORDS = {"signed_on": re.compile(r"成文|落款|签"), "published_on": re.compile(r"发布|公布|公开|挂网")}
_MADE = re.compile(r"制定|起草|编制")  # said of documents, and of what they have others make
_WANTS_DAY = re.compile(r"日期|时间|什么时候|何时|哪天|哪年|几月|几号(?!文)|落款|成文|when", re.IGNORECASE)
_WANTS_START = re.compile(
    r"(?:什么时候|何时|哪天|哪一天|几时|从何|日期|起)[^，。]{0,6}(?:施行|生效|实施|执行)|(?:施行|生效|实施|执行)(?:的)?(?:日期|时间|之日|了吗|没有)|生效|effective",
    re.IGNORECASE,
)
_WANTS_PUBLISHED = re.compile(r"发布|公布|出台|published|released", re.IGNORECASE)
_WANTS_MEETING = re.compile(r"会议")
_WANTS_STATE = re.compile(
    r"有效吗|还有效|是否有效|过期|失效|废止|还能用|还适用|作废|还在执行|in force|valid|still|到期",
    re.IGNORECASE,
)
_WANTS_REPEALED = re.compile(r"废止(?:了)?(?:哪|什么)|(?:哪|什么).{0,16}(?:废止|失效|作废)|取代|替代")
_REPEALS = re.compile(r"废止|停止执行|失效(?!日期|时间)")
_WANTS_END = re.compile(r"有效|多长|多久|到什么|到哪|到几|为止|到期|过期|期限")
_FROM_ISSUE = re.compile(r"自(?:发布|印发|公布|下发|发文)之日起[^，。；,;]{0,12}?(?:施行|实施|执行|生效)")
_LENGTH = re.compile(r"(?:有效期(?:限)?(?:为)?|暂定|试行期?)[^，。；,;]{1,8}(?:年|个月|日)")
_WANTS_BASIS = re.compile(r"(?:贯彻|依据|根据|落实|参照)(?:的)?(?:是|了)?.{0,8}(?:哪|什么)")
_BASIS = re.compile(r"(?:贯彻|依据|根据|按照|落实)[^。]{0,20}《[^。]*")
_TITLE = re.compile(r"《([^《》]{2,})》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,6}[〔\[（(]20\d{2}[〕\]）)]\s*\d{1,4}号")
_CLOSING = re.compile(
    r"自[^，。]{1,16}起(?:施行|实施|执行|生效)|负责解释|有效期(?:至|为|限|[一二三四五六七八九十\d])"
)
_IN_FORCE_FOR = re.compile(
    r"(?:施行|实施|执行|印发|发布|公布)[^。]{0,30}有效期|有效期[^。]{0,20}(?:自|从)|起(?:施行|实施|执行)[^。]{0,4}(?:暂定|试行)"
)
_ENOUGH_OF_TITLE, _MOST_OF_TITLE = 0.55, 0.9


def compose_validity(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Until when each document meant holds, or that it does not say."""
    return [_validity(evidence, policy, phrases) for policy in documents_meant(evidence)]


def compose_metadata(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Number, issuer or dates of each document meant, whichever was asked for."""
    return [
        statement
        for policy in documents_meant(evidence)
        for statement in _metadata(evidence, policy, phrases)
    ]


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


def _validity(evidence: Evidence, policy: KnownPolicy, phrases: Phrases) -> DraftStatement:
    metadata, text = policy.metadata, evidence.understanding.text
    clauses = evidence.library.clauses(policy.policy_id)
    repealed = _repealed_by(policy, evidence)
    if (repealed or _WANTS_REPEALED.search(text)) and (found := _repeal_quote(clauses, repealed)):
        return _quoted(policy, found, phrases)
    said: list[str] = []
    quotes: list[Quote] = []
    if _WANTS_START.search(text):
        began, quote = _beginning(metadata, clauses, phrases)
        said.append(began)
        quotes += _present(quote)
    if not said or _WANTS_END.search(text):
        said += _until(metadata, evidence.question.on, clauses, phrases)
        quotes += _present(_end_quote(metadata, clauses))
    quotes = quotes or [_nearest(clauses)]
    return _document_statement(policy, said, quotes[0], phrases, also=quotes[1:])


def _beginning(metadata: Metadata, clauses: Sequence[Clause], phrases: Phrases) -> tuple[str, Quote | None]:
    """From when the document holds: the printed day, the day computed from words, or that none is stated."""
    if metadata.effective_on is None:
        return phrases.say("no_beginning", title=metadata.title), None
    day = _printed_day(metadata.effective_on)
    if quote := _date_quote(clauses, metadata.effective_on, ("施行", "实施", "生效", "执行")):
        return phrases.say("effective_on", day=day), quote
    for clause in clauses:
        if said := _FROM_ISSUE.search(clause.text):
            place = Quote(clause=clause, start=clause.start + said.start(), end=clause.start + said.end())
            return phrases.say("effective_computed", printed=said.group(), day=day), place
    return phrases.say("no_beginning", title=metadata.title), None


def _repealed_by(policy: KnownPolicy, evidence: Evidence) -> str | None:
    """The title or number in the question of a document that this policy repeals."""
    names = [*_TITLE.findall(evidence.question.text), *_NUMBER.findall(evidence.question.text)]
    return next((name for name in names if any(name in repeal for repeal in policy.metadata.repeals)), None)


def _repeal_quote(clauses: Sequence[Clause], name: str | None) -> Quote | None:
    for clause in clauses:
        if clause.kind != "meta" and _REPEALS.search(clause.text) and (name is None or name in clause.text):
            return Quote(clause=clause, start=clause.start, end=clause.end)
    return None


def _present(quote: Quote | None) -> list[Quote]:
    return [quote] if quote else []


def _until(metadata: Metadata, day: date, clauses: Sequence[Clause], phrases: Phrases) -> list[str]:
    if metadata.expires_with:
        return [phrases.say("expires_with", printed=metadata.expires_with)]
    if metadata.expires_on is None:
        return [phrases.say("no_validity", title=metadata.title)]
    until = _printed_day(metadata.expires_on)
    quote = _end_quote(metadata, clauses)
    printed = _LENGTH.search(_words_of(quote)) if quote else None
    if metadata.expiry_is_computed and printed:
        return [
            phrases.say("expires_computed", printed=printed.group(0), day=until),
            _state(metadata, day, phrases),
        ]
    return [phrases.say("expires_on", day=until), _state(metadata, day, phrases)]


def _end_quote(metadata: Metadata, clauses: Sequence[Clause]) -> Quote | None:
    if metadata.expires_with:
        return _word_quote(clauses, metadata.expires_with)
    if metadata.expires_on is None:
        return None
    return _date_quote(clauses, metadata.expires_on, ("有效", "施行", "截止", "为止")) or _find(
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


def _metadata(evidence: Evidence, policy: KnownPolicy, phrases: Phrases) -> list[DraftStatement]:
    text, metadata = evidence.understanding.text, policy.metadata
    clauses = evidence.library.clauses(policy.policy_id)
    if _WANTS_BASIS.search(text):
        found = _find(clauses, lambda said: match.span() if (match := _BASIS.search(said)) else None)
        return [_quoted(policy, found, phrases)] if found else []
    if _WANTS_MEETING.search(text):
        found = _sentence_with(clauses, "会议")
        return [_quoted(policy, found, phrases)] if found else []
    found_statements: list[DraftStatement] = []
    if _WANTS_NUMBER.search(text):
        found_statements.append(_number(policy, clauses, phrases))
    if _MADE.search(text) and not _is_about_the_document(evidence, policy):
        return []
    if _WANTS_ISSUER.search(text) and metadata.issuers and not found_statements:
        found_statements.append(_issuers(policy, clauses, phrases))
    if _WANTS_DAY.search(text) or not found_statements:
        found_statements.append(_dates(text, policy, clauses, phrases))
    return found_statements


def _is_about_the_document(evidence: Evidence, policy: KnownPolicy) -> bool:
    return not evidence.understanding.topics or _title_coverage(evidence, policy) >= _MOST_OF_TITLE


def _issuers(policy: KnownPolicy, clauses: Sequence[Clause], phrases: Phrases) -> DraftStatement:
    metadata = policy.metadata
    said = phrases.say("issued_by", title=metadata.title, issuers="、".join(metadata.issuers))
    quotes = [quote for name in metadata.issuers if (quote := _word_quote(clauses, name))]
    return _document_statement(
        policy, [said], quotes[0] if quotes else _nearest(clauses), phrases, also=quotes[1:]
    )


def _number(policy: KnownPolicy, clauses: Sequence[Clause], phrases: Phrases) -> DraftStatement:
    number, title = policy.metadata.document_number, policy.metadata.title
    if number is None:
        return _document_statement(
            policy, [phrases.say("no_document_number", title=title)], _nearest(clauses), phrases
        )
    quote = _word_quote(clauses, number) or _nearest(clauses)
    return _document_statement(
        policy, [phrases.say("document_number", title=title, number=number)], quote, phrases
    )


def _dates(text: str, policy: KnownPolicy, clauses: Sequence[Clause], phrases: Phrases) -> DraftStatement:
    metadata = policy.metadata
    dates = [("signed_on", metadata.signed_on), ("published_on", metadata.published_on)]
    if _WANTS_PUBLISHED.search(text):
        dates.reverse()
    asked_for = [(phrase, day) for phrase, day in dates if _DATE_WORDS[phrase].search(text)]
    said, quotes = [], []
    for phrase, day in asked_for or dates:
        quote = _date_quote(clauses, day, ()) if day else None
        if day and quote:
            said.append(phrases.say(phrase, day=_printed_day(day)))
            quotes.append(quote)
    signature = next((clause for clause in clauses if clause.locator.startswith("落款日期")), None)
    if metadata.signed_on is None and signature and not _WANTS_PUBLISHED.search(text):
        quote = Quote(clause=signature, start=signature.start, end=signature.end)
        said, quotes = [phrases.say("signed_as_printed", day=signature.text)], [quote]
    if not said:
        return _document_statement(
            policy, [phrases.say("no_date", title=metadata.title)], _nearest(clauses), phrases
        )
    return _document_statement(policy, said, quotes[0], phrases, also=quotes[1:])


def _document_statement(
    policy: KnownPolicy, said: Sequence[str], quote: Quote, phrases: Phrases, *, also: Sequence[Quote] = ()
) -> DraftStatement:
    text = phrases.say("at", place=policy.place, said="，".join(said))
    # Metadata is free of proof: the whole statement speaks of the document, not of its content.
    return DraftStatement(text=text, quotes=(quote, *also), free=(text,))


def _quoted(policy: KnownPolicy, quote: Quote, phrases: Phrases) -> DraftStatement:
    said = quote.clause.text[quote.start - quote.clause.start : quote.end - quote.clause.start].strip()
    return DraftStatement(
        text=phrases.say("at", place=policy.place, said=said),
        quotes=(quote,),
        claims=(said,),
        free=(policy.place,),
    )


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
    pattern = re.compile(r"\s*".join(map(re.escape, re.sub(r"\s+", "", word))))
    return _find(clauses, lambda text: match.span() if (match := pattern.search(text)) else None)


def _sentence_with(clauses: Sequence[Clause], word: str) -> Quote | None:
    return _word_quote([clause for clause in clauses if clause.kind in ("paragraph", "meta", "item")], word)


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
