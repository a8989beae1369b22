"""What kinds of applicants a benefit is for, told by the words that name them."""

import re
from typing import Literal

ApplicantKind = Literal["enterprise", "person", "organisation"]
# The last of these words in the name decides: 企业职工 are persons, 职工培训机构 is an organisation.
_WORDS: dict[ApplicantKind, tuple[str, ...]] = {
    "enterprise": (
        *("企业", "公司", "商户", "工商户", "厂商", "工厂", "酒店", "景区", "超市", "农场", "门店", "民宿"),
        *("纳税人", "法人", "投资方", "经营者", "经营主体", "市场主体", "开发商", "制造商", "供应商"),
    ),
    "person": (
        *("人员", "人才", "个人", "职工", "员工", "居民", "村民", "市民", "农民", "学生", "毕业生", "专家"),
        *(
            "老年人",
            "老人",
            "儿童",
            "残疾人",
            "家庭",
            "劳动者",
            "创业者",
            "负责人",
            "户籍人口",
            "工程师",
            "医生",
        ),
        *("教师", "团队", "导师", "博士", "硕士", "青年", "军人", "妇女", "持有者", "申请人", "参保人"),
    ),
    "organisation": (
        *("机构", "单位", "协会", "商会", "学会", "联盟", "合作社", "院校", "学校", "高校", "院所", "医院"),
        *("园区", "基地", "平台", "中心", "实验室", "孵化器", "众创空间", "社会组织", "组织", "集体", "街道"),
        *("银行", "饭堂", "部门", "政府", "科技园", "工业园", "集中区", "示范区"),
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
# Longer words first: 纳税人 is no 人.
_KNOWN = re.compile("|".join(sorted(_KINDS, key=len, reverse=True)))


_BETWEEN = re.compile(r"[、，,；和及与或]|以及")


def applicant_kinds(applicant: str) -> tuple[ApplicantKind, ...]:
    """The kinds of the applicants that are named one after another; none where the names tell none."""
    parts = (_KNOWN.findall(part) for part in _BETWEEN.split(applicant))
    return tuple(dict.fromkeys(_KINDS[found[-1]] for found in parts if found))
