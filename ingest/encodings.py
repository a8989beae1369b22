"""Bytes → text, where the encoding is declared, marked or must be told from the text."""

import codecs
from collections.abc import Iterator
from contextlib import suppress

from ingest.errors import UnreadableFileError

# The most frequent characters of modern Chinese, simplified and traditional, with its punctuation:
# a wrong decoding of Chinese bytes gives rare characters instead.
_FREQUENT = frozenset(
    "的一是不了在有人这上大来和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又"
    "关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常"
    "这個為國來時會們這對於說過發後經動現當沒進開從無實機業應關點問間將兩產體與區務單位規規條辦縣鄉級負責"
    "府办规条单位负责市区县委局应当按照项目资金企业管理，。、；：（）《》"
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_SAMPLE = 20_000
_FEW = 8


def decoded(content: bytes, name: str, *, declared: str = "") -> str:
    """The text of the bytes; UnreadableFileError where they are text in no common encoding.

    A byte order mark counts first, then valid UTF-8, then what the file declares, then the decoding
    that gives the most of the characters which are frequent in Chinese.
    """
    if content.startswith(_MARKS):
        candidates = ["utf-8-sig"] if content.startswith(codecs.BOM_UTF8) else ["utf-16"]
    else:
        candidates = [*([] if b"\x00" in content else ["utf-8"]), *_wider(declared)]
    readings = []
    for encoding in candidates:
        with suppress(UnicodeDecodeError, LookupError):
            readings.append(_strictly(content, encoding))
            # A few characters in GB18030 may happen to be valid UTF-8, of rare characters; many never.
            if _is_chinese_or_plain(readings[-1]) or (encoding == "utf-8" and _wide(readings[-1]) > _FEW):
                return readings[-1]
    if not content.startswith(_MARKS):
        readings += _readings(content)
    best = max(readings, key=_familiarity, default="")
    if _is_chinese_or_plain(best):
        return best
    raise UnreadableFileError(
        f"{name}: expected text in UTF-8, GB18030, Big5 or UTF-16, found other bytes; save it as UTF-8 text"
    )


def _strictly(content: bytes, encoding: str) -> str:
    """Every byte decoded, but for a last character that was cut in the middle."""
    return codecs.getincrementaldecoder(encoding)().decode(content)


def _wider(declared: str) -> list[str]:
    """The declared encoding, or the larger one that programs mean when they declare it."""
    return [_WIDER.get(declared.lower(), declared)] if declared else []


def _readings(content: bytes) -> Iterator[str]:
    encodings = ["utf-16-le", "utf-16-be"] if b"\x00" in content else ["gb18030", "big5hkscs"]
    for encoding in encodings:
        try:
            yield _strictly(content, encoding)
        except UnicodeDecodeError:
            continue


def _is_chinese_or_plain(text: str) -> bool:
    """Whether the characters are those of a text, not what a wrong decoding makes of its bytes."""
    return bool(text) and _familiarity(text) * 10 >= _wide(text)


def _wide(text: str) -> int:
    return sum(ord(character) > 0x7F for character in text[:_SAMPLE])


def _familiarity(text: str) -> int:
    return sum(character in _FREQUENT for character in text[:_SAMPLE])
