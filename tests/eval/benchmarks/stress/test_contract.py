"""The server gives what its description says, whatever it is asked."""

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from eval.benchmarks.speed.program import served
from eval.benchmarks.stress.contract import TOKEN, hold_to_contract


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("data")
    command = [sys.executable, "-m", "bot", "ingest", "--samples", "--data", str(data)]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLAUSEWISE_ADMIN_TOKEN", TOKEN)
        with served(data) as (found, _):
            yield found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("token", ["", TOKEN], ids=["stranger", "administrator"])
def test_every_operation_gives_only_what_is_described(address: str, token: str) -> None:
    paths = httpx.get(f"{address}/openapi.json").json()["paths"]
    every = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    kept = hold_to_contract(address, token=token, most_examples=3)
    assert kept.operations == every
    assert kept.failures == []
    assert kept.unexpected_server_errors == 0
    # The right token opens what a stranger is refused.
    assert (202 in kept.statuses) == bool(token)
