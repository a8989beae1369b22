"""Questions in which one value is exchanged, so that the clause that answered does not answer any more.

A twin is a pair for training: the reader must not take a clause for an answer because it speaks of the same
matter in another year, grade, stage or role.
"""

import re
from collections.abc import Iterator
from random import Random

# Values of one kind; each twin puts another of its row in place of the one that is asked for.
ROWS = (
    ("国家级", "省级", "市级", "区级", "县级"),
    ("一级", "二级", "三级", "四级"),
    ("特等", "一等", "二等", "三等"),
    ("第一批", "第二批", "第三批"),
    ("第一名", "第二名", "第三名"),
    ("幼儿园", "小学", "初中", "高中", "大学"),
    ("大专", "本科", "硕士", "博士"),
    ("初级", "中级", "副高级", "正高级"),
    ("小型", "中型", "大型"),
    ("个人", "企业", "合作社", "事业单位", "社会组织"),
    ("城镇", "农村"),
    ("男", "女"),
    ("首次", "再次"),
    ("牵头", "配合"),
    ("申请人", "受理机关", "用人单位"),
    ("新建", "改建", "扩建"),
    ("轻度", "中度", "重度"),
    ("甲级", "乙级", "丙级"),
    ("一类", "二类", "三类"),
    ("70周岁", "80周岁", "90周岁", "100周岁"),
)
_YEAR = re.compile(r"20[0-3]\d(?=年)")


def twins_of(question: str, clause: str, random: Random) -> Iterator[str]:
    """Each question asks for a value that the clause does not hold in place of one that it does."""
    for match in _YEAR.finditer(question):
        if match.group() in clause:
            other = str(int(match.group()) + random.choice((-2, -1, 1, 2, 3)))
            if other not in clause:
                yield question[: match.start()] + other + question[match.end() :]
    for row in ROWS:
        for value in row:
            if value not in question or value not in clause:
                continue
            others = [other for other in row if other not in clause and other not in question]
            if others:
                yield question.replace(value, random.choice(others))
