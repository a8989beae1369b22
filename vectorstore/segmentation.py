"""Cuts Chinese and Latin text into the words of the keyword index."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import rjieba

# Words that stand in any clause or in any question and tell none from another.
_STOP_WORDS_LISTED = """
的 了 和 与 及 或 在 对 等 按 由 将 为 以 于 其 该 之 把 被 从 向 到 并 且 而 则 也 都 就 还 又 是 有 个
这 那 此 不 吗 呢 吧 啊 么 我 你 他 她 它 们 谁 哪 几 请 问
以及 或者 并且 对于 关于 按照 根据 通过 进行 其中 哪个 哪些 哪里 哪儿 哪家 哪种 什么 怎么 怎样 如何 多少
为什么 是否 请问 一下 我们 你们 他们 这个 那个 这些 那些 有没有 是不是 能不能 可不可以
a an the of to in on for and or is are was were be by with from at as it its this that these those
do does did what which who whom whose when where why how
"""
STOP_WORDS = frozenset(_STOP_WORDS_LISTED.split())
_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[^\W\d_a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff〇]")


def fold(text: str) -> str:
    """The text in one width and one case: full-width letters become half-width, Latin lower-case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> tuple[str, ...]:
    """The whole text cut into words, blanks and marks, nothing left out: joined they are the text."""
    # Without the hidden Markov model, as in `words`.
    return tuple(rjieba.cut(text, False))


def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The tokens of the text with their part of speech by the ICTCLAS tag set: r pronoun, m numeral …"""
    return tuple(rjieba.tag(text, False))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words to index or to look up, in order, long words also by their parts, stop words left out.

    Adjacent single characters, which the dictionary does not join, become overlapping pairs: a name
    such as 经信局 is found whatever stands around it.
    """
    return tuple(word for run in _RUN.findall(fold(text)) for word in _cut(run) if word not in STOP_WORDS)


def _cut(run: str) -> Iterator[str]:
    if not _HAN.search(run):
        yield run
        return
    singles: list[str] = []
    # Without the hidden Markov model: it joins 由区 or 贵任 by their surroundings, differently each time.
    for word in rjieba.cut_for_search(run, False):
        if len(word) == 1 and word not in STOP_WORDS:
            singles.append(word)
            continue
        yield from _paired(singles)
        singles = []
        yield word
    yield from _paired(singles)


def _paired(singles: list[str]) -> Iterator[str]:
    if len(singles) == 1:
        yield singles[0]
    yield from (first + second for first, second in pairwise(singles))
