"""Which program, settings and documents a run was made with: what has to be the same for results to be."""

import os
import platform
from collections.abc import Mapping
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path

from bot.reader.calibration import CALIBRATIONS_NAME
from bot.reader.trained import FACTS_NAME
from bot.settings import Settings
from vectorstore.catalog import Catalog

_PACKAGES = ("ingest", "vectorstore", "prompts", "bot")
_SUFFIXES = frozenset((".py", ".toml", ".tsv", ".md", ".json"))
_WITH_VERSION = (
    "clausewise",
    "chromadb",
    "langchain-core",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "tokenizers",
    "torch",
)
# Where things lie does not change an answer; the day of asking is kept with each question.
_OF_THE_MACHINE = frozenset(
    ("data", "models", "shared", "today", "admin_token", "trusted_proxies", "server", "feedback")
)


def program_sha256() -> str:
    """One hash over the code and data of all that answers: a version alone stays while code changes."""
    hashed = sha256()
    for package in _PACKAGES:
        root = Path(str(resources.files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file() and "web" not in path.relative_to(root).parts:
                hashed.update(f"{package}/{path.relative_to(root).as_posix()}\0".encode())
                hashed.update(path.read_bytes())
    return hashed.hexdigest()


def corpus_sha256(catalog: Catalog) -> str:
    """One hash over the indexed files, wherever they lie, and the model they are embedded with."""
    files = sorted(set(catalog.files.all().values()))
    return sha256("\n".join((catalog.vectors.fingerprint() or "", *files)).encode()).hexdigest()


def answering_settings(settings: Settings) -> Mapping[str, object]:
    """The settings that bear upon answers, as JSON values; keys are not shown."""
    found = {
        name: value for name, value in settings.model_dump(mode="json").items() if name not in _OF_THE_MACHINE
    }
    if (folder := settings.reader_folder()) is not None:
        # What lies in it may change while its name stays.
        contents = (folder / name for name in (FACTS_NAME, CALIBRATIONS_NAME))
        found["reader_sha256"] = [
            sha256(path.read_bytes()).hexdigest() for path in contents if path.is_file()
        ]
    return found


def versions() -> Mapping[str, str]:
    """The versions of Python and of the packages that matter."""
    found = {"python": platform.python_version()}
    for name in _WITH_VERSION:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def machine() -> str:
    """The machine in a few words, for figures of speed."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def ingestion_key(settings: Settings) -> str:
    """A short hash over the settings that bear upon what is indexed."""
    parts = (settings.embedder, settings.limits, settings.retrieval.context, settings.store)
    return sha256("\0".join(map(repr, parts)).encode()).hexdigest()[:12]
