from ingest.cleaning import clean
from ingest.gazette import split
from ingest.source import SourceDocument

FIRST = "澄湖区人民政府关于印发《澄湖区试验田管理办法》的通知"
SECOND = "澄湖区人民政府办公室关于做好秋收工作的通知"
BODY = "各镇人民政府:\n\n现印发给你们,请认真组织实施。\n\n2024年5月9日"
CONTENTS = f"澄湖区人民政府公报2024年第3期\n\n政府文件\n\n{FIRST}\n\n{SECOND}……(12)"
GAZETTE = f"{CONTENTS}\n\n{FIRST}\n\n{BODY}\n\n附件\n\n名单\n\n{SECOND[:9]}\n{SECOND[9:]}\n\n{BODY}"


def texts(source: str) -> list[str]:
    cleaned = clean(SourceDocument(name="a.txt", sha256="", text=source))
    return [part.text for part in split(cleaned, "a.txt")]


def test_a_title_of_the_contents_that_stands_again_begins_a_document() -> None:
    first, second = texts(GAZETTE)
    assert first.startswith(FIRST) and first.endswith("名单")
    assert second.startswith(SECOND[:9]) and second.endswith("2024年5月9日")


def test_header_and_contents_are_listed_deletions() -> None:
    cleaned = clean(SourceDocument(name="a.txt", sha256="", text=GAZETTE))
    first, second = split(cleaned, "a.txt")
    assert [deletion.reason for deletion in first.deletions] == [
        "page header and list of contents of the collection",
        "another document of the same file",
    ]
    assert len(second.deletions) == 2
    assert all(GAZETTE[second.segments[0].source_start + i] == second.text[i] for i in range(5))


def test_a_web_title_printed_twice_is_one_document() -> None:
    assert len(texts(f"{FIRST}\n2024-05-09\n{FIRST}\n\n{BODY}")) == 1


def test_a_document_that_only_mentions_others_stays_whole() -> None:
    assert len(texts(f"{FIRST}\n\n{BODY}\n\n一、落实{SECOND}。\n\n二、{SECOND}。")) == 1
