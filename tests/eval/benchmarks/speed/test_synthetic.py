from importlib import resources
from pathlib import Path

import pytest

from eval.benchmarks.speed.synthetic import SyntheticDocuments
from ingest.input_files import read_file
from ingest.parse import parse
from vectorstore.copies import identity_of


@pytest.fixture(scope="module")
def samples() -> list[str]:
    folder = Path(str(resources.files("ingest") / "samples"))
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]


def test_the_same_seed_gives_the_same_documents(samples: list[str]) -> None:
    assert SyntheticDocuments(samples).text(7) == SyntheticDocuments(samples).text(7)
    assert SyntheticDocuments(samples, seed=1).text(7) != SyntheticDocuments(samples).text(7)


def test_documents_have_the_clauses_of_their_sample_and_no_two_are_copies(
    samples: list[str], tmp_path: Path
) -> None:
    paths = list(SyntheticDocuments(samples).write(tmp_path / "made", range(2 * len(samples))))
    made = [parse(read_file(path)) for path in paths]
    originals = []
    for number, sample in enumerate(samples):
        path = tmp_path / f"{number}.txt"
        path.write_text(sample, encoding="utf-8")
        originals.append(sum(len(policy.clauses) for policy in parse(read_file(path))))
    found = [sum(len(policy.clauses) for policy in policies) for policies in made]
    assert sum(found) == pytest.approx(2 * sum(originals), rel=0.05)
    identities = [identity_of(policy.metadata) for policies in made for policy in policies]
    known = [identity for identity in identities if identity]
    assert len(set(known)) == len(known) >= len(paths)


def test_a_question_is_asked_of_the_place_of_the_document(samples: list[str]) -> None:
    documents = SyntheticDocuments(samples)
    place = "栖湖"
    asked = documents.question(f"{place}区怎么补助？", 3)
    assert place not in asked
    assert asked.removesuffix("怎么补助？") in documents.text(3)
