from pathlib import Path

from eval.benchmarks.speed.program import measure_program


def test_the_program_is_measured_from_ingestion_to_the_served_answer(tmp_path: Path) -> None:
    document = tmp_path / "measures.txt"
    document.write_text("茶园管理办法\n\n一、茶园改造。每亩补助800元。（责任单位：区农业农村局）\n", "utf-8")
    figures = measure_program([document], ["茶园改造补助多少？"] * 3, tmp_path / "data")
    assert figures.first_ingest_seconds > figures.second_ingest_seconds > 0
    assert 0 < figures.ask_p50_ms <= figures.ask_p95_ms
    assert figures.server_peak_mb is None or figures.server_peak_mb > 50
