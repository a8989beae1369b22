"""A check of `clausewise doctor`, and the list of them."""

from typing import Literal

from pydantic import BaseModel


class Check(BaseModel):
    """What was looked at, what was found and what to do; `note` needs nothing done now."""

    name: str
    state: Literal["ok", "note", "bad"]
    found: str
    advice: str = ""


class CheckList(BaseModel):
    """Everything that was looked at."""

    checks: list[Check]
