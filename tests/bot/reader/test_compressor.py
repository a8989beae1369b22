"""The reader behind a retriever of LangChain."""

import asyncio

import pytest
from langchain_core.documents import Document

from bot.reader.compressor import ReaderCompressor
from bot.settings import Settings
from bot.wiring import open_compressor
from vectorstore.embedders.bundled import BundledEmbedder

QUESTION = "购买云服务最高补助多少？"
DOCUMENTS = [
    Document(page_content="市工信局负责受理申请，10个工作日内办结。", metadata={"title": "汀岚市上云办法"}),
    Document(
        id="amount",
        page_content="企业购买云服务的，按照合同金额的30%给予补助，最高不超过5万元。",
        metadata={"title": "汀岚市上云办法", "headings": ["二、补助"], "page": 2},
    ),
    Document(page_content="本办法自印发之日起施行。"),
]


@pytest.fixture(scope="module")
def compressor(bundled: BundledEmbedder, models_folder: object) -> ReaderCompressor:
    return open_compressor(Settings.model_validate({"models": models_folder}))


def test_the_document_that_answers_comes_first_with_the_words_that_do(compressor: ReaderCompressor) -> None:
    first, *others = compressor.compress_documents(DOCUMENTS, QUESTION)
    assert (first.id, first.metadata["page"]) == ("amount", 2)
    assert "5万元" in first.metadata["answer"]
    scores = [each.metadata["relevance_score"] for each in (first, *others)]
    assert len(scores) == 3 and scores == sorted(scores, reverse=True)


def test_so_many_are_kept_and_none_that_answers_less_surely(compressor: ReaderCompressor) -> None:
    best = compressor.model_copy(update={"top_n": 1})
    assert [each.id for each in best.compress_documents(DOCUMENTS, QUESTION)] == ["amount"]
    surest = compressor.model_copy(update={"least": 1.0})
    assert surest.compress_documents(DOCUMENTS, QUESTION) == []


def test_what_is_given_is_left_as_it_is(compressor: ReaderCompressor) -> None:
    kept = asyncio.run(compressor.acompress_documents(DOCUMENTS, QUESTION))
    assert len(kept) == 3
    assert all("relevance_score" not in each.metadata for each in DOCUMENTS)


def test_nothing_is_kept_of_nothing(compressor: ReaderCompressor) -> None:
    assert compressor.compress_documents([], QUESTION) == []


def test_a_heading_that_is_no_list_is_one_heading(compressor: ReaderCompressor) -> None:
    one = [each.model_copy(update={"metadata": {"headings": "二、补助"}}) for each in DOCUMENTS[1:2]]
    listed = [each.model_copy(update={"metadata": {"headings": ["二、补助"]}}) for each in DOCUMENTS[1:2]]
    [first], [second] = (compressor.compress_documents(each, QUESTION) for each in (one, listed))
    assert first.metadata["relevance_score"] == second.metadata["relevance_score"]
