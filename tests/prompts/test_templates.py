import pytest

from prompts.templates import TemplateError, load_phrases


def test_a_phrase_is_filled_with_the_values_given() -> None:
    assert load_phrases().say("led", units="甲局、乙局") == "由甲局、乙局牵头"


def test_an_unknown_phrase_names_the_section_to_add() -> None:
    with pytest.raises(TemplateError, match="## nothing_like_this"):
        load_phrases().say("nothing_like_this")


@pytest.mark.parametrize("values", [{}, {"units": "甲局", "other": "乙局"}])
def test_missing_or_surplus_values_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(TemplateError, match="expected"):
        load_phrases().say("led", **values)
