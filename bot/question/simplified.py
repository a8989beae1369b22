"""Traditional characters read as the simplified ones that documents print; by the tables of OpenCC."""

import unicodedata
from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """The text in simplified characters, as long as before; simplified text stays as it is."""
    converted: str = _converter().convert(text)
    return converted


def in_one_form(text: str) -> str:
    """The text in simplified characters of one width (NFKC), without white space around it.

    Questions are read and judged in it, and marked ones are fitted in it.
    """
    return simplified(unicodedata.normalize("NFKC", text).strip())


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
