from datetime import date

from ingest.policy import Metadata, validity_on
from vectorstore.repeals import with_repeals

OLD = Metadata(title="澄湖区科技创新办法", document_number="澄政发〔2019〕3号", signed_on=date(2019, 5, 1))
NEW = Metadata(
    title="澄湖区科技创新办法",
    document_number="澄政发〔2024〕8号",
    effective_on=date(2024, 7, 1),
    repeals=("澄政发[2019]3号",),
)


def test_a_policy_is_repealed_from_the_day_the_other_holds() -> None:
    old = with_repeals({"old": OLD, "new": NEW})["old"]
    assert (old.repealed_by, old.repealed_on) == ("澄湖区科技创新办法", date(2024, 7, 1))
    assert validity_on(old, date(2024, 6, 30)) == "unknown"
    assert validity_on(old, date(2024, 7, 1)) == "repealed"


def test_a_title_used_anew_does_not_repeal_itself_or_what_came_later() -> None:
    by_title = Metadata(
        title="关于废止的决定", signed_on=date(2020, 1, 1), repeals=("《澄湖区科技创新办法》",)
    )
    found = with_repeals({"old": OLD, "new": NEW, "decision": by_title})
    assert found["new"].repealed_on is None
    assert found["old"].repealed_by is not None


def test_what_nothing_repeals_stays_as_it_is() -> None:
    assert with_repeals({"new": NEW}) == {"new": NEW}
