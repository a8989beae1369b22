"""How Word prints the numbers of a list: ST_NumberFormat of ECMA-376, part 1, 17.18.59."""

from collections.abc import Callable, Mapping

from ingest.numerals import int_to_chinese

_LEGAL = str.maketrans("零〇一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def printed(value: int, number_format: str) -> str:
    """The number as the format prints it; decimal for a format that is not known."""
    return _FORMATS.get(number_format, str)(value)


def _letter(value: int) -> str:
    # After z Word doubles the letter: aa, bb.
    place = value - 1
    return chr(ord("a") + place % 26) * (place // 26 + 1) if value > 0 else ""


def _roman(value: int) -> str:
    letters = ""
    for amount, letter in _ROMAN:
        count, value = divmod(value, amount)
        letters += letter * count
    return letters


def _of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[(value - 1) % len(characters)] if value > 0 else ""


def _from(first: str, last: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode, as far as they go."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= last else str(value)


def _full_width(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _value: "",
    "bullet": lambda _value: "",
    "decimalZero": lambda value: f"{value:02}",
    "chineseCounting": int_to_chinese,
    "chineseCountingThousand": int_to_chinese,
    "japaneseCounting": int_to_chinese,
    "japaneseDigitalTenThousand": int_to_chinese,
    "taiwaneseCounting": int_to_chinese,
    "taiwaneseCountingThousand": int_to_chinese,
    "ideographDigital": int_to_chinese,
    "koreanDigital2": int_to_chinese,
    "chineseLegalSimplified": lambda value: int_to_chinese(value).translate(_LEGAL),
    "ideographLegalTraditional": lambda value: int_to_chinese(value).translate(_LEGAL),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
}
