from bot.reader.encoding import BEGIN, END, LONGEST_TOKENS, windows_of
from bot.reader.reading import Passage
from vectorstore.embedders.bundled import BundledEmbedder

SHORT = Passage(title="汀岚市护理保障办法", headings=("第二章 待遇",), text="限额为每人每天120元。")
LONG = Passage(title="汀岚市护理保障办法", headings=(), text="护理机构应当建立台账并按月报送。" * 40)


def test_a_short_clause_is_one_window_with_question_and_headings_before_it(bundled: BundledEmbedder) -> None:
    (window,) = windows_of(bundled.encode, "限额是多少？", [SHORT])
    assert window.ids[0] == BEGIN
    assert window.ids[-1] == END
    assert len(window.ids) == window.first + len(window.offsets) + 1
    assert "120" in SHORT.text[window.offsets[0][0] : window.offsets[-1][1]]


def test_the_windows_of_a_long_clause_hold_all_of_it(bundled: BundledEmbedder) -> None:
    windows = windows_of(bundled.encode, "多久报送一次？", [LONG, SHORT])
    of_long = [window for window in windows if window.passage == 0]
    assert len(of_long) > 1
    assert all(len(window.ids) <= LONGEST_TOKENS for window in windows)
    reached = 0
    for window in of_long:
        assert window.offsets[0][0] <= reached
        reached = window.offsets[-1][1]
    assert reached == len(LONG.text)


def test_of_a_long_question_the_end_is_kept(bundled: BundledEmbedder) -> None:
    asked = "我们公司去年搬来本市，做软件的，有三十个人。" * 20 + "租房补贴多少？"
    (window,) = windows_of(bundled.encode, asked, [SHORT])
    end = bundled.encode(["租房补贴多少？"])[0].ids[1:]
    assert " ".join(map(str, end)) in " ".join(map(str, window.ids))
