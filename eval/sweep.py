"""Settings with every combination of some values, each checked as a value from the environment would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from pydantic import ValidationError

from bot.settings import Settings
from eval.errors import SweepError


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A setting and the values it takes in turn, as written."""

    setting: str
    values: tuple[str, ...]


def read_axis(text: str) -> Axis:
    """The axis written SETTING=A,B,C; SweepError where it is not."""
    setting, equals, values = text.partition("=")
    named = tuple(value.strip() for value in values.split(",") if value.strip())
    if not equals or not setting.strip() or not named:
        raise SweepError(f"{text}: expected SETTING=A,B,C, such as retrieval.keyword=0.5,1,1.5")
    return Axis(setting=setting.strip().lower(), values=named)


def combinations(axes: Sequence[Axis], settings: Settings) -> Mapping[str, Settings]:
    """Settings by what is particular to them; SweepError names a setting or a value that cannot be."""
    found: dict[str, Settings] = {}
    for chosen in product(*(axis.values for axis in axes)):
        varied = settings
        for axis, value in zip(axes, chosen, strict=True):
            varied = _with(varied, axis.setting, value)
        named = (f"{axis.setting}={value}" for axis, value in zip(axes, chosen, strict=True))
        found[" ".join(named)] = varied
    return found


def _with(settings: Settings, setting: str, value: str) -> Settings:
    group, dot, name = setting.rpartition(".")
    known = _known(settings)
    if setting not in known:
        raise SweepError(f"{setting}: expected a setting, one of {', '.join(known)}")
    try:
        if not dot:
            checked = getattr(Settings.model_validate(settings.model_dump() | {name: value}), name)
            return settings.model_copy(update={name: checked})
        part = getattr(settings, group)
        varied = type(part).model_validate(part.model_dump() | {name: value})
    except ValidationError as error:
        raise SweepError(f"{setting}={value}: {error.errors()[0]['msg']}") from error
    return settings.model_copy(update={group: varied})


def _known(settings: Settings) -> list[str]:
    """The settings that bear upon answers."""
    fields = ["question_limit_characters", "candidates"]
    for group in ("retrieval", "embedder", "reranker", "chat_model"):
        fields += [f"{group}.{name}" for name in type(getattr(settings, group)).model_fields]
    return fields
