"""Missing, foreign, damaged and outdated catalogs."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.catalog_file import SCHEMA_VERSION
from vectorstore.errors import (
    CatalogBusyError,
    CatalogMissingError,
    CatalogVersionError,
    CorruptCatalogError,
    StoreError,
)


def test_a_missing_catalog_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogMissingError, match="clausewise ingest PATH"):
        Catalog.open(tmp_path / "none" / "catalog.sqlite3")
    assert not (tmp_path / "none").exists()


def test_create_makes_the_folder_and_keeps_what_is_there(
    tmp_path: Path, make_policy: Callable[..., Policy]
) -> None:
    path = tmp_path / "new" / "catalog.sqlite3"
    with Catalog.open(path, create=True) as catalog:
        catalog.files.replace("/a", "sha", [make_policy(["文"])])
    with Catalog.open(path, create=True) as catalog:
        assert len(catalog.policies()) == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 4000])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalog.sqlite3"
    path.write_bytes(content)
    with pytest.raises(CorruptCatalogError, match="move the data folder away"):
        Catalog.open(path)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_refused_even_to_create(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (letter)")
    connection.commit()
    connection.close()
    with pytest.raises(CorruptCatalogError):
        Catalog.open(path, create=True)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").mkdir()
    with pytest.raises(CorruptCatalogError):
        Catalog.open(tmp_path / "catalog.sqlite3", create=True)


def test_a_truncated_catalog_is_refused_when_opened_or_read(
    tmp_path: Path, make_policy: Callable[..., Policy]
) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True) as catalog:
        catalog.files.replace("/a", "sha", [make_policy([f"第{n}条科技。" for n in range(900)])])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(CorruptCatalogError), Catalog.open(path) as catalog:
        catalog.policy("p1")


def test_another_version_names_both(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    Catalog.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CatalogVersionError, match=f"expected catalog version {SCHEMA_VERSION}, found 99"):
        Catalog.open(path, create=True)


def test_a_record_that_is_none_is_corruption(tmp_path: Path, make_policy: Callable[..., Policy]) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True) as catalog:
        catalog.files.replace("/a", "sha", [make_policy(["文"])])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE clauses SET record = '{}'")
    connection.commit()
    connection.close()
    with Catalog.open(path) as catalog, pytest.raises(CorruptCatalogError):
        catalog.clause("p1.0")


def test_one_process_indexes_at_a_time(catalog: Catalog, tmp_path: Path) -> None:
    with Catalog.open(tmp_path / "catalog.sqlite3") as other:
        with catalog.exclusive(), pytest.raises(CatalogBusyError, match="wait"), other.exclusive():
            pass
        with other.exclusive():
            pass


def test_every_error_is_a_store_error() -> None:
    assert issubclass(CorruptCatalogError, StoreError)
