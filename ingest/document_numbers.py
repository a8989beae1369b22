"""发文字号: the numbers that organs give their documents."""

import re

_OPEN, _CLOSE = r"[〔\[［【(（﹝]", r"[〕\]］】)）﹞]"
NUMBER = re.compile(
    rf"(?P<word>[一-龥]{{1,14}}(?:\([一-龥]+\)|（[一-龥]+）)?)\s?{_OPEN}\s?(?P<year>(?:19|20)\d{{2}})\s?{_CLOSE}"
    r"\s?(?P<order>(?:第\s?)?\d{1,5}\s?号)"
)
_ORDER = re.compile(
    rf"(?:[一-龥]{{2,30}}(?:令|公告)\s?)?(?:{_OPEN}\s?(?:[一-龥]{{1,4}}届|\d{{4}})\s?{_CLOSE}|(?:19|20)\d{{2}}年)?"
    r"\s?第\s?[\d一二三四五六七八九十百零〇]+\s?号"
)
_ORDINAL = r"第\s?[\d一二三四五六七八九十百零〇]+\s?号"
_ANNOUNCED = re.compile(
    r"(?:^|[\s日，,(（])(?P<organ>[^\s，,。日()（）]{2,80}?)(?P<number>"
    rf"(?:令|公告)(?:(?:19|20)\d{{2}}年)?\s?{_ORDINAL}|(?:(?:19|20)\d{{2}}年)?{_ORDINAL}(?:令|公告))"
    r"\s?(?:公布|发布|颁布)"
)


def find_numbers(text: str) -> list[str]:
    """The document numbers in the text, white space inside them taken out."""
    return [_bare(match.group()) for match in NUMBER.finditer(text)]


def read_number(text: str) -> str | None:
    """The number of the document where the text is nothing but one, perhaps with a mark of order."""
    line = text.strip().strip("()（）【】").strip()
    match = NUMBER.fullmatch(line) or _ORDER.fullmatch(line)
    return _bare(match.group()) if match else None


def announced_number(text: str) -> str | None:
    """The number of the order or announcement that 公布 a rule: 国务院令第362号."""
    match = _ANNOUNCED.search(text)
    if match is None:
        return None
    organ = match["organ"].split("、")[-1]
    return _bare(organ + match["number"])


def _bare(number: str) -> str:
    return re.sub(r"\s", "", number)
