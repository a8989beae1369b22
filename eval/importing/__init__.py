"""One file a format of question sets, found by its file name: `read(path)` gives what it holds."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from eval.importing.questions import ImportedSet

_NO_FORMATS = frozenset(("questions", "conversion", "json_values"))


class Format(Protocol):
    """What every format of this folder offers."""

    __doc__: str | None

    def read(self, path: Path) -> ImportedSet:
        """The questions of the file; ImportFileError says what is wrong with it."""


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {
        name: cast(Format, import_module(f"{__name__}.{name}")) for name in names if name not in _NO_FORMATS
    }
