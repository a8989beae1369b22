import json
from functools import cache
from typing import Any

import pytest
from pydantic import TypeAdapter

import bot.api.admin_schemas as admin
import bot.api.explanation_schemas as explanations
import bot.api.fact_schemas as facts
import bot.api.feedback_schemas as feedback
import bot.api.health as health
import bot.api.policy_schemas as policies
import bot.api.schemas as answers
from bot.api.described import examples
from bot.api.openapi import COMMITTED, description
from bot.api.problems import MEDIA_TYPE

_MODULES = (answers, policies, facts, feedback, admin, explanations, health)


@cache
def described() -> dict[str, Any]:
    return json.loads(description())  # type: ignore[no-any-return]


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    ]


def bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    held = [operation.get("requestBody", {}), *operation["responses"].values()]
    found = (each.get("content", {}).get("application/json") for each in held)
    return [each for each in found if each is not None]


def test_description_that_the_client_is_built_from_is_the_one_of_the_server() -> None:
    # Else run: python -m bot.api.openapi
    assert COMMITTED.read_text(encoding="utf-8") == description()


def test_every_route_that_speaks_json_has_an_example() -> None:
    # Else run: python -m bot.api.example_calls, then python -m bot.api.openapi
    schemas = described()["components"]["schemas"]
    without = [
        route
        for route, operation in operations()
        for body in bodies(operation)
        if "example" not in body and "examples" not in schemas[body["schema"]["$ref"].rsplit("/", 1)[1]]
    ]
    assert without == []


@pytest.mark.parametrize("route", examples())
def test_example_is_what_the_route_gives(route: str) -> None:
    operation = dict(operations())[route]
    (told,) = (
        response["content"]["application/json"]
        for status, response in operation["responses"].items()
        if status.startswith("2")
    )
    name = told["schema"]["$ref"].rsplit("/", 1)[1]
    model = next(getattr(module, name) for module in _MODULES if hasattr(module, name))
    read = TypeAdapter(model).validate_python(told["example"])
    assert read.model_dump(mode="json") == told["example"], "a field is missing, or is no longer there"


def test_every_refusal_is_described_as_a_problem() -> None:
    refusals = [
        list(response["content"])
        for _, operation in operations()
        for status, response in operation["responses"].items()
        if status[0] in "45"
    ]
    assert refusals and all(kinds == [MEDIA_TYPE] for kinds in refusals)
