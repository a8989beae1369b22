"""Files are parsed in order, on one core or several."""

from pathlib import Path

from ingest.input_files import listed
from ingest.limits import Limits
from vectorstore.parsing import parsed_in_order


def test_several_processes_give_what_one_gives_in_the_same_order(tmp_path: Path) -> None:
    for number in range(5):
        text = f"澄湖区第{number}号办法\n第一条 区科技局牵头第{number}项工作。"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"\x00\x01")
    files = listed([tmp_path])
    alone = list(parsed_in_order(files, Limits()))
    together = list(parsed_in_order(files, Limits(), jobs=2))
    assert together == alone
    assert [bool(parsed.error) for _, parsed in alone] == [False, False, True, False, False]
