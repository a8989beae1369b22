from pathlib import Path

import pytest
import torch

from eval.reading.averaging import mean_of


def test_each_weight_is_the_mean_of_those_of_the_files(tmp_path: Path) -> None:
    for name, value in (("one", 1.0), ("other", 4.0)):
        torch.save({"layer": torch.full((2,), value)}, tmp_path / name)
    assert mean_of([tmp_path / "one", tmp_path / "other"])["layer"].tolist() == [2.5, 2.5]


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    torch.save({"layer": torch.zeros(2)}, tmp_path / "one")
    torch.save({"other": torch.zeros(2)}, tmp_path / "other")
    with pytest.raises(KeyError):
        mean_of([tmp_path / "one", tmp_path / "other"])
