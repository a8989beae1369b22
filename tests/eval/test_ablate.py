"""What is left out is gone from the answer; the rest of the way is the real one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.reader.judging import Judge
from bot.reader.lexical import LexicalReader
from bot.settings import Settings
from bot.wiring import join_assistant, open_understander
from eval.ablate import variants_of, without_facts, without_regions
from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.rerankers.none import NoReranker
from vectorstore.retriever import Retriever
from vectorstore.segmentation import tokens
from vectorstore.stores.chroma import ChromaStore

LEADS = Question(text="房租补助由哪个单位牵头？", on=date(2025, 6, 1))
HERE = Question(text="云桥区房租补助最高多少？", on=date(2025, 6, 1))
ELSEWHERE = Question(text="火云区房租补助最高多少？", on=date(2025, 6, 1))


@pytest.fixture
def assistant(
    tmp_path: Path, document: Path, policy: Policy, bundled: BundledEmbedder
) -> Iterator[Assistant]:
    """On a catalog without vectors."""
    settings = Settings(data=tmp_path)
    reader = LexicalReader(tokens)
    of_bridge = replace(policy.metadata, region="云桥区", region_path=("云桥区",))
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as catalog:
        catalog.files.replace(str(document), policy.source_sha256, [replace(policy, metadata=of_bridge)])
        store = ChromaStore(tmp_path / "chroma", url="")
        yield join_assistant(
            settings,
            catalog=catalog,
            retriever=Retriever(catalog, catalog.keywords, store, bundled, NoReranker()),
            judge=Judge(lambda: reader),
            understander=open_understander(settings, bundled),
            warm_up=lambda: None,
            check_vectors=lambda: None,
        )


def test_without_facts_none_is_used(assistant: Assistant) -> None:
    evidence = assistant.evidence(LEADS)
    assert any(evidence.facts.values())
    bare = without_facts(assistant, Settings()).evidence(LEADS)
    assert [each.clause for each in bare.ranked] == [each.clause for each in evidence.ranked]
    assert not bare.facts and not bare.library.facts(kind="duty", policy_ids=evidence.landscape.by_id)


def test_without_regions_a_place_limits_nothing(assistant: Assistant) -> None:
    bare = without_regions(assistant, Settings())
    assert assistant.evidence(ELSEWHERE).understanding.unknown_regions == ("火云区",)
    assert bare.evidence(ELSEWHERE).understanding.unknown_regions == ()
    (policy_id,) = assistant.evidence(HERE).understanding.policy_ids
    assert bare.evidence(HERE).understanding.policy_ids == frozenset()
    limited = replace(HERE, policy_ids=frozenset({policy_id}))
    assert bare.evidence(limited).understanding.policy_ids == {policy_id}


def test_each_variant_differs_in_one_setting_or_in_one_part() -> None:
    variants = variants_of(Settings())
    everything = variants.pop("everything")
    assert everything.change is None
    for variant in variants.values():
        assert (variant.settings == everything.settings) == (variant.change is not None)


def test_a_part_is_left_out_of_none_but_an_assistant_joined_of_steps(
    assistant: Assistant, make_result: Callable[..., object]
) -> None:
    variant = variants_of(Settings())["no facts"]
    assert variant.of(assistant) is not assistant
    with pytest.raises(TypeError, match="joined of steps"):
        variant.of(make_result)  # type: ignore[arg-type]
