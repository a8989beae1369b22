from pathlib import Path

import pytest

from eval.benchmarks.speed.cold import main, measured


def _program(tree: Path, steps: int) -> Path:
    """A tree whose program does nothing but count."""
    (tree / "bot").mkdir(parents=True)
    (tree / "bot" / "__init__.py").touch()
    (tree / "bot" / "__main__.py").write_text(f"sum(range({steps}))", encoding="utf-8")
    return tree


def test_trees_are_measured_side_by_side(tmp_path: Path) -> None:
    light, heavy = _program(tmp_path / "light", 1), _program(tmp_path / "heavy", 20_000_000)
    runs = measured([light, heavy], tmp_path, runs=2)
    assert [len(each) for each in runs.values()] == [2, 2]
    assert min(runs[heavy]) > max(runs[light])


def test_without_a_data_folder_it_says_how_to_make_one() -> None:
    with pytest.raises(SystemExit, match="clausewise ingest --samples"):
        main([])
