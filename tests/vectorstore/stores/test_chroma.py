"""What only Chroma has: a folder, other processes, a server."""

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest

from vectorstore.errors import VectorStoreError
from vectorstore.search import SearchFilter
from vectorstore.stores.chroma import ChromaStore

ALL = SearchFilter()
UNIT = numpy.eye(4, dtype=numpy.float32)
WRITER = """
import sys, numpy
from pathlib import Path
from vectorstore.stores.chroma import ChromaStore
with ChromaStore(Path(sys.argv[1])) as store:
    store.add("q", ["q.0"], numpy.eye(4, dtype=numpy.float32)[1:2])
"""


OPENERS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from vectorstore.stores.chroma import ChromaStore
together = Barrier(8)
def count(_):
    store = ChromaStore(Path(sys.argv[1]))
    together.wait()
    return store.count()
with ThreadPoolExecutor(8) as threads:
    assert list(threads.map(count, range(8))) == [0] * 8
"""


def test_several_threads_open_the_first_stores_of_a_process_at_once(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", OPENERS, str(tmp_path)], check=True, cwd=root, env=environment)


def test_vectors_are_there_after_closing(tmp_path: Path) -> None:
    with ChromaStore(tmp_path) as store:
        store.add("p", ["p.0"], UNIT[:1])
    with ChromaStore(tmp_path) as store:
        assert store.count() == 1


def test_what_another_process_wrote_is_found(tmp_path: Path) -> None:
    with ChromaStore(tmp_path) as store:
        store.add("p", ["p.0"], UNIT[:1])
        assert store.nearest(UNIT[1], limit=1, search_filter=ALL)[0].clause_id == "p.0"
        root = Path(__file__).parents[3]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], check=True, cwd=root, env=environment)
        assert store.nearest(UNIT[1], limit=1, search_filter=ALL)[0].clause_id == "q.0"


def test_a_damaged_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("no database")
    with ChromaStore(tmp_path) as store, pytest.raises(VectorStoreError, match="clausewise ingest --rebuild"):
        store.count()


def test_a_folder_that_failed_is_opened_once_it_is_mended(tmp_path: Path) -> None:
    damaged = tmp_path / "chroma.sqlite3"
    damaged.write_text("no database")
    with ChromaStore(tmp_path) as store:
        with pytest.raises(VectorStoreError):
            store.count()
        damaged.unlink()
        store.add("p", ["p.0"], UNIT[:1])
        assert store.count() == 1


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path, url="http://127.0.0.1:9")
    with pytest.raises(VectorStoreError, match=r"http://127\.0\.0\.1:9"):
        store.count()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).parent / "chroma"
    command = [str(program), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(tmp_path / "s")]
    environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        for _ in range(200):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


# The HTTP client of Chroma 1.5 never closes its connections; the collector does, and complains.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_chroma_server_serves_as_well(tmp_path: Path, server: str) -> None:
    with ChromaStore(tmp_path / "unused", url=server) as store:
        store.add("p", ["p.0", "p.1"], UNIT[:2])
        assert store.nearest(UNIT[1], limit=1, search_filter=ALL)[0].clause_id == "p.1"
    assert not (tmp_path / "unused").exists()
    del store
    gc.collect()


def test_many_open_and_close_the_same_folder_side_by_side(tmp_path: Path) -> None:
    def open_and_close(_turn: int) -> int:
        with ChromaStore(tmp_path / "chroma") as store:
            return store.count()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(open_and_close, range(40))) == [0] * 40
