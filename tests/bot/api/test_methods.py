"""Methods that a path lacks, and paths that there are not."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("HEAD", "/api/policies", "GET"),
        ("PATCH", "/healthz", "GET"),
        ("GET", "/api/admin/uploads/a.txt", "DELETE, PUT"),
        ("DELETE", "/openapi.json", "GET, HEAD"),
    ],
)
def test_path_asked_with_a_method_it_lacks_names_those_it_has(
    address: str, method: str, path: str, allowed: str
) -> None:
    refused = httpx.request(method, address + path)
    assert (refused.status_code, refused.headers["Allow"]) == (405, allowed)
    if method != "HEAD":
        assert refused.json()["type"] == "urn:clausewise:problem:refused"


@pytest.mark.parametrize("path", ["/api/nothing", "/api/ask/further", "/nothing"])
def test_path_that_there_is_not_is_404(address: str, path: str) -> None:
    assert httpx.get(address + path).status_code == 404
