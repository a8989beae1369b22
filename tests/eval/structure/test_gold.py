"""The gold that ships: enough of it, and none of it text of the documents."""

import json
from collections import Counter
from importlib.resources import files

import pytest

from eval.errors import CaseError
from eval.structure.gold import Marked, gold_clauses, gold_facts, gold_metadata, gold_sections

_LONGEST_TEXT = 16  # fifteen characters and the mark of a cut
_NAMES = {"unit", "role", "amount", "cap", "times", "payer", "value", "rule", "post", "group", "comparator"}


def test_there_is_as_much_as_the_bars_are_set_for() -> None:
    facts = gold_facts()
    assert len(facts) >= 400 and len({fact.at.file for fact in facts}) >= 20
    assert len({clause.at.file for clause in gold_clauses()}) >= 12
    assert len({each.file for each in gold_metadata()}) == 34
    kinds = Counter(fact.kind for fact in facts)
    assert all(kinds[kind] >= 40 for kind in ("duty", "benefit", "target", "deadline", "member"))
    assert gold_sections()


def test_no_text_of_the_documents_is_copied() -> None:
    for name in ("facts.jsonl", "clauses.jsonl", "sections.jsonl"):
        for line in files("eval.sets").joinpath("structure", name).read_text("utf-8").splitlines():
            body = json.loads(line)
            assert len(body["first"]) <= 4 and len(body["last"]) <= 4
            for field, value in body.get("fields", {}).items():
                longest = 30 if field in _NAMES else _LONGEST_TEXT
                assert len(value) <= longest, (name, field, value)


def test_a_span_that_drifted_is_named() -> None:
    marked = Marked(file="a.txt", sha256="a", start=0, end=4, first="第一条甲", last="第一条甲")
    with pytest.raises(CaseError, match="mark the span anew"):
        marked.check("第二条乙")
