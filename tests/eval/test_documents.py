from pathlib import Path

import pytest

from eval.documents import Documents
from eval.errors import DocumentMissingError


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    for name in ("samples/a.txt", "shared/corpus/seeds/b.txt", "own/c.txt", "own/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("一、总则\n", encoding="utf-8")
    return Documents(samples=tmp_path / "samples", shared=tmp_path / "shared", beside=tmp_path / "own")


def test_names_lead_to_the_samples_the_corpus_or_beside_the_set(documents: Documents, tmp_path: Path) -> None:
    assert documents.path("samples/a.txt") == tmp_path / "samples" / "a.txt"
    assert documents.path("seeds/b.txt") == tmp_path / "shared" / "corpus" / "seeds" / "b.txt"
    assert documents.path("c.txt") == tmp_path / "own" / "c.txt"


def test_collections_are_indexed_whole_and_files_beside_a_set_alone(
    documents: Documents, tmp_path: Path
) -> None:
    own, samples = tmp_path / "own" / "c.txt", tmp_path / "samples"
    assert documents.to_index(["samples/a.txt", "c.txt"]) == sorted((own, samples))


def test_given_folder_takes_the_place_of_all_others(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "a.txt").write_text("一、总则\n", encoding="utf-8")
    documents = Documents(samples=tmp_path, shared=tmp_path, folder=tmp_path / "given")
    assert documents.path("samples/a.txt") == tmp_path / "given" / "a.txt"
    assert documents.to_index(["samples/a.txt"]) == [tmp_path / "given"]


def test_document_that_cannot_be_read_is_named(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "own" / "c.txt").write_bytes(b"%PDF-1.7")
    with pytest.raises(DocumentMissingError, match=r"c\.txt: expected plain text"):
        documents.read("c.txt")
