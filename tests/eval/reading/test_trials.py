"""A set that is asked with one calibration after another, by a reader that counts what it reads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.reader.calibration import at_its_word
from bot.reader.judging import Judge
from bot.reader.lexical import LexicalReader
from bot.reader.reading import Passage, Reading
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer
from eval.cases import Case
from eval.reading.trials import Trial, Verdict
from vectorstore.segmentation import tokens

MEASURES = """云渡市冰雪运动扶持办法
云体〔2025〕6号

第一条 新建室内冰场的，给予一次性补助30万元。
第二条 冰场应当每年检修制冷设备。

云渡市体育局
2025年2月1日
"""


class CountingReader(LexicalReader):
    """Counts the passages that it reads."""

    passages = 0

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.passages += len(passages)
        return super().read(question, passages)


@pytest.fixture
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "measures.txt").write_text(MEASURES, encoding="utf-8")
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    open_indexer(settings).index([folder])
    opened = open_assistant(settings)
    yield opened
    opened.catalog.close()


def _case(text: str, *expected: str) -> tuple[Case, Question]:
    case = Case(
        id=text,
        question=text,
        kind="amount" if expected else "unanswerable",
        outcome="answered" if expected else "no_evidence",
        expected=tuple((each,) for each in expected),
    )
    return case, Question(text=text, on=date(2026, 1, 1))


def test_bounds_are_tried_on_what_was_found_and_read_once(assistant: Assistant) -> None:
    reader = CountingReader(tokens)
    judged = replace(assistant, judge=Judge(lambda: reader))
    trial = Trial(judged, [_case("新建室内冰场补助多少万元？", "30万元"), _case("滑雪板进口关税是多少？")])
    lenient = replace(at_its_word("lexical"), enough=0.01, near=0.5)
    first = trial.verdicts(lenient)
    assert first[0] == Verdict(answerable=True, answered=True, right=True)
    read = reader.passages
    silent = trial.verdicts(replace(lenient, enough=1.0))
    assert [each.answered for each in silent] == [False, False]
    assert [each.right for each in silent] == [False, True]
    assert trial.verdicts(lenient) == first
    assert reader.passages == read
