"""Files are parsed in a process that can be stopped."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.input_files import InputFile, listed
from ingest.limits import Limits
from vectorstore.confined import ConfinedParsing
from vectorstore.errors import ParsingStoppedError
from vectorstore.parsing import Parse, Parsed, parse_file

TEXT = "澄湖区租金补助办法\n\n第一条 区科技局牵头。\n"
Confined = Callable[[Parse], ConfinedParsing]


def parse_by_name(file: InputFile, limits: Limits) -> Parsed:
    """Stands for a parser that goes wrong with some files; what it says is its process."""
    del limits
    if file.path.stem == "slow":
        time.sleep(600)
    if file.path.stem == "large":
        return Parsed(error=str(len(bytearray(1 << 30))))
    if file.path.stem == "crash":
        os._exit(3)
    if file.path.stem == "fault":
        raise ValueError("an index was out of range")
    return Parsed(sha256=str(os.getpid()))


@pytest.fixture
def confined() -> Iterator[Confined]:
    opened = []

    def opening(parse: Parse) -> ConfinedParsing:
        opened.append(ConfinedParsing(parse))
        return opened[-1]

    yield opening
    for each in opened:
        each.close()


def named(name: str) -> InputFile:
    return InputFile(path=Path(name))


def test_file_gives_what_it_gives_in_the_same_process(confined: Confined, tmp_path: Path) -> None:
    for name, content in (("a.txt", TEXT.encode()), ("b.txt", b"\x00\x01"), ("c.txt", b"")):
        (tmp_path / name).write_bytes(content)
    parsing = confined(parse_file)
    for file in listed([tmp_path]):
        assert parsing(file, Limits()) == parse_file(file)


def test_process_is_kept_for_the_next_file_and_is_not_this_one(confined: Confined) -> None:
    parsing = confined(parse_by_name)
    first, second = (parsing(named("good.txt"), Limits()).sha256 for _ in range(2))
    assert first == second != str(os.getpid())


@pytest.mark.parametrize(
    ("name", "setting"), [("slow", "PARSE_SECONDS"), ("large", "PARSE_BYTES"), ("crash", "PARSE_BYTES")]
)
def test_file_that_costs_too_much_is_told_what_to_do_and_the_next_is_parsed(
    confined: Confined, name: str, setting: str
) -> None:
    parsing = confined(parse_by_name)
    limits = Limits(parse_seconds=1, parse_bytes=256 << 20)
    before = parsing(named("good.txt"), limits).sha256
    error = parsing(named(f"{name}.txt"), limits).error
    assert error.startswith(f"{name}.txt: expected ")
    assert error.endswith(f"split it, or raise CLAUSEWISE_LIMITS__{setting}")
    assert parsing(named("good.txt"), limits).sha256 not in ("", before)


def test_real_parser_is_stopped_in_the_middle_of_a_long_text(confined: Confined, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(TEXT * 60_000, encoding="utf-8")
    (tmp_path / "short.txt").write_text(TEXT, encoding="utf-8")
    parsing = confined(parse_file)
    long, short = listed([tmp_path])
    assert parsing(short, Limits()).policies
    began = time.perf_counter()
    assert parsing(short, Limits()).policies
    short_seconds = time.perf_counter() - began
    assert "PARSE_SECONDS" in parsing(long, Limits(parse_seconds=short_seconds * 20)).error


def test_real_parser_is_stopped_when_it_takes_too_much_memory(confined: Confined, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 20_000, encoding="utf-8")
    assert "PARSE_BYTES" in confined(parse_file)(InputFile(path=path), Limits(parse_bytes=1 << 20)).error


def test_fault_of_the_parser_is_raised_with_where_it_arose(confined: Confined) -> None:
    parsing = confined(parse_by_name)
    with pytest.raises(
        RuntimeError, match=r"(?s)fault\.txt could not be parsed.*parse_by_name.*out of range"
    ):
        parsing(named("fault.txt"), Limits())
    assert parsing(named("good.txt"), Limits()).sha256


def test_closing_ends_the_file_that_is_parsed_and_refuses_further_ones(confined: Confined) -> None:
    parsing = confined(parse_by_name)
    raised = []

    def parse_slowly() -> None:
        with pytest.raises(ParsingStoppedError) as stopped:
            parsing(named("slow.txt"), Limits())
        raised.append(stopped.value)

    thread = threading.Thread(target=parse_slowly)
    thread.start()
    while not parsing.is_busy():
        time.sleep(0.01)
    parsing.close()
    thread.join(60)
    assert raised
    with pytest.raises(ParsingStoppedError, match="send the file again"):
        parsing(named("good.txt"), Limits())
