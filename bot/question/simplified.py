"""Traditional characters read as the simplified ones that documents print; by the tables of OpenCC."""

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """The text in simplified characters, as long as before; simplified text stays as it is."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
