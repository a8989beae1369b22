"""Whom a clause names where no duty was read from it, but the clause surely answers."""

import re

from bot.composers.draft import DraftStatement
from bot.composers.extractive.content import compose_content
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from prompts.templates import Phrases

_SURE = 0.9
_SOMEONE = re.compile(
    r"(?:为|是|由|归|属于|向|报|经|会同|委托)[^，。；]{0,30}(?:机关|部门|法院|机构|单位|委员会|协会|公司|中心|银行|政府|局|厅|法人|负责人)"
    r"|(?:机关|部门|法院|机构|委员会|政府|局|厅)[^，。；]{0,16}(?:为|是|作出|组织|办理)"
)


def compose_named(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """The best sentences that name someone, where they cover the question almost whole."""
    if "牵头" in evidence.understanding.roles:
        return []

    def names_someone(passage: Passage) -> bool:
        return _SOMEONE.search(passage.text) is not None

    return compose_content(evidence, phrases, fits=names_someone, enough=_SURE)
