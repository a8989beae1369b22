"""What a clause says: the sentences that cover the question best."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.choosing import ENOUGH, ENOUGH_FOR_VALUES, asks_several, choose
from bot.composers.extractive.pieces import run_around, shortest_piece
from bot.composers.extractive.rows import cells_statement
from bot.composers.extractive.spans import Span, best_span, span_model
from bot.composers.extractive.whole_clause import whole_clause
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from prompts.templates import Phrases
from vectorstore.sentences import sentence_spans

_WHOLE_SENTENCE, _TOO_LONG = 120, 160
_MARKS = " \n\t，。；;,：:、"
_EXCEPTION = re.compile(r"从其(?:约定|规定)|^\s*(?:但|但是)[，,]?|另有(?:约定|规定)的")
_ASKS_LIST = re.compile(
    r"哪些|哪几|都有|列(?:全|出|举)|全部|所有|有(?:什么|啥)|什么(?:条件|材料|情形|情况|内容|要求|事项|方式|人|企业)|条件"
)
_ASKS_CONTACT = re.compile(r"电话|联系|热线|对接")
_ROLE = re.compile(
    r"反映|咨询|受理|牵头|负责|责任|配合|主管|承担|督导|要加强|统筹|会同|义务机关"
    r"|(?<![面转])[向报][^，。；]{0,20}(?:机关|部门|局|厅|委|政府|中心|机构|会)[^，。；]{0,12}(?:申请|提出|报告|报送|备案|办理|领取|登记|批准|审批|审核)"
    r"|报告[^，。；]{2,30}(?:机关|部门|局|厅|委)"
    r"|由[^，。；]{2,40}(?:制定|编制|审核|审批|认定|验收|发放|监督|检查|管理|责令|处|给予|组织|确定|公布|提出)"
)


def compose_content(
    evidence: Evidence,
    phrases: Phrases,
    *,
    fits: Callable[[Passage], bool] = lambda passage: True,
    enough: float = ENOUGH,
) -> list[DraftStatement]:
    """The best sentences of each document that answers and that fit, as printed."""
    passages = [
        passage
        for passage in evidence.sentence_passages()
        if passage.clause.kind not in ("heading", "title", "meta") and fits(passage)
    ]
    chosen = choose(evidence, passages, per_policy=2 if asks_several(evidence) else 1, enough=enough)
    if _ASKS_LIST.search(evidence.question.text):
        chosen = _from_their_lead_in(chosen, passages)
    if evidence.relevance.certain:
        return [_statement(evidence, passage, phrases) for passage in chosen]
    by_policy: dict[str, list[Passage]] = {}
    for passage in chosen:
        by_policy.setdefault(passage.clause.policy_id, []).append(passage)
    return [
        statement
        for policy_id, found in by_policy.items()
        for statement in _of_one_policy(
            evidence, [each for each in passages if each.clause.policy_id == policy_id], found, phrases
        )
    ]


def _of_one_policy(
    evidence: Evidence, passages: Sequence[Passage], chosen: Sequence[Passage], phrases: Phrases
) -> list[DraftStatement]:
    """The span that answers, then what else was chosen."""
    span = best_span(evidence, passages, span_model())
    if span is None or chosen[0].clause.cells or asks_several(evidence) or _leads_on(chosen[0]):
        said = [_statement(evidence, chosen[0], phrases), *listed_under(evidence, chosen[0])]
        rest = chosen[1:]
    else:
        said = [_span_statement(evidence, _in_its_sentence(evidence, span, passages), phrases)]
        rest = [each for each in chosen if each.end <= span.start or span.end <= each.start]
    return [
        *said,
        *(
            statement
            for passage in rest
            for statement in (_statement(evidence, passage, phrases), *listed_under(evidence, passage))
        ),
    ]


def _in_its_sentence(evidence: Evidence, span: Span, passages: Sequence[Passage]) -> Span:
    """The span with the rest of its sentence: a rule without its condition misleads.

    Of a long sentence only as much as holds what of the question the sentence holds.
    """
    clause = span.clause
    home = next(
        (each for each in passages if each.clause == clause and each.start <= span.start < each.end), None
    )
    if home is None or span.end > clause.end:
        return span
    start, end = min(home.start, span.start), max(home.end, span.end)
    if end - start > _WHOLE_SENTENCE:
        start, end = run_around(evidence.relevance, home, span.start, span.end)
        if end - start > _TOO_LONG:
            return span
    said = clause.text[start - clause.start : end - clause.start]
    if start == clause.start:
        said = said.removeprefix(clause.number)
    said = said.strip(_MARKS)
    start = clause.start + clause.text.index(said, start - clause.start)
    return replace(span, start=start, end=start + len(said), text=said)


def _span_statement(evidence: Evidence, span: Span, phrases: Phrases) -> DraftStatement:
    place = evidence.policy(span.clause).place
    return DraftStatement(
        text=phrases.say("at", place=place, said=span.text),
        quotes=(Quote(clause=span.clause, start=span.start, end=span.end),),
        claims=(span.text,),
        free=(place,),
    )


def _from_their_lead_in(chosen: Sequence[Passage], passages: Sequence[Passage]) -> list[Passage]:
    """The passages, with the lead-in of a list in place of one of its items: a list was asked for."""
    leads = {each.clause.clause_id: each for each in passages if _leads_on(each)}
    found = (leads.get(each.clause.parent_id or "", each) for each in chosen)
    return list(dict.fromkeys(found))


def _leads_on(passage: Passage) -> bool:
    clause = passage.clause
    return clause.text.rstrip().endswith(("：", ":")) and passage.end >= clause.end - 1


def listed_under(evidence: Evidence, passage: Passage) -> list[DraftStatement]:
    """The items that a lead-in (…：) announces: they stand below its clause and say what it leaves open."""
    if not _leads_on(passage):
        return []
    children = [
        clause
        for clause in evidence.clauses_of(passage.clause.policy_id).values()
        if clause.parent_id == passage.clause.clause_id
    ]
    return [
        DraftStatement(
            text=clause.text,
            quotes=(Quote(clause=clause, start=clause.start, end=clause.end),),
            claims=(clause.text,),
        )
        for clause in children
    ]


def compose_role_sentences(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """Sentences that give the task to someone where no duty was read from them."""
    passages = [
        passage
        for passage in evidence.sentence_passages()
        if passage.clause.kind not in ("heading", "title", "meta") and _ROLE.search(passage.text)
    ]
    chosen = choose(evidence, passages, per_policy=1, enough=ENOUGH_FOR_VALUES)
    return [_statement(evidence, passage, phrases) for passage in chosen]


def _with_its_rule(evidence: Evidence, passage: Passage) -> int:
    """Where the passage begins, or the rule before it where it only says what is excepted from that."""
    if not _EXCEPTION.search(passage.text) or evidence.relevance.certain:
        return passage.start
    before = [start for start, end in sentence_spans(passage.clause) if end <= passage.start]
    return before[-1] if before else passage.start


def _asks_whom(evidence: Evidence) -> bool:
    asked = evidence.understanding
    return "duty" in asked.kinds or _ASKS_CONTACT.search(asked.text) is not None


def _statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    clause = passage.clause
    if clause.cells and evidence.relevance.certain:
        return cells_statement(evidence, clause, phrases)
    start, end = _with_its_rule(evidence, passage), passage.end
    if whole := whole_clause(evidence, passage):
        start, end = whole
    elif end - start > _TOO_LONG and not evidence.relevance.certain:
        start, end = shortest_piece(evidence.relevance, passage)
    place = evidence.policy(clause).place
    said = passage.said(start, end, with_units=_asks_whom(evidence))
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=(Quote(clause=clause, start=min(start, passage.start), end=max(end, passage.end)),),
        claims=(said,),
        free=(place,),
    )
