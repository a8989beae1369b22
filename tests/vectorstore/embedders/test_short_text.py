import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.bundled_model import TOKENIZER_NAME, built_model
from vectorstore.embedders.short_text import LONGEST_CHARACTERS, RULES_NAME, ShortTextTokenizer

_SETS = Path(__file__).parents[3] / "eval" / "sets"
_ODD = "abc AB  12３４，。、ﬁ①㈱𠮷🎉é\u0301\u200b\t\n▁/～—“”的了企业补助ﷺ\u3000x’Å가나"


@pytest.fixture(scope="module")
def folder(bundled: BundledEmbedder, models_folder: Path) -> Path:
    bundled.warm_up()
    return built_model(models_folder)


@pytest.fixture(scope="module")
def whole(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / TOKENIZER_NAME))


@pytest.fixture(scope="module")
def short(folder: Path) -> ShortTextTokenizer:
    return ShortTextTokenizer(folder)


def test_questions_are_cut_as_the_whole_tokenizer_cuts_them(
    short: ShortTextTokenizer, whole: Tokenizer
) -> None:
    lines = (_SETS / "everyday.jsonl").read_text(encoding="utf-8").splitlines()
    for question in ["query: " + json.loads(line)["question"] for line in lines]:
        assert short.ids(question) == whole.encode(question).ids


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60) | st.text(alphabet=_ODD, max_size=60))
def test_any_text_is_cut_as_the_whole_tokenizer_cuts_it(
    short: ShortTextTokenizer, whole: Tokenizer, text: str
) -> None:
    ids = short.ids(text)
    assert ids is None or ids == whole.encode(text).ids


def test_what_it_cannot_cut_alike_is_left_to_the_whole_tokenizer(
    short: ShortTextTokenizer, tmp_path: Path
) -> None:
    assert short.ids("长" * (LONGEST_CHARACTERS + 1)) is None
    assert short.ids("一句</s>话") is None
    assert ShortTextTokenizer(tmp_path).ids("谁牵头？") is None


def test_the_first_question_is_embedded_as_later_ones_are(models_folder: Path, folder: Path) -> None:
    del folder
    embedder = BundledEmbedder(models_folder)
    first = embedder.embed_query("企业能拿多少补贴？")
    embedder.warm_up()
    assert (embedder.embed_query("企业能拿多少补贴？") == first).all()


def test_a_model_of_an_older_program_gets_its_files(models_folder: Path, folder: Path) -> None:
    (folder / RULES_NAME).unlink()
    manifest = folder / "MANIFEST.json"
    kept = {name: each for name, each in json.loads(manifest.read_text()).items() if name != RULES_NAME}
    manifest.write_text(json.dumps(kept))
    told: list[str] = []
    assert built_model(models_folder, lambda what, _done, _total: told.append(what)) == folder
    assert told == [], "the model need not be built anew"
    assert RULES_NAME in json.loads(manifest.read_text())
    assert ShortTextTokenizer(folder).ids("谁牵头？")


def test_several_texts_are_cut_together_as_the_whole_tokenizer_cuts_each(
    bundled: BundledEmbedder, folder: Path
) -> None:
    texts = ["租房补贴多少？", "第三条　对符合条件的企业，给予最高50万元补助。", "See Annex 2 for ½ of it."]
    few = ShortTextTokenizer(folder).encoded(texts)
    assert few is not None
    assert [(list(each.ids), list(each.offsets)) for each in few] == [
        (list(each.ids), list(each.offsets)) for each in bundled.encode(texts)
    ]
