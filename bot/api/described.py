"""The application with an OpenAPI description that tells what each route really gives, by examples."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI

from bot.api.problems import documented

EXAMPLES = Path(__file__).parent.parent / "data" / "api_examples.json"
_JSON = "application/json"
# FastAPI describes a body of its own for requests that are not understood; here they are problems too.
_OWN_INVALID = "#/components/schemas/HTTPValidationError"
# What is no JSON or breaks off, comes too slowly, is too large.
_OF_A_BODY = (400, 408, 413)
_EVENTS = "text/event-stream"
_EVENT = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {
            "type": "string",
            "enum": ["understanding", "statement", "citations", "text", "done", "problem"],
        },
        "data": {
            "type": "string",
            "contentMediaType": _JSON,
            "description": "JSON; `StreamEvents` has a field for each event with the schema of its data.",
        },
    },
}


class DescribedApp(FastAPI):
    """A FastAPI application whose description has examples."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _with_examples(super().openapi())
        return self.openapi_schema


@cache
def examples() -> dict[str, dict[str, object]]:
    """Examples by route, `GET /api/units`: `response`, and `request` where there is one.

    `python -m bot.api.example_calls` writes them from the sample documents.
    """
    return cast(dict[str, dict[str, object]], json.loads(EXAMPLES.read_text(encoding="utf-8")))


def _with_examples(description: dict[str, Any]) -> dict[str, Any]:
    for route, operation in _operations(description):
        invalid = operation["responses"].get("422", {})
        if invalid.get("content", {}).get(_JSON, {}).get("schema", {}).get("$ref") == _OWN_INVALID:
            operation["responses"]["422"] = documented(422)[422]
        if "requestBody" in operation:
            of_a_body = {str(status): told for status, told in documented(*_OF_A_BODY).items()}
            operation["responses"] = of_a_body | operation["responses"]
        events = operation["responses"].get("200", {}).get("content", {}).get(_EVENTS, {})
        if events:
            # A stream is described by one of its events.
            events["schema"] = _EVENT
        given = examples().get(route, {})
        if "request" in given:
            operation["requestBody"]["content"][_JSON]["example"] = given["request"]
        for status, response in operation["responses"].items():
            if status.startswith("2") and _JSON in response.get("content", {}) and "response" in given:
                response["content"][_JSON]["example"] = given["response"]
    for unused in ("HTTPValidationError", "ValidationError"):
        description["components"]["schemas"].pop(unused, None)
    return description


def _operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation
