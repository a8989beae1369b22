"""Opens a network for onnxruntime, the same way for every model."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.offline import silence_libraries

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]


def open_session(path: Path) -> "InferenceSession":
    """A session on the processor; a file that cannot be loaded raises bare exceptions of the library."""
    silence_libraries()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Threads that spin between questions would keep every core of a server busy for nothing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
