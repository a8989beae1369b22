from importlib import resources
from pathlib import Path

import pytest

from bot.settings import Settings
from eval.benchmarks.speed.growth import INGEST_STEPS, QUERY_STEPS, GrowingLibrary, Point, orders
from eval.benchmarks.speed.plot import growth_page
from eval.benchmarks.speed.random_embedder import RandomEmbedder
from eval.benchmarks.speed.stopwatch import Stopwatch
from eval.benchmarks.speed.synthetic import SyntheticDocuments


def point(clauses: int, *, ingest: float = 1.0, query: float = 1.0) -> Point:
    return Point(
        documents=clauses // 50,
        clauses=clauses,
        ingest_ms_per_clause=dict.fromkeys(INGEST_STEPS, ingest),
        first_question_ms=1.0,
        query_ms=dict.fromkeys(QUERY_STEPS, query),
        query_p50_ms=1.0,
        query_p95_ms=1.0,
        resident_mb=float(clauses),
        disk_mb=1.0,
    )


def test_work_within_work_counts_once() -> None:
    times = iter((0.0, 1.0, 3.0, 6.0))
    watch = Stopwatch(clock=lambda: next(times))
    watch.timed("outer", lambda: watch.timed("inner", lambda: None))
    assert watch.taken() == {"inner": 2.0, "outer": 4.0}
    assert watch.taken() == {}


def test_a_clause_that_costs_ten_times_as_much_makes_ingestion_quadratic() -> None:
    powers = orders([point(100), point(1_000, ingest=10.0)])
    assert powers["ingest: store"] == pytest.approx(2.0)
    assert powers["query: retrieve"] == pytest.approx(0.0)
    assert powers["memory"] == pytest.approx(1.0)


def test_random_vectors_are_units_and_the_same_for_the_same_text() -> None:
    embedder = RandomEmbedder()
    first, second = embedder.embed_passages(["甲", "乙"])
    assert float(first @ first) == pytest.approx(1.0, abs=1e-5)
    assert (first == embedder.embed_query("甲")).all()
    assert abs(float(first @ second)) < 0.3


def test_every_step_of_a_growing_library_is_timed(tmp_path: Path) -> None:
    folder = Path(str(resources.files("ingest") / "samples"))
    samples = [path.read_text("utf-8") for path in sorted(folder.glob("0[234]*.txt"))]
    library = GrowingLibrary(SyntheticDocuments(samples), RandomEmbedder(), Settings(), tmp_path)
    questions = ["栖湖区设备购置补助最高多少？", "平台由谁认定？"]
    first, second = library.points([100, 1_200], questions, lambda _what, _done, _total: None)
    assert 100 <= first.clauses < 1_200 <= second.clauses
    for each in (first, second):
        assert all(each.ingest_ms_per_clause[step] > 0 for step in INGEST_STEPS)
        assert all(each.query_ms[step] > 0 for step in QUERY_STEPS)
        assert 0 < each.query_p50_ms <= each.query_p95_ms


def test_the_page_shows_every_curve_and_loads_nothing() -> None:
    points = [point(100), point(1_000, query=2.0)]
    page = growth_page(points, orders(points), ["vectors are <random>"])
    assert page.count("<polyline") == len(INGEST_STEPS) + len(QUERY_STEPS) + 3 + 2
    assert "vectors are &lt;random&gt;" in page
    assert "http" not in page and "<script" not in page
