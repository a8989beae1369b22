"""Names of persons as rosters print them, with blanks between two characters."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def name_pattern() -> str:
    """A pattern for one name: a surname and one or two more characters, blanks allowed inside."""
    data = tomllib.loads((files("ingest") / "data" / "surnames.toml").read_text(encoding="utf-8"))
    double = "|".join(data["double"])
    blanks = r"[ \t　]*"
    given = rf"[一-龥]{blanks}[一-龥]|[一-龥]"
    foreign = "[一-龥]{2,6}·[一-龥]{2,8}"
    return rf"(?:(?:{double}){blanks}(?:{given})|[{data['single']}]{blanks}(?:{given})|{foreign})"


@cache
def _whole_name() -> re.Pattern[str]:
    return re.compile(name_pattern())


def is_name(text: str) -> bool:
    """Whether the text reads as the name of a person and nothing else."""
    return bool(_whole_name().fullmatch(text.strip()))
