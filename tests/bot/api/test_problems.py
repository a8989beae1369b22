import pytest

from bot.api.problems import problem_of
from bot.errors import BotError
from vectorstore.errors import StoreError


@pytest.mark.parametrize("kind", [*BotError.__subclasses__(), *StoreError.__subclasses__()])
def test_every_known_error_has_a_place_in_the_table(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    Exception.__init__(error, "what to do")
    problem = problem_of(error)
    assert not problem.type.endswith("internal")
    assert problem.detail == "what to do"


def test_unknown_error_is_500_without_its_message() -> None:
    problem = problem_of(ValueError("a secret"))
    assert (problem.status, "secret" in problem.detail) == (500, False)
