"""Paths of a command line, looked at before anything else is done."""

from pathlib import Path

import typer

from bot.errors import PathError

_USAGE_ERROR = 2


def existing(paths: list[Path] | None) -> list[Path] | None:
    """The paths; PathError names all that lead nowhere."""
    missing = [path for path in paths or () if _lacks(path)]
    if missing:
        raise PathError(
            "\n".join(f"{path}: there is no such file or folder; check the path" for path in missing)
        )
    return paths


def existing_questions(path: Path | None) -> None:
    """PathError unless the path is of a file of questions, or `-` for stdin."""
    if path is None or str(path) == "-":
        return
    wanted = "expected a file of questions, one JSON object a line"
    if _lacks(path):
        raise PathError(f"{path}: {wanted}; there is no such file")
    if path.is_dir():
        raise PathError(f"{path}: {wanted}, found a folder; name the file")


def existing_folder(path: Path | None) -> Path | None:
    """The path, of a folder of documents; else ends the program with exit code 2, as `eval` does."""
    if path is None or (not _lacks(path) and path.is_dir()):
        return path
    found = "there is no such folder" if _lacks(path) else "expected a folder, found a file"
    typer.echo(f"clausewise eval: {path}: {found}; name the folder", err=True)
    raise typer.Exit(_USAGE_ERROR)


def _lacks(path: Path) -> bool:
    """Whether nothing is there; what may not be looked at is left to whoever opens it."""
    try:
        return not path.exists()
    except PermissionError:
        return False
    except (OSError, ValueError):  # such as a name that is too long
        return True
