import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.answer import Question
from bot.commands.answers import indented, shown
from bot.commands.parts import Parts
from bot.errors import NoDocumentsError
from vectorstore.errors import CatalogMissingError

Run = Callable[..., Any]


def test_json_alone_goes_to_stdout(run: Run) -> None:
    ran = run("ask", "补助多少？", "--json", "--on", "2026-01-01")
    assert ran.code == 0
    assert ran.json["citations"][0]["validity"] == "expired"
    assert ran.json["question"] == "补助多少？"


def test_silence_is_an_answer_too(run: Run) -> None:
    ran = run("ask", "火星上有补助吗？", "--json")
    assert (ran.code, ran.json["outcome"]) == (0, "no_evidence")


def test_terminal_shows_the_text_then_each_quote_with_its_place(run: Run) -> None:
    ran = run("ask", "补助多少？", "--on", "2025-06-30")
    text = ran.out.index("最高补助5万元[1]")
    place = ran.out.index(
        "[1] 《云桥区小微企业扶持办法》(云政〔2023〕7号) 一、(一)  现行有效（至 2025-12-31）"
    )
    quote = ran.out.index("按年租金的30%补助，最高5万元。")
    assert text < place < quote


def test_words_that_answer_are_bold_in_a_terminal_and_plain_in_a_file(run: Run, assistant: Any) -> None:
    answer = assistant.ask(Question(text="补助多少？", on=date(2025, 6, 30)))
    screen = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=160)
    screen.print(shown(answer))
    assert "\x1b[1;3m最高5万元\x1b[0m\x1b[3m。\x1b[0m" in screen.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in run("ask", "补助多少？").out


def test_words_are_bold_on_the_line_they_stand_on() -> None:
    rest = "每年一次，由区商务局会同区财政局按照职责分工负责落实办理。"
    text = f"第一条  补助。\n\n　第二条 　最高5万元，{rest}"
    said = indented(text, bold=(text.index("补助"), text.index("，每年")))
    assert said.plain == f"    第一条 补助。\n    第二条 最高5万元，{rest}"
    bold = [said.plain[span.start : span.end] for span in said.spans if span.style == "bold"]
    assert bold == ["补助。", "第二条", "最高5万元"]


def test_terminal_names_clauses_that_are_only_near(run: Run) -> None:
    assert "相近条款" in run("ask", "火星上有补助吗？").out


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "问？", "--batch", "file.jsonl"), ("search",)])
def test_question_and_batch_exclude_each_other(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_batch_answers_in_order_and_goes_on_after_bad_lines(run: Run, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "question": "补助多少？", "history": ["有补助吗？"]}',
        "not json",
        '{"id": 7, "question": "  "}',
        '{"id": "c"}',
        "",
        '{"id": "d", "question": "' + "长" * 10_000 + '"}',
        '{"id": "e", "question": "多少？", "policy_ids": ["none"]}',
        '{"id": "f", "question": "火星？", "on": "2024-01-01"}',
    ]
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\n\xff\n")
    ran = run("ask", "--batch", str(file), "--json")
    assert ran.code == 0
    assert [(line["id"], "error" in line) for line in ran.json_lines] == [
        ("a", False),
        (None, True),
        (7, True),
        ("c", True),
        ("d", True),
        ("e", True),
        ("f", False),
        (None, True),
    ]
    assert list(ran.json_lines[0])[:2] == ["id", "question"]
    assert set(ran.json_lines[3]) == {"id", "error"}
    assert "8 questions, 6 of them with an error" in ran.err


def test_history_of_a_batch_line_reaches_the_assistant(run: Run, tmp_path: Path, assistant: Any) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "question": "那呢？", "history": ["一？", "二？"]}', encoding="utf-8")
    run("ask", "--batch", str(file))
    assert assistant.asked[0].history == ("一？", "二？")


def test_missing_batch_file_is_named(run: Run) -> None:
    ran = run("ask", "--batch", "/nowhere/questions.jsonl", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "/nowhere/questions.jsonl" in ran.err


@pytest.mark.parametrize(
    "error",
    [CatalogMissingError(Path("/nowhere")), NoDocumentsError("no document; run: clausewise ingest PATH…")],
)
def test_known_error_is_one_message_and_exit_code_1(run: Run, error: Exception) -> None:
    def fails(*_: object) -> Any:
        raise error

    ran = run("ask", "多少？", "--json", parts=Parts(assistant=fails))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"clausewise: {error}\n"
    assert "clausewise ingest" in ran.err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_batch_that_is_no_file_is_refused_before_the_model_is_loaded(
    run: Run, tmp_path: Path, command: str
) -> None:
    def fails(*_: object) -> Any:
        raise AssertionError("the model is loaded")

    for path, found in ((tmp_path / "nothing.jsonl", "no such file"), (tmp_path, "found a folder")):
        ran = run(command, "--batch", str(path), "--json", parts=Parts(assistant=fails))
        assert (ran.code, ran.out) == (1, "")
        assert str(path) in ran.err and found in ran.err


def test_empty_data_folder_names_the_command_that_fills_it(run: Run, tmp_path: Path) -> None:
    ran = run("ask", "多少？", "--data", str(tmp_path / "nothing"), parts=Parts())
    assert ran.code == 1
    assert "clausewise ingest" in ran.err


@pytest.mark.parametrize(
    "command",
    [("ask", "多少？"), ("docs", "list"), ("ingest", "--samples"), ("doctor",), ("serve",)],
    ids=" ".join,
)
def test_data_folder_that_is_a_file_is_refused(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("{}")
    ran = run(*command, "--data", str(file), parts=Parts())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"clausewise: {file}: expected the folder of the data, found a file; name a folder\n"


def test_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEWISE_TODAY", "soon")
    ran = run("ask", "多少？")
    assert ran.code == 1
    assert "CLAUSEWISE_TODAY" in ran.err


def test_a_single_question_loads_nothing_that_it_does_not_use(samples_data: Path) -> None:
    program = (
        "import sys\nfrom bot.__main__ import main\n"
        f"try: main(['ask', '场景实验室由哪个单位牵头？', '--data', {str(samples_data)!r}])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'kubernetes', 'scipy', 'sklearn',\n"
        "    'cv2', 'langchain', 'langchain_core', 'langsmith', 'openai', 'fastapi', 'ingest.parse'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "牵头" in done.stdout
