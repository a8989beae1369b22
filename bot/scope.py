"""Which clauses may speak: rules of the field on place, time, grade and row, without weights.

No model overrules them: a clause of another year, grade or place does not answer, however like it sounds.
"""

import re
from collections.abc import Callable
from itertools import islice

from bot.evidence.evidence import Evidence
from bot.question.grades import excludes
from bot.question.landscape import bare_name
from bot.reader.judging import Judged
from ingest.policy import Clause, asks, leads_on

_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEARS_SAID = re.compile(
    r"(?P<first>(?:19|20)\d{2})\s*(?:年?\s*[-—–~～至到]+\s*(?P<last>(?:19|20)\d{2}))?\s*年"
)
_OPENING_CLAUSES = 6
_REPEALS, _BEFORE_YEAR = "废止", "〔"  # of a document's number: 某政发〔2020〕3号


def speaking(evidence: Evidence) -> list[Judged]:
    """The clauses that were judged and may speak, the likeliest to answer first."""
    return [each for each in evidence.judged if may_speak(each.clause, evidence)]


def may_speak(clause: Clause, evidence: Evidence) -> bool:
    """Whether a clause may answer the question at all."""
    return rule_against(clause, evidence) is None


def rule_against(clause: Clause, evidence: Evidence) -> str | None:
    """The name of the first rule that keeps the clause from answering, or None.

    Clauses that the question names by their place are what it asks for: no rule is against them.
    """
    if evidence.relevance.certain:
        return None
    return next((name for name, holds_against in _rules() if holds_against(clause, evidence)), None)


def _rules() -> tuple[tuple[str, Callable[[Clause, Evidence], bool]], ...]:
    return (
        ("states nothing", _states_nothing),
        ("only asks", _only_asks),
        ("document of another year", is_of_another_year),
        ("figures of other years", gives_other_years),
        ("another grade", lambda clause, evidence: says_another_grade(clause.text, clause, evidence)),
        ("measure not shown", _shows_no_measure),
        ("row of something else", is_row_of_something_else),
        ("another place", is_of_another_place),
        ("over while another document holds", _is_over_while_another_holds),
    )


def _states_nothing(clause: Clause, evidence: Evidence) -> bool:
    del evidence
    return clause.kind in ("heading", "title", "meta")


def _only_asks(clause: Clause, evidence: Evidence) -> bool:
    """Whether a paragraph is a question (怎么申领？): another has the answer.

    Items that ask may be what is checked (3.是否办理审批手续？).
    """
    del evidence
    return clause.kind == "paragraph" and asks(clause.text) and "。" not in clause.text


def is_of_another_year(clause: Clause, evidence: Evidence) -> bool:
    """Whether the document is, by its title, of a year that was not asked about (2024年工作要点).

    The years printed in the clause may be asked about as well.
    """
    asked = evidence.understanding.years
    titled = _YEAR.findall(evidence.policy(clause).title)
    if not asked or not titled:
        return False
    spans = range(int(min(titled)), int(max(titled)) + 1)
    printed = " ".join((clause.text, *(cell.header for cell in clause.cells)))
    return not any(int(year) in spans or year in printed for year in asked)


def gives_other_years(clause: Clause, evidence: Evidence) -> bool:
    """Whether the clause tells of other years than the one asked about (到2020年达到…, asked for 2025).

    A year by which the question only calls the document (2018年的那个办法) asks for none, nor does that of a
    document which the clause repeals.
    """
    metadata = evidence.policy(clause).metadata
    of_document = {
        str(day.year)
        for day in (metadata.signed_on, metadata.published_on, metadata.effective_on)
        if day is not None
    }
    of_document |= set(_YEAR.findall(f"{metadata.title}{metadata.document_number or ''}"))
    said = _whole(clause)
    if _REPEALS in said:
        of_document |= {behind[:4] for behind in said.split(_BEFORE_YEAR)[1:]}
    asked = set(evidence.understanding.years) - of_document
    printed = {int(year) for match in _YEARS_SAID.finditer(said) for year in _between(match)}
    return bool(asked and printed) and not any(int(year) in printed for year in asked)


def _between(match: re.Match[str]) -> range:
    """The year, or all years of a range (2024—2026年)."""
    return range(int(match["first"]), int(match["last"] or match["first"]) + 1)


def _whole(clause: Clause) -> str:
    return " ".join((clause.text, *(cell.header for cell in clause.cells), *_above(clause)))


def _above(clause: Clause) -> tuple[str, ...]:
    """The heading above the clause, and behind it what leads on to the clause, if it is an item."""
    headings = clause.path
    lead_in = next((place for place, each in enumerate(headings[::-1]) if not leads_on(each)), len(headings))
    return headings[-lead_in - 1 :]


def says_another_grade(said: str, clause: Clause, evidence: Evidence) -> bool:
    """Whether these words of the clause, or the heading above it, name another grade than the question."""
    above = " ".join(_above(clause))
    return excludes(evidence.understanding.text, said) or excludes(evidence.question.text, above)


def _shows_no_measure(clause: Clause, evidence: Evidence) -> bool:
    """Whether one figure is asked for, and the clause shows none of its measure (几亩, answered in 元)."""
    asked = evidence.understanding
    return asked.one_thing and not evidence.shows_what_is_asked(clause)


def is_row_of_something_else(clause: Clause, evidence: Evidence) -> bool:
    """Whether a row names nothing of what the question names: headers say the same of every row."""
    if clause.kind != "row" or not evidence.relevance.phrases:
        return False
    own = ("".join("".join(cell.value.split()) for cell in clause.cells) or clause.text).lower()
    named = (
        spelling
        for phrase in evidence.relevance.phrases
        for spellings in (phrase.alternatives, *(word.alternatives for word in phrase.words))
        for spelling in spellings
    )
    return not any(spelling in own for spelling in named if len(spelling) > 1)


def is_of_another_place(clause: Clause, evidence: Evidence) -> bool:
    """Whether a document of no region is not about the place asked about: nothing in it names the place."""
    asked, policy = evidence.understanding, evidence.policy(clause)
    if policy.metadata.region or not asked.regions or policy.policy_id in asked.named:
        return False
    opening = "".join(
        each.text for each in islice(evidence.clauses_of(policy.policy_id).values(), _OPENING_CLAUSES)
    )
    named = " ".join((policy.title, opening, *clause.path, clause.text))
    return not any(bare_name(region) in named for region in asked.regions)


def _is_over_while_another_holds(clause: Clause, evidence: Evidence) -> bool:
    """Whether the document is over and one of the same region that is not over was found as well."""
    if not evidence.is_stale(clause):
        return False
    region = evidence.policy(clause).metadata.region
    if evidence.judge is None or not evidence.judged:
        return False
    least = evidence.judge.calibration.near * evidence.judged[0].probability
    return any(
        not evidence.is_stale(each.clause) and evidence.policy(each.clause).metadata.region == region
        for each in evidence.judged
        if each.probability >= least
    )
