import pytest

from eval.errors import GateMissingError
from eval.gates import gate_of
from eval.metrics import metrics
from eval.sets import packaged_sets


@pytest.mark.parametrize("name", sorted(packaged_sets()))
def test_every_packaged_set_has_bars_on_what_must_always_hold(name: str) -> None:
    bars = {(bar.metric, bar.side): bar.value for bar in gate_of(name, metrics()).bars}
    assert bars["verbatim_rate", "min"] == 1
    assert bars["fact_accuracy", "min"] >= 0.8


def test_gate_tells_how_a_set_is_asked() -> None:
    assert gate_of("policies", metrics()).half == "development"
    assert gate_of("gate", metrics()).falsify
    assert not gate_of("samples", metrics()).falsify


def test_set_without_a_gate_is_told() -> None:
    with pytest.raises(GateMissingError, match=r"own has no bars in gates\.toml"):
        gate_of("own", metrics())
