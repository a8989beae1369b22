from ingest.policy import Deletion
from ingest.web_chrome import find_web_chrome

ARTICLE = "第一条 为了规范澄湖区试验田的管理，保护农户的合法权益，根据有关规定，结合本区实际，制定本办法。"
PAGE = f"""试验田管理办法 - 澄湖区人民政府门户网站
首页
政务公开
无障碍
当前位置：首页 > 政务公开 > 文件
文  号： 澄政〔2024〕7号
澄湖区试验田管理办法
2024-05-01
分享到
-次
{ARTICLE}
公开方式：主动公开
【返回顶部】【关闭窗口】
扫一扫在手机打开当前页
版权所有：澄湖区人民政府
· 市财政局
"""


def left(source: str, cuts: tuple[Deletion, ...]) -> list[str]:
    for cut in sorted(cuts, key=lambda cut: -cut.start):
        source = source[: cut.start] + source[cut.end :]
    return [line for line in source.split("\n") if line.strip()]


def test_navigation_and_footer_go_and_header_fields_stay() -> None:
    cuts, truncated = find_web_chrome(PAGE)
    assert left(PAGE, cuts) == [
        "文  号： 澄政〔2024〕7号",
        "澄湖区试验田管理办法",
        "2024-05-01",
        ARTICLE,
        "公开方式：主动公开",
    ]
    assert not truncated


def test_a_plain_document_keeps_every_line() -> None:
    plain = f"澄湖区试验田管理办法\n首页\n{ARTICLE}\n附件\n序号\n-\n下载\n合计\n主办单位：区农业局\n"
    assert find_web_chrome(plain) == ((), False)


def test_a_table_below_the_last_sentence_stays() -> None:
    page = PAGE.replace("公开方式：主动公开", "附件\n序号\n责任单位\n1\n宣传处")
    assert left(page, find_web_chrome(page)[0])[-5:] == ["附件", "序号", "责任单位", "1", "宣传处"]


def test_counters_and_buttons_go_from_header_and_end() -> None:
    page = f"办法\n发布日期: 2023-01-10\n浏览次数:\n{ARTICLE}\n\n解读关联:《办法》政策解读\n\n打印 关闭"
    assert left(page, find_web_chrome(page)[0]) == ["办法", "发布日期: 2023-01-10", ARTICLE]


def test_the_text_of_a_sharing_site_goes_and_the_preview_counts_as_truncated() -> None:
    page = f"""行动方案.docx
上传人:王** 文档编号:16754
行动方案.docx_第1页
第1页 / 共11页
亲,该文档总共11页,到这儿已超出免费预览范围!
资源描述
《行动方案.docx》由会员分享,可在线阅读,更多相关《行动方案.docx》请在文库上搜索。
{ARTICLE}完善保险产品体系,形成覆盖企业研

展开阅读全文
猜你喜欢
本站为文档C2C交易模式,即用户上传的文档直接被用户下载,本站只是中间服务平台,如侵权请通知本站。"""
    cuts, truncated = find_web_chrome(page)
    assert left(page, cuts) == [f"{ARTICLE}完善保险产品体系,形成覆盖企业研"]
    assert truncated
