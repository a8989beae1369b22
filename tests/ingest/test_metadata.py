from datetime import date

from ingest.cleaning import clean
from ingest.metadata import read_metadata
from ingest.policy import Metadata
from ingest.source import SourceDocument

NOTICE = """政府信息公开
索 引 号：00XH/2024-09　发布机构：栖湖区人民政府　发文字号：栖政规〔2024〕1号
组配分类：规范性文件　成文日期：2024-04-18　公开方式：主动公开

栖湖区人民政府关于印发《栖湖区试验田管理办法》的通知

发布日期：2024-04-22 16:30
浏览次数：

各镇人民政府，各街道办事处，区政府各部门、各直属单位：

现将《栖湖区试验田管理办法》印发给你们，请认真组织实施。

栖湖区人民政府
2024年4月18日

栖湖区试验田管理办法

第一条 为落实《汀岚市试验田条例》（汀政〔2018〕44号），制定本办法。

第二条 依照本办法取得的证书有效期为两年。

第三条 本办法自2024年5月20日起施行，有效期三年。《栖湖区试验地办法》（栖政〔2019〕2号）同时废止。
"""


def metadata(text: str, name: str = "a.txt") -> Metadata:
    return read_metadata(clean(SourceDocument(name=name, sha256="", text=text)), name)


def test_a_notice_with_its_rule_tells_everything() -> None:
    assert metadata(NOTICE) == Metadata(
        title="栖湖区试验田管理办法",
        document_number="栖政规〔2024〕1号",
        issuers=("栖湖区人民政府",),
        region="栖湖区",
        region_path=("栖湖区",),
        level="county",
        addressees=("各镇人民政府", "各街道办事处", "区政府各部门", "各直属单位"),
        signed_on=date(2024, 4, 18),
        published_on=date(2024, 4, 22),
        effective_on=date(2024, 5, 20),
        expires_on=date(2027, 5, 19),
        expiry_is_computed=True,
        repeals=("栖湖区试验地办法", "栖政〔2019〕2号"),
        kind="办法",
    )


def test_the_number_of_another_document_is_not_taken() -> None:
    text = "栖湖区关于秋收的意见\n\n为落实《汀岚市条例》（汀政〔2018〕44号），推动秋收，制定本意见。"
    assert metadata(text).document_number is None


def test_the_number_between_title_and_addressees_is_taken_from_one_line_of_text() -> None:
    text = "栖湖区关于秋收的通知 栖湖区关于秋收的通知 栖政〔2024〕7号 各镇人民政府： 请认真做好秋收工作。"
    assert metadata(text).document_number == "栖政〔2024〕7号"


def test_what_the_text_does_not_tell_stays_empty() -> None:
    assert metadata("一、目标\n请大家努力。", "随笔.txt") == Metadata(title="一、目标")


def test_the_text_wins_over_the_page_around_it_and_the_difference_is_recorded() -> None:
    text = NOTICE.replace("组配分类：规范性文件", "失效日期：2029年12月6日")
    read = metadata(text)
    assert (read.expires_on, read.expiry_is_computed) == (date(2027, 5, 19), True)
    assert read.disagreements == (
        "the page header says that it expires on 2029-12-06, the text says 2027-05-19",
    )


def test_a_notice_without_the_document_it_issues_is_only_a_part() -> None:
    text = (
        "澄湖区人民政府关于印发《澄湖区儿童发展规划》的通知\n各镇人民政府：\n现印发给你们，请认真贯彻实施。"
    )
    read = metadata(text)
    assert (read.kind, read.truncated) == ("规划", True)
