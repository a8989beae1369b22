"""What is asked: kind, roles, regions, documents, units and topic; a follow-up is resolved against the history.

Pure: everything it knows of the documents comes in as a `Landscape`, everything it knows of
language as a `Language`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from bot.answer import Question
from bot.landscape import Landscape
from bot.language import Language
from ingest.policy import DutyRole

QuestionKind = Literal[
    "duty", "unit_duties", "amount", "target", "deadline", "members", "validity", "metadata", "content", "out_of_scope"
]
_ORDER: tuple[QuestionKind, ...] = ("members", "validity", "metadata", "amount", "deadline", "duty", "target")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_QUOTED_TITLE = re.compile(r"《([^《》]{2,})》")
_DOCUMENT_NUMBER = re.compile(r"[〔\[(（【]?\s*(20\d{2})\s*[〕\])）】]\s*(?:第\s*)?(\d{1,4})\s*号")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question as the rest of the chain reads it."""

    text: str  # the question on its own, follow-up resolved
    kind: QuestionKind
    roles: tuple[DutyRole, ...] = ()
    units: tuple[str, ...] = ()  # as asked
    regions: tuple[str, ...] = ()  # named in the question and held by a document
    unknown_regions: tuple[str, ...] = ()  # named in the question and held by none
    policy_ids: frozenset[str] = frozenset()  # documents meant; empty: any
    topics: tuple[str, ...] = ()  # phrases of content words
    years: tuple[str, ...] = ()
    yes_or_no: bool = False
    leans_on_history: bool = False


@dataclass(frozen=True, kw_only=True)
class Understander:
    """Reads questions; parts that need data come in as arguments.

    `words` segments Chinese text; `find_units` names the organisations in a text; `find_regions`
    names administrative divisions in a text.
    """

    language: Language
    words: Callable[[str], Sequence[str]]
    find_units: Callable[[str], Sequence[str]]
    find_regions: Callable[[str], Sequence[str]]

    def understand(self, question: Question, landscape: Landscape) -> Understanding:
        """The question read on its own, then against the earlier ones where it leans on them."""
        current = self.read(question.text, landscape)
        if question.history:
            earlier = replace(question, text=question.history[-1], history=question.history[:-1])
            current = self._resolve(current, self.understand(earlier, landscape))
        if question.region:
            current = replace(current, regions=(question.region,), unknown_regions=())
        return replace(current, policy_ids=_within(current, question, landscape))

    def read(self, text: str, landscape: Landscape) -> Understanding:
        """The question on its own."""
        plain = unicodedata.normalize("NFKC", text).strip()
        translated = self._translate(plain)
        regions, unknown = self._regions(translated, landscape)
        policy_ids, named = _documents(translated, landscape)
        rest = _without(translated, (*regions, *unknown, *named))
        units = tuple(dict.fromkeys(self.find_units(rest)))
            kind = self._kind(plain + " " + translated, units)
        roles = tuple(role for role, pattern in self.language.roles.items() if pattern.search(translated))
        if not roles and re.search(r"\blead", plain, re.IGNORECASE):
            roles = ("牵头",)
        return Understanding(
            text=translated,
            kind=kind,
            roles=roles,
            units=units,
            regions=regions,
            unknown_regions=unknown,
            policy_ids=policy_ids,
            topics=self._topics(_without(rest, units), kind),
            years=tuple(dict.fromkeys(_YEAR.findall(translated))),
            yes_or_no=bool(re.search(r"是不是|是否|吗[?？]?$|对吗|对不对", translated)),
            leans_on_history=bool(self.language.kinds["follow_up"].search(plain)),
        )

    def _translate(self, text: str) -> str:
        # English terms are put into Chinese so that one vocabulary serves; the rest stays as asked.
        if not _LATIN_WORD.search(text):
            return text
        lowered = text
        for english, chinese in self.language.glossary.items():
            lowered = re.sub(rf"(?<![A-Za-z]){re.escape(english)}(?:s|es)?(?![A-Za-z])", f" {chinese} ", lowered, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", lowered).strip()

    def _regions(self, text: str, landscape: Landscape) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: list[str] = []
        rest = text
        for name in landscape.region_names:
            if name in rest:
                found.append(name)
                rest = rest.replace(name, "　")
        unknown = tuple(name for name in self.find_regions(rest) if not landscape.in_region(name))
        return tuple(found), unknown

    def _kind(self, text: str, units: Sequence[str]) -> QuestionKind:
        kinds = self.language.kinds
        if kinds["out_of_scope"].search(text):
            return "out_of_scope"
        if units and kinds["unit_duties"].search(text):
            return "unit_duties"
        return next((kind for kind in _ORDER if kinds[kind].search(text)), "content")

    def _topics(self, text: str, kind: QuestionKind) -> tuple[str, ...]:
        language = self.language
        rest = language.asking_phrases.sub(" ", text)
        for role in language.roles.values():
            rest = role.sub(" ", rest) if kind in ("duty", "unit_duties") else rest
        phrases: list[str] = []
        current = ""
        for word in [*self.words(rest), " "]:
            dropped = word in language.asking or word in language.general or not re.search(r"\w", word) or bool(_YEAR.fullmatch(word))
            if not dropped:
                current += word
            elif current:
                phrases.append(current)
                current = ""
        return tuple(dict.fromkeys(phrase for phrase in phrases if len(phrase) > 1 or phrase.isdigit()))

    def _resolve(self, current: Understanding, earlier: Understanding) -> Understanding:
        kind_is_open = current.kind == "content"
        leans = current.leans_on_history or not current.topics
        if not leans or current.kind == "out_of_scope":
            return current
        moved = bool(current.regions or current.unknown_regions or current.policy_ids)
        bare = kind_is_open and (moved or not current.topics)
        kind = earlier.kind if bare or (kind_is_open and not current.topics) else current.kind
        if current.kind == "unit_duties" or (current.units and kind_is_open and earlier.kind == "unit_duties"):
            kind = "unit_duties"
        topics = current.topics or (() if kind in ("unit_duties", "validity", "metadata", "members") and current.kind == kind else earlier.topics)
        return replace(
            current,
            text=f"{earlier.text} {current.text}",
            kind=kind,
            roles=current.roles or (earlier.roles if kind == earlier.kind else ()),
            units=current.units or (earlier.units if kind in ("unit_duties",) else ()),
            regions=current.regions if moved else earlier.regions,
            unknown_regions=current.unknown_regions if moved else earlier.unknown_regions,
            policy_ids=current.policy_ids if moved else earlier.policy_ids,
            topics=topics,
            years=current.years or (earlier.years if not current.topics else ()),
        )


def _within(understanding: Understanding, question: Question, landscape: Landscape) -> frozenset[str]:
    """The policies a question means: those it names, in the regions it names, within the limits given."""
    meant = understanding.policy_ids
    in_regions = frozenset[str]().union(*(landscape.in_region(region) for region in understanding.regions))
    if in_regions:
        meant = meant & in_regions or in_regions
    if question.policy_ids:
        meant = meant & question.policy_ids or question.policy_ids
    return meant


def _documents(text: str, landscape: Landscape) -> tuple[frozenset[str], tuple[str, ...]]:
    """Documents named by title or number, and the words of the question that name them."""
    numbers = {match.groups() for match in _DOCUMENT_NUMBER.finditer(text)}
    quoted = _QUOTED_TITLE.findall(text)
    found: dict[str, str] = {}
    for policy in landscape.policies:
        title = unicodedata.normalize("NFKC", policy.metadata.title)
        own = _DOCUMENT_NUMBER.search(unicodedata.normalize("NFKC", policy.metadata.document_number or ""))
        if own and own.groups() in numbers:
            found[policy.policy_id] = next(m.group(0) for m in _DOCUMENT_NUMBER.finditer(text) if m.groups() == own.groups())
        for name in quoted:
            if name in title or title in name:
                found[policy.policy_id] = f"《{name}》"
    if not found:
        found = _by_common_words(text, landscape)
    return frozenset(found), tuple(found.values())


def _by_common_words(text: str, landscape: Landscape) -> dict[str, str]:
    # A long run shared with one title names that document; shorter runs are topics that titles share.
    shared: dict[str, str] = {}
    for policy in landscape.policies:
        title = unicodedata.normalize("NFKC", policy.metadata.title)
        match = SequenceMatcher(None, text, title, autojunk=False).find_longest_match()
        if match.size >= 8 or (match.size >= 5 and re.search(r"方案|办法|措施|意见|规划|条例|细则|规定", text[match.a : match.a + match.size + 6])):
            shared[policy.policy_id] = text[match.a : match.a + match.size]
    longest = max((len(run) for run in shared.values()), default=0)
    return {policy_id: run for policy_id, run in shared.items() if len(run) == longest}


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
