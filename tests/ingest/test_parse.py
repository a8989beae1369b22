import hashlib

import pytest

from ingest.errors import NoClausesError
from ingest.parse import parse
from ingest.source import SourceDocument

FIRST = "澄湖区人民政府关于做好春耕工作的通知"
SECOND = "澄湖区人民政府办公室关于做好秋收工作的通知"
BODY = "各镇人民政府:\n\n一、请认真组织实施。\n\n2024年5月9日"


def document(text: str) -> SourceDocument:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return SourceDocument(name="公报.txt", sha256=sha256, text=text)


def test_every_policy_of_a_file_has_its_own_id_and_clauses() -> None:
    source = document(f"{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{BODY}\n\n{SECOND}\n\n{BODY}")
    first, second = parse(source)
    assert (first.policy_id, second.policy_id) == (source.sha256[:12], f"{source.sha256[:12]}-2")
    assert (first.metadata.title, second.metadata.title) == (FIRST, SECOND)
    for policy in (first, second):
        assert policy.clauses and all(
            policy.text[clause.start : clause.end] == clause.text for clause in policy.clauses
        )
        assert policy.source == "公报.txt" and policy.source_sha256 == source.sha256


def test_a_preview_that_breaks_off_warns_with_its_last_words() -> None:
    site = "方案.docx\n上传人:王** 文档编号:1\n第1页 / 共3页\n亲,已超出免费预览范围!\n资源描述\n"
    (policy,) = parse(
        document(f"{site}{FIRST}\n\n{BODY}\n二、完善保险产品体系,形成覆盖企业研\n展开阅读全文\n")
    )
    assert policy.metadata.truncated
    assert "形成覆盖企业研" in policy.warnings[0]


@pytest.mark.parametrize("text", ["", " \n\u3000\n"])
def test_a_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(NoClausesError, match=r"公报\.txt: expected the text of a policy"):
        parse(document(text))
