"""Opens a network for onnxruntime, the same way for every model."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.offline import silence_libraries

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]


def open_session(graph: Path | bytes, *, threads: int = 0) -> "InferenceSession":
    """A session on the processor for a graph, of a file or as bytes of one.

    Each call uses this number of threads, 0 for one on each core.

    A file that cannot be loaded raises bare exceptions of the library.
    """
    silence_libraries()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that spin between questions would keep every core of a server busy for nothing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = str(graph) if isinstance(graph, Path) else graph
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
