"""The packaged sets of questions, one .jsonl file each, found by their file names."""

from collections.abc import Mapping
from pathlib import Path

from eval.errors import UnknownSetError


def packaged_sets() -> Mapping[str, Path]:
    """The files of the packaged sets by the name of their set."""
    return {path.stem: path for path in sorted(Path(__file__).parent.glob("*.jsonl"))}


def set_path(name: str) -> Path:
    """The file of a packaged set, or the file at this path; UnknownSetError without one."""
    packaged = packaged_sets()
    if name in packaged:
        return packaged[name]
    if Path(name).is_file():
        return Path(name)
    found = "found a folder" if Path(name).is_dir() else "there is no such file"
    raise UnknownSetError(
        f"{name}: expected {', '.join(packaged)} or the path of a .jsonl file of cases; {found}"
    )
