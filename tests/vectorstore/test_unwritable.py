"""Full disks and read-only folders: called by their names, and read all the same."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.catalog_file import make_folder
from vectorstore.errors import DiskFullError, ReadOnlyFolderError
from vectorstore.stores.chroma import ChromaStore
from vectorstore.unwritable import unwritable

UNIT = numpy.eye(4, dtype=numpy.float32)
# Run in a mount namespace of its own: a small disk with an index on it is filled or made read-only.
ON_A_SMALL_DISK = """
import json, shutil, subprocess, sys
from pathlib import Path
import numpy
from vectorstore.catalog import Catalog
from vectorstore.search import SearchFilter
from vectorstore.stores.chroma import ChromaStore

data, disk, state = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(disk)], check=True)
shutil.copytree(data, disk / "data")
if state == "full":
    with (disk / "rest").open("wb", buffering=0) as rest:
        try:
            while True:
                rest.write(bytes(4096))
        except OSError:
            pass
else:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

def tried(work):
    try:
        return work()
    except Exception as error:
        return type(error).__name__

path, vector = disk / "data" / "catalog.sqlite3", numpy.eye(4, dtype=numpy.float32)[:1]
store = ChromaStore(disk / "data" / "chroma")
print(json.dumps({
    "policies": tried(lambda: len(Catalog.open(path).policies())),
    "nearest": tried(lambda: store.nearest(vector[0], limit=1, search_filter=SearchFilter())[0].clause_id),
    "written catalog": tried(lambda: Catalog.open(path).vectors.set_fingerprint("other")),
    "written vectors": tried(lambda: store.add("q", ["q.0"], vector)),
    "new catalog": tried(lambda: Catalog.open(disk / "new" / "catalog.sqlite3", create=True)),
}))
"""


@pytest.fixture
def data(tmp_path: Path, make_policy: Callable[..., Policy]) -> Path:
    folder = tmp_path / "data"
    with Catalog.open(folder / "catalog.sqlite3", create=True) as catalog:
        catalog.files.replace("/a", "sha", [make_policy(["文"])])
    with ChromaStore(folder / "chroma") as store:
        store.add("p", ["p.0"], UNIT[:1])
    return folder


@pytest.mark.parametrize(("state", "name"), [("full", "DiskFullError"), ("read-only", "ReadOnlyFolderError")])
def test_what_was_stored_is_read_and_nothing_more_is_written(
    data: Path, tmp_path: Path, state: str, name: str
) -> None:
    apart = ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], check=False).returncode:
        pytest.skip("needs a mount namespace of its own, which this system does not give")
    disk = tmp_path / "disk"
    disk.mkdir()
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*apart, sys.executable, "-c", ON_A_SMALL_DISK, str(data), str(disk), state],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {
        "policies": 1,
        "nearest": "p.0",
        "written catalog": name,
        "written vectors": name,
        "new catalog": name,
    }


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_errors_of_the_system_that_say_full(tmp_path: Path, number: int) -> None:
    assert isinstance(unwritable(OSError(number, "…"), tmp_path), DiskFullError)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_errors_of_the_system_that_say_read_only(tmp_path: Path, number: int) -> None:
    assert isinstance(unwritable(OSError(number, "…"), tmp_path), ReadOnlyFolderError)


@pytest.mark.parametrize("error", [OSError(errno.EISDIR, "…"), ValueError("(no code)"), sqlite3.Error("…")])
def test_other_errors_say_neither(tmp_path: Path, error: Exception) -> None:
    assert unwritable(error, tmp_path) is None


def test_sqlite_says_full(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.sqlite3")
    connection.execute("CREATE TABLE a (b)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO a VALUES (zeroblob(100000))")
    connection.close()
    assert isinstance(unwritable(caught.value, tmp_path), DiskFullError)


def test_a_catalog_that_may_only_be_read_says_so_and_is_read(data: Path) -> None:
    with Catalog.open(data / "catalog.sqlite3") as catalog:
        connection = sqlite3.connect(f"{catalog.path.as_uri()}?mode=ro", uri=True)
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("DELETE FROM meta")
        connection.close()
        assert isinstance(unwritable(caught.value, data), ReadOnlyFolderError)
        assert len(catalog.policies()) == 1


def test_a_folder_below_a_file_is_no_read_only_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError) as caught:
        make_folder(tmp_path / "file" / "data")
    assert not isinstance(caught.value, ReadOnlyFolderError)
