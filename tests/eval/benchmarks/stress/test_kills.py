from eval.benchmarks.stress.kills import Round, table


def test_the_table_counts_by_operation() -> None:
    rounds = [
        Round(operation="ingest", phase="done", lost=("办法1.txt",), orphans=2, missing=0),
        Round(operation="ingest", phase="not killed", lost=(), orphans=0, missing=1),
    ]
    lines = {line[:18].strip(): line[18:].split() for line in table(rounds).splitlines()}
    assert lines["ingest"][:4] == ["1", "1", "2", "1"]
    assert lines["prune"][:4] == ["0", "0", "0", "0"]
    assert lines["all"][:4] == ["1", "1", "2", "1"]
