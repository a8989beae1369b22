import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.commands.checks import (
    check_embedder,
    check_folder,
    check_full_text_search,
    check_packages,
    check_python,
    check_reader,
)
from bot.commands.parts import Parts
from bot.settings import EmbedderSettings, Settings
from vectorstore.catalog import Catalog
from vectorstore.stores.chroma import ChromaStore

Run = Callable[..., Any]


def test_healthy_installation_passes(run: Run, tmp_path: Path) -> None:
    ran = run("doctor", "--data", str(tmp_path), "--json")
    states = {check["name"]: check["state"] for check in ran.json["checks"]}
    assert ran.code == 0
    assert states["catalog"] == "ok"


def test_fresh_data_folder_needs_documents_and_nothing_else(run: Run, tmp_path: Path) -> None:
    ran = run("doctor", "--data", str(tmp_path / "new"), parts=Parts())
    assert ran.code == 0
    assert "clausewise ingest" in ran.out
    assert not (tmp_path / "new").exists()


def test_corrupt_catalog_is_found_and_the_exit_code_is_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "catalog.sqlite3").write_bytes(b"no database" * 400)
    ran = run("doctor", "--data", str(tmp_path / "bad"), parts=Parts())
    assert ran.code == 1
    assert "BAD  catalog" in ran.out
    assert "→" in ran.out


def test_keyword_index_that_lost_a_row_is_found(run: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalog.sqlite3") as connection:
        connection.execute("DELETE FROM clause_terms WHERE rowid = (SELECT min(position) FROM clauses)")
    connection.close()
    ran = run("doctor", "--data", str(tmp_path))
    assert ran.code == 1
    assert "clause_terms" in ran.out and "backup" in ran.out


def test_missing_vectors_are_found_and_repaired(samples_data: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(samples_data, tmp_path / "data")
    with (
        Catalog.open(tmp_path / "data" / "catalog.sqlite3") as catalog,
        ChromaStore(tmp_path / "data" / "chroma") as store,
    ):
        store.remove(min(catalog.policies(), key=lambda each: each.clause_count).policy_id)
    arguments = ("doctor", "--data", str(tmp_path / "data"))
    ran = run(*arguments, parts=Parts())
    assert ran.code == 1
    assert "BAD  vectors" in ran.out and "clausewise doctor --repair" in ran.out
    ran = run(*arguments, "--repair", "--json", parts=Parts())
    checks = {check["name"]: check for check in ran.json["checks"]}
    assert ran.code == 0
    assert checks["repair"]["found"] == "1 documents embedded again, 0 foreign vectors removed"
    assert checks["vectors"]["state"] == "ok"
    assert "0 documents embedded again" in run(*arguments, "--repair", parts=Parts()).out


def test_missing_package_is_named_with_the_command_that_installs_it() -> None:
    check = check_packages(("rich", "no-such-package-here"))
    assert (check.state, check.advice) == ("bad", "run: pip install no-such-package-here")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert check_folder(tmp_path / "data").state == "bad"


def test_file_in_place_of_the_data_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    assert check_folder(tmp_path / "data").state == "bad"


def test_model_of_the_user_is_named(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, embedder=EmbedderSettings(model="some/model"))
    assert "some/model" in check_embedder(settings, lambda *_: None).found


def test_this_python_has_what_is_needed() -> None:
    assert (check_python().state, check_full_text_search().state) == ("ok", "ok")


def test_a_reader_that_is_not_whole_is_told_with_what_takes_its_place(tmp_path: Path) -> None:
    assert check_reader(Settings()).state == "ok"
    assert check_reader(Settings(reader="lexical")).state == "note"
    broken = check_reader(Settings(), tmp_path)
    assert broken.state == "bad"
    assert "shared words" in (broken.advice or "")
