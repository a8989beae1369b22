"""The bars of the packaged sets, from `gates.toml`: make, CI and the tests read the same numbers."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from eval.bars import Bar, Side, read_bar
from eval.errors import GateMissingError

Half = Literal["development", "held_out"]
_SIDES: tuple[Side, ...] = ("min", "max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a set must reach, and how it is asked for that."""

    bars: tuple[Bar, ...]
    half: Half | None = None
    falsify: bool = False


def gate_of(name: str, figures: Iterable[str]) -> Gate:
    """The gate of a set whose figures have these names; GateMissingError without one."""
    gates = tomllib.loads(resources.files("eval").joinpath("gates.toml").read_text("utf-8"))
    if name not in gates:
        raise GateMissingError(
            f"--gate: {name} has no bars in gates.toml, which has those of {', '.join(gates)}; "
            "give bars with --min and --max"
        )
    given, known = gates[name], tuple(figures)
    return Gate(
        bars=tuple(
            read_bar(f"{metric}={value}", side, known)
            for side in _SIDES
            for metric, value in given.get(side, {}).items()
        ),
        half=given.get("half"),
        falsify=given.get("falsify", False),
    )
