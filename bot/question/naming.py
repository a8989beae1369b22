"""Documents and clauses that a question names: by title, number or place."""

import re
from difflib import SequenceMatcher

from bot.question.landscape import RUN, Landscape, runs_of
from ingest.policy import Clause
from vectorstore.segmentation import terms

_QUOTED_TITLE = re.compile(r"《([^《》]{2,})》")
_DOCUMENT_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{0,12})[〔\[(（【]?\s*(20\d{2})\s*[〕\])）】]\s*(?:第\s*)?(\d{1,4})\s*号"
)
_AGENCY_CODE = re.compile(r"(?<!发)(?<!的)[发规函字办政文通告令]$")  # 代字; 发文 is none
# “…”的那个方案: the document that holds these words.
_HOLDING = re.compile(
    r"[“「『\"](?P<words>[^“”「」『』\"]{3,40})[”」』\"](?:的)?(?:那|这|该)?(?:个|份|部|项|些)?"
    r"(?:[\u4e00-\u9fff]{0,4})(?:方案|文件|办法|措施|意见|规划|条例|规定|细则|通知|要点|计划)"
)
_KIND_WORD = re.compile(r"方案|办法|措施|意见|规划|条例|细则|规定")
# A name of a document begins the text or a part of it, or stands behind a place; 那个条例 points at one.
_CALLED = re.compile(
    r"(?:^|[，。？！；、\s]|[省市区县州盟旗]的?|《|根据|按照|依据|按)"
    r"(?P<name>[\u4e00-\u9fff]{4,16}?)(?<![那这][个部份项])(?P<kind>条例|管理办法|实施办法|暂行办法|实施细则|行动计划|发展规划)(?!里的条款)"
)
_SHORT_NAME, _SAME_DOCUMENT = 4, 0.5
_LONG_RUN, _RUN_BEFORE_KIND = 8, RUN
_MOST_OF_A_TITLE = 0.8
# What titles have in common: 关于印发…的通知.
_FRAME = re.compile(r"^关于(?:印发|转发|发布|公布)?|[《》]|的?(?:通知|公告|通告|意见|函|批复|决定)$")
_ATTACHMENT = r"附件\s*[\d一二三四五六七八九十]*"
_LOCATOR = re.compile(
    rf"(?P<attachment>{_ATTACHMENT})[^第]{{0,8}}第\s*(?P<row>[\d一二三四五六七八九十]+)\s*[项行条号款]"
    r"|(?:清单|表格?|台账)[^第]{0,6}第\s*(?P<line>[\d一二三四五六七八九十]+)\s*[项行条号]"
    rf"|(?P<whole>附件\s*[\d一二三四五六七八九十]+)"
    r"|第\s*(?P<article>[\d一二三四五六七八九十百千零〇]+)\s*条(?:第\s*(?P<paragraph>[\d一二三四五六七八九十]+)\s*款)?"
)


def documents_named(text: str, landscape: Landscape) -> tuple[frozenset[str], tuple[str, ...]]:
    """The policies named by title or number, and the words of the question that name them."""
    numbers = [*_DOCUMENT_NUMBER.finditer(text)]
    names = _QUOTED_TITLE.findall(text)
    titles = {policy.title for policy in landscape.policies}
    found: dict[str, str] = {}
    for policy in landscape.policies:
        own = _DOCUMENT_NUMBER.search(policy.document_number) if numbers else None
        for number in numbers if own else ():
            if own and _same_number(number, own):
                printed = number.group().removeprefix(number["agency"])
                found[policy.policy_id] = (
                    own["agency"] if own["agency"] in number["agency"] else ""
                ) + printed
        for name in names:
            # Where a document is called just so, others whose titles hold its name are not meant.
            if name == policy.title or (
                name not in titles and (name in policy.title or policy.title in name)
            ):
                found[policy.policy_id] = f"《{name}》"
    found = (
        found
        or _by_their_words(text, landscape)
        or _by_common_words(text, landscape)
        or _by_short_names(text, landscape)
        or _by_short_title(text, landscape)
    )
    return frozenset(found), tuple(found.values())


def documents_called(text: str) -> tuple[str, ...]:
    """The titles and numbers that a text calls documents by, whether they are known or not."""
    return (*_QUOTED_TITLE.findall(text), *(match.group() for match in _DOCUMENT_NUMBER.finditer(text)))


def calls(called: str, printed: str) -> bool:
    """Whether a question that calls a document so means the one that is printed so: by number or title."""
    asked, own = _DOCUMENT_NUMBER.search(called), _DOCUMENT_NUMBER.search(printed)
    if asked is not None:
        return own is not None and _same_number(asked, own)
    return called in printed


def _same_number(asked: re.Match[str], own: re.Match[str]) -> bool:
    """Whether both are one 发文字号; a question may leave out who issued it, but not name another."""
    if asked.groups()[1:] != own.groups()[1:]:
        return False
    printed, typed = own["agency"], asked["agency"]
    # The first characters, which name the place, are often left out (民规字 for 某民规字).
    left_out = len(typed) > 1 and printed.endswith(typed)
    return typed.endswith(printed) or left_out or not _AGENCY_CODE.search(typed)


def unheard_document(text: str, landscape: Landscape, within: frozenset[str]) -> str | None:
    """A document called by name and kind (某某条例) that is not among these: its name stands in none of them.

    An empty `within` means all documents.
    """
    policies = [policy for policy in landscape.policies if not within or policy.policy_id in within]
    for match in _CALLED.finditer(text):
        name = match["name"]
        for region in landscape.region_names:
            name = name.removeprefix(region)
        name = name.removeprefix("的")
        if len(name) < _SHORT_NAME:
            continue
        pairs = set(terms(name))
        if any(_abbreviates(name + match["kind"], policy.title) for policy in policies):
            return None
        alike = max((len(pairs & set(terms(policy.title))) / len(pairs) for policy in policies), default=0.0)
        mentioned = landscape.naming(name + match["kind"])
        if alike < _SAME_DOCUMENT and not (mentioned & within if within else mentioned):
            return name + match["kind"]
    return None


def locators_named(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places of clauses that a question names, as locators print them, and its words for them."""
    locators, words = [], []
    for match in _LOCATOR.finditer(text):
        if match["attachment"] and match["row"]:
            locators.append("".join(match["attachment"].split()) + f" 第{match['row']}")
        elif match["whole"]:
            continue
        elif match["line"]:
            locators.append(f"第{match['line']}行")
        else:
            paragraph = f"第{match['paragraph']}款" if match["paragraph"] else ""
            locators.append(f"第{match['article']}条{paragraph}")
        words.append(match.group(0))
    return tuple(locators), tuple(words)


def attachments_named(text: str) -> tuple[str, ...]:
    """The attachments a question names, as locators print them."""
    return tuple("".join(match["whole"].split()) for match in _LOCATOR.finditer(text) if match["whole"])


def _by_their_words(text: str, landscape: Landscape) -> dict[str, str]:
    for match in _HOLDING.finditer(text):
        holding = landscape.naming(match["words"])
        if len(holding) == 1:
            return {policy_id: match.group() for policy_id in holding}
    return {}


def _by_short_names(text: str, landscape: Landscape) -> dict[str, str]:
    """Documents called by what is left of their titles: 某某自创区条例 for 某某国家自主创新示范区条例."""
    found: dict[str, str] = {}
    for match in _CALLED.finditer(text):
        called = match["name"] + match["kind"]
        meant = [policy for policy in landscape.policies if _abbreviates(called, policy.title)]
        if len(meant) == 1:
            found[meant[0].policy_id] = called
    return found


def _by_short_title(text: str, landscape: Landscape) -> dict[str, str]:
    """A regulation with a title of four characters (信访条例), if it begins the question.

    Other names are too short to tell: 献血法, 根据信访条例. What names another kind behind it may mean that:
    信访条例施行细则, 信访条例的修订草案.
    """
    begins, rest = text[:_SHORT_NAME], text[_SHORT_NAME:]
    if not begins.endswith("条例") or _KIND_WORD.search(rest) or "草案" in rest:
        return {}
    return {policy.policy_id: begins for policy in landscape.titled.get(begins, ())}


def _abbreviates(short: str, title: str) -> bool:
    left = iter(title)
    return len(short) >= _SHORT_NAME + 2 and all(character in left for character in short)


def _by_common_words(text: str, landscape: Landscape) -> dict[str, str]:
    # A long run shared with one title names that document; shorter runs are topics that titles share.
    shared: dict[str, str] = {}
    likely = {
        policy.policy_id: policy for run in sorted(runs_of(text)) for policy in landscape.titled.get(run, ())
    }
    for policy in likely.values():
        title = policy.title
        match = SequenceMatcher(None, text, title, autojunk=False).find_longest_match()
        run = text[match.a : match.a + match.size]
        names_a_kind = _KIND_WORD.search(text[match.a : match.a + match.size + 6])
        most_of_it = match.size >= _MOST_OF_A_TITLE * len(_FRAME.sub("", title))
        if (match.size >= _LONG_RUN and most_of_it) or (match.size >= _RUN_BEFORE_KIND and names_a_kind):
            shared[policy.policy_id] = run
    longest = max((len(run) for run in shared.values()), default=0)
    return {policy_id: run for policy_id, run in shared.items() if len(run) == longest}


def is_at(clause: Clause, locator: str) -> bool:
    """Whether the clause stands at the place a question names; a bare row number fits any table."""
    if locator.endswith("行"):
        return clause.kind == "row" and clause.locator.endswith(locator)
    return re.match(re.escape(locator) + r"(?![\d一二三四五六七八九十百])", clause.locator) is not None
