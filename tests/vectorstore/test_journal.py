"""What was accepted is found again by whoever opens the catalog next."""

from pathlib import Path

from vectorstore.catalog import Catalog
from vectorstore.journal import Entry


def test_accepted_work_outlives_the_catalog_that_accepted_it(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True) as catalog:
        assert catalog.journal.waiting() == []
        catalog.journal.accept(Entry(job_id="a", action="publish", subject="u", replaces="p"))
        catalog.journal.accept(Entry(job_id="b", action="remove", subject="q"))
        assert catalog.journal.begin("a") == 1
    with Catalog.open(path) as catalog:
        assert [(each.job_id, each.begun) for each in catalog.journal.waiting()] == [("a", 1), ("b", 0)]
        assert catalog.journal.begin("a") == 2
        catalog.journal.interrupt("a")
        assert catalog.journal.of("publish", "u") == catalog.journal.find("a")


def test_ended_work_waits_no_longer_and_tells_what_became_of_it(catalog: Catalog) -> None:
    catalog.journal.accept(Entry(job_id="a", action="reindex"))
    catalog.journal.end("a", "failed", "why")
    assert catalog.journal.waiting() == []
    found = catalog.journal.find("a")
    assert found is not None and (found.state, found.outcome) == ("failed", "why")


def test_oldest_ended_work_is_forgotten_and_waiting_work_never(catalog: Catalog) -> None:
    catalog.journal.accept(Entry(job_id="first", action="reindex"))
    for place in range(205):
        catalog.journal.accept(Entry(job_id=str(place), action="reindex"))
        catalog.journal.end(str(place), "done", "")
    assert catalog.journal.find("0") is None and catalog.journal.find("204") is not None
    assert [each.job_id for each in catalog.journal.waiting()] == ["first"]


def test_keeping_a_promise_is_no_change_of_the_documents(catalog: Catalog) -> None:
    before = catalog.version()
    catalog.journal.accept(Entry(job_id="a", action="reindex"))
    assert catalog.version() == before
