import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy

from bot.commands.parts import Parts
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.search import Vectors

Run = Callable[..., Any]


class ForgetfulStore:
    """A VectorStore that keeps nothing but what it was asked to remove."""

    def __init__(self) -> None:
        self.removed: list[str] = []

    def add(self, policy_id: str, _clause_ids: object, _vectors: Vectors) -> None:
        raise AssertionError(f"nothing is to be added, but {policy_id} is")

    def remove(self, policy_id: str) -> None:
        self.removed.append(policy_id)

    def nearest(self, *_: object, **__: object) -> list[Any]:
        return []


def test_list_shows_each_document_with_its_validity(run: Run) -> None:
    out = run("docs", "list", "--on", "2026-01-01").out
    assert "《云桥区小微企业扶持办法》(云政〔2023〕7号)" in out
    assert "已过有效期" in out


def test_list_as_json(run: Run, policy: Any) -> None:
    assert run("docs", "list", "--json").json["policies"][0]["policy_id"] == policy.policy_id


def test_list_does_not_import_the_model(catalog: Catalog) -> None:
    program = (
        "import sys\nfrom bot.__main__ import main\n"
        f"try: main(['docs', 'list', '--data', {str(catalog.path.parent)!r}])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "loaded = {'torch', 'sentence_transformers', 'chromadb', 'transformers'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "云桥区" in done.stdout


def test_show_prints_clauses_and_facts(run: Run, policy: Any) -> None:
    out = run("docs", "show", policy.policy_id).out
    assert "一、(一)  (一)房租补助。" in out
    assert "duty unit=区商务局  role=牵头" in out


def test_show_as_json_holds_text_and_spans(run: Run, policy: Any) -> None:
    found = run("docs", "show", policy.policy_id, "--json").json
    assert found["text"] == policy.text
    assert len(found["clauses"]) == 4


def test_show_of_an_unknown_id_says_where_ids_are(run: Run) -> None:
    ran = run("docs", "show", "none")
    assert ran.code == 1
    assert "clausewise docs list" in ran.err


def test_check_parses_without_storing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "办法.txt"
    file.write_text(
        "某办法\n\n第一条 为了扶持企业，制定本办法。\n第二条 由商务局牵头实施。\n", encoding="utf-8"
    )
    data = tmp_path / "untouched"
    ran = run("docs", "check", str(file), "--json", "--data", str(data))
    assert ran.code == 0
    (found,) = ran.json["policies"]
    assert {
        "policy_id",
        "title",
        "document_number",
        "metadata",
        "clauses",
        "facts",
        "deletions",
    } <= set(found)
    assert {"clause_id", "locator", "path", "kind", "start", "end", "text"} <= set(found["clauses"][0])
    assert "第二条" in [clause["locator"] for clause in found["clauses"]]
    for clause in found["clauses"]:
        assert found["text"][clause["start"] : clause["end"]] == clause["text"]
    assert ran.json["warnings"] == []
    assert not data.exists()


def test_check_of_an_unknown_format_says_what_to_do(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notice.xyz"
    file.write_bytes(b"?")
    ran = run("docs", "check", str(file), "--json")
    assert (ran.code, ran.json["policies"]) == (1, [])
    assert "notice.xyz" in ran.err and "notice.xyz" in ran.json["errors"][0]


def test_check_of_paths_that_do_not_exist_names_them_all(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "a.txt"
    there.write_text("第一条 区科技局牵头。", encoding="utf-8")
    ran = run("docs", "check", "/nowhere", str(there), "/nowhere/else", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "/nowhere: there is" in ran.err and "/nowhere/else: there is" in ran.err


def test_check_of_a_folder_goes_on_behind_a_bad_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    (tmp_path / "b.txt").write_text("第一条 区科技局牵头。", encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(b"?")
    ran = run("docs", "check", str(tmp_path), "--json")
    assert ran.code == 1
    assert [policy["source"] for policy in ran.json["policies"]] == ["b.txt"]
    assert [error.split(":")[0] for error in ran.json["errors"]] == ["a.txt"]


def test_removed_document_is_gone(run: Run, catalog: Catalog, policy: Any) -> None:
    store = ForgetfulStore()

    def indexer(*_: object) -> Indexer:
        return Indexer(catalog, store, lambda: numpy.empty)  # type: ignore[arg-type,return-value]

    parts = Parts(catalog=lambda _: Catalog.open(catalog.path), indexer=indexer)
    assert run("docs", "remove", policy.policy_id, parts=parts).code == 0
    assert catalog.policies() == []
    assert store.removed == [policy.policy_id]


def test_a_removal_that_was_killed_is_ended_by_the_next(run: Run, catalog: Catalog, policy: Any) -> None:
    catalog.remove_policy(policy.policy_id)
    store = ForgetfulStore()
    parts = Parts(
        catalog=lambda _: Catalog.open(catalog.path),
        indexer=lambda *_: Indexer(catalog, store, lambda: numpy.empty),  # type: ignore[arg-type,return-value]
    )
    ran = run("docs", "remove", policy.policy_id, parts=parts)
    assert (ran.code, "docs list" in ran.err) == (1, True)
    assert store.removed == [policy.policy_id]
    assert catalog.vectors.unsettled() == []
