"""Fields that a web page prints above a document: 发文字号, 发布日期, 文件状态 …"""

import re
from collections.abc import Mapping
from typing import Literal

FieldName = Literal[
    "number", "issuer", "signed", "published", "effective", "expires", "state", "title", "source"
]
_LABELS: Mapping[FieldName, tuple[str, ...]] = {
    "number": ("发文字号", "发布文号", "文件编号", "发文号", "文号"),
    "issuer": (
        "发布机构",
        "发文机关",
        "发文机构",
        "发布机关",
        "发布单位",
        "发文单位",
        "制定机关",
        "公布机关",
    ),
    "signed": ("成文日期", "发文日期", "签发日期", "印发日期", "生成日期", "发文时间"),
    "published": ("发布日期", "发布时间", "公开日期", "发表时间", "公布日期"),
    "effective": ("实施日期", "生效日期", "施行日期"),
    "expires": ("失效日期", "废止日期", "有效期至", "终止日期"),
    "state": ("文件状态", "有效性", "时效性", "效力状态", "是否有效"),
    "source": ("信息来源", "来源"),
    "title": ("标题", "文件名称", "名称", "信息名称"),
}
# fmt: off
_OTHER_LABELS = (
    "索引号", "统一编号", "信息分类", "主题分类", "组配分类", "分类", "公开方式", "公开形式", "主题词",
    "关键词", "作者", "内容概述", "阅读次数", "浏览次数", "附加码", "时效", "体裁", "服务对象", "编号",
)
# fmt: on


def _spaced(label: str) -> str:
    # Pages stretch short labels to the width of long ones: 文 号, 索 引 号, with up to two wide blanks.
    return r"\s{0,2}".join(label)


_NAME_OF = {label: name for name, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(
    r"(?:^|(?<=[\s\]】:：]))(?P<open>[\[【])?(?P<label>"
    + "|".join(_spaced(label) for label in sorted((*_NAME_OF, *_OTHER_LABELS), key=len, reverse=True))
    + r")(?(open)[\]】][:：]?|\s?[:：])",
    re.MULTILINE,
)


def read_fields(head: str) -> Mapping[FieldName, str]:
    """The fields printed in the head of a document; empty ones are left out.

    A value runs to the next label or to the end of its line.
    """
    labels = list(_LABEL.finditer(head))
    fields: dict[FieldName, str] = {}
    for position, match in enumerate(labels):
        name = _NAME_OF.get(re.sub(r"\s", "", match["label"]))
        following = labels[position + 1].start() if position + 1 < len(labels) else len(head)
        value = head[match.end() : following].strip().split("\n")[0].strip().rstrip("-—")
        if name is not None and value and name not in fields:
            fields[name] = value
    return fields


def field_spans(head: str) -> list[tuple[int, int]]:
    """Where lines with fields stand in the head."""
    return [
        (line.start(), line.end()) for line in re.finditer(r"[^\n]+", head) if _LABEL.search(line.group())
    ]
