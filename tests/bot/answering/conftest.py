"""An assistant on three small documents: a catalog without vectors, so that no model is loaded."""

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
from ingest import parse
from ingest.input_files import read_file
from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.rerankers.none import NoReranker
from vectorstore.retriever import Retriever
from vectorstore.segmentation import tokens
from vectorstore.stores.chroma import ChromaStore

DOCUMENTS = {
    "lake": """栖湖区小微企业扶持办法

一、补助
(一)房租补助。对小微企业按年租金的30%给予房租补助，最高5万元。(区商务局牵头)
(二)培训补助。对参加数字化培训的职工每人补助800元。(区人力社保局牵头)
二、申报
(三)申报时间。企业应当在每年6月30日前提交房租补助申请材料。
""",
    "city": """汀岚市城市绿化管理规定

一、绿地
(一)古树名木由绿化主管部门统一编号，设立保护标志，建立档案。
(二)占用绿地的，应当向绿化主管部门提出申请。
""",
    "ford": """枫渡区企业上云行动方案

一、目标
(一)到2026年，全区新增上云企业500家。(区科技局牵头)
""",
}
PLACES = {
    "lake": ("云岫省", "汀岚市", "栖湖区"),
    "city": ("云岫省", "汀岚市"),
    "ford": ("云岫省", "汀岚市", "枫渡区"),
}


def _parsed(path: Path) -> tuple[str, Policy]:
    document = read_file(path)
    (policy,) = parse.parse(document)
    place = PLACES[path.stem]
    return document.sha256, replace(
        policy, metadata=replace(policy.metadata, region=place[-1], region_path=place)
    )


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, bundled: BundledEmbedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("three documents")
    settings = Settings(data=folder)
    reader = LexicalReader(tokens)
    store = ChromaStore(folder / "chroma", url="")
    with Catalog.open(folder / "catalog.sqlite3", create=True) as catalog:
        for name, text in DOCUMENTS.items():
            path = folder / f"{name}.txt"
            path.write_text(text, "utf-8")
            sha256, policy = _parsed(path)
            catalog.files.replace(str(path), sha256, [policy])
        yield join_assistant(
            settings,
            catalog=catalog,
            retriever=Retriever(catalog, catalog.keywords, store, bundled, NoReranker()),
            judge=Judge(lambda: reader),
            understander=open_understander(settings, bundled),
            warm_up=lambda: None,
            check_vectors=lambda: None,
        )


@pytest.fixture
def question() -> Callable[..., Question]:
    def make(text: str, *history: str) -> Question:
        return Question(text=text, on=date(2025, 6, 1), history=history)

    return make
