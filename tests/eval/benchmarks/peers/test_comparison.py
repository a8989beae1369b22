from datetime import date

import pytest

from eval.benchmarks.peers.comparison import leads, rows
from eval.benchmarks.peers.machine import MeasuredWith
from eval.benchmarks.peers.measurement import Asked, Measurement
from eval.benchmarks.peers.page import page
from eval.benchmarks.peers.peer import ChineseTuning

VERSIONS = {"langchain-classic": "1.2.3"}


def measurement(system: str, *recalls: float, half: str = "development", seconds: float = 1.0) -> Measurement:
    asked = tuple(
        Asked(id=f"case {number}", half=half, recall=(0.0, recall, 1.0), milliseconds=1.0)
        for number, recall in enumerate(recalls)
    )
    return Measurement(
        system=system,
        set="seeds",
        ingest_seconds=seconds,
        query_ms=2.0,
        peak_mb=None,
        asked=asked,
        measured_with=MeasuredWith(
            day=date(2024, 6, 1), machine="a machine", versions={"langchain-classic": "1.2.3"}
        ),
    )


def test_recall_is_the_mean_of_the_questions_of_a_half() -> None:
    found = {row.name: row.values for row in rows([measurement("clausewise", 1.0, 0.5)])}
    assert found["seeds, development (2): within 1,500"] == (0.75,)


def test_a_half_that_was_not_asked_has_no_row() -> None:
    assert not any("held out" in row.name for row in rows([measurement("clausewise", 1.0)]))


def test_the_lead_is_over_the_best_of_the_others() -> None:
    measured = [measurement("clausewise", 0.9), measurement("worse", 0.2), measurement("better", 1.0)]
    row = next(row for row in rows(measured) if row.name.endswith("within 1,500"))
    assert row.lead() == pytest.approx(-0.1)


def test_a_system_alone_leads_nobody() -> None:
    assert all(row.lead() is None for row in rows([measurement("clausewise", 1.0)]))


def test_a_cost_that_the_system_does_not_tell_is_no_value() -> None:
    row = next(row for row in rows([measurement("clausewise", 1.0)]) if "memory" in row.name)
    assert row.values == (None,)
    assert not row.is_quality


def test_leads_pair_the_questions_and_hold_their_difference_in_the_interval() -> None:
    measured = [measurement("clausewise", 1.0, 1.0, 0.0, 1.0), measurement("other", 0.0, 1.0, 0.0, 0.0)]
    (lead,) = leads(measured, "seeds", "development", 1_500)
    assert lead.difference == pytest.approx(0.5)
    assert 0.0 <= lead.low < lead.difference < lead.high <= 1.0


def test_the_page_holds_figures_tunings_versions_and_the_machine() -> None:
    tuning = ChineseTuning(chunk_characters=321, overlap_characters=0, keyword_weight=0.4)
    text = page(
        [measurement("clausewise", 1.0, 0.5), measurement("langchain", 0.5, 0.5)],
        {"langchain": tuning},
    )
    assert "| seeds, development (2): within 1,500 | 0.750 | 0.500 |" in text
    assert "| langchain | 321 | 0 | 0.4 |" in text
    assert "| seeds, development: langchain | +0.250 |" in text
    for said in ("2024-06-01", "a machine", "langchain-classic 1.2.3"):
        assert said in text
