from dataclasses import replace
from pathlib import Path

from bot.settings import RetrievalSettings, Settings
from eval.program import answering_settings, corpus_sha256, ingestion_key, program_sha256
from ingest.policy import Policy
from vectorstore.catalog import Catalog


def test_program_has_one_hash() -> None:
    assert program_sha256() == program_sha256()
    assert len(program_sha256()) == 64


def test_corpus_is_what_the_files_hold_wherever_they_lie(tmp_path: Path, policy: Policy) -> None:
    other = replace(policy, policy_id="other", source_sha256="b" * 64, clauses=(), facts=())

    def hash_of(name: str, *files: tuple[str, Policy]) -> str:
        with Catalog.open(tmp_path / name, create=True) as catalog:
            for path, held in files:
                catalog.files.replace(path, held.source_sha256, [held])
            return corpus_sha256(catalog)

    here = hash_of("a", ("/here/measure.txt", policy))
    assert hash_of("b", ("/there/renamed.txt", policy)) == here
    assert hash_of("c", ("/here/measure.txt", policy), ("/here/other.txt", other)) != here


def test_where_things_lie_is_no_setting_that_answers_depend_on(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert answering_settings(settings) == answering_settings(settings.model_copy(update={"data": Path("x")}))
    bare = settings.model_copy(update={"retrieval": RetrievalSettings(context=False)})
    assert answering_settings(bare) != answering_settings(settings)
    assert ingestion_key(bare) != ingestion_key(settings)
    heavier = settings.model_copy(update={"retrieval": RetrievalSettings(keyword=9)})
    assert ingestion_key(heavier) == ingestion_key(settings)
