"""Examples for the description of the interface: `python -m bot.api.example_calls` asks the samples.

Lists and texts are shortened, so that an example can be read at a glance.
"""

import json
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.api.described import EXAMPLES
from bot.settings import Settings
from bot.wiring import open_assistant, open_catalog, open_indexer, open_publishing

_SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
_LOADING, _A_MOMENT = 503, 0.1  # a status, seconds
_TODAY = date(2025, 6, 30)
_MOST_ITEMS, _MOST_CHARACTERS = 1, 120
_QUESTION = {"question": "场景实验室由哪个单位牵头？", "region": "栖湖区"}
_NO_ANSWER = {"question": "火星移民补贴由谁发放？"}
_COMPANY = {"company": "我们公司是智能工厂，设了首席数据官"}
_NAME = "租金补助办法.txt"
_RULES = (
    "澄湖区租金补助办法\n\n第一条 为了扶持企业，制定本办法。\n第二条 按年租金的30%给予补助，最高5万元。\n"
)
# What is new in every run would make every description another one.
_NEW_EACH_TIME = {"milliseconds": 31, "seconds": 0.2, "noted_at": "2025-06-30T09:00:00Z"}


class _Calls:
    """Asks routes one after another and keeps what they gave."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self.examples: dict[str, dict[str, object]] = {}

    def ask(self, method: str, path: str, *, body: object = None, content: bytes = b"", **filled: Any) -> Any:
        query = {name: filled[name] for name in filled if f"{{{name}}}" not in path}
        told = self._client.request(
            method, path.format(**filled), params=query, json=body, content=content or None
        )
        told.raise_for_status()
        if not told.headers.get("content-type", "").startswith("application/json"):
            return None
        shown: dict[str, object] = {} if body is None else {"request": body}
        self.examples[f"{method} {path}"] = shown | {"response": _shortened(told.json())}
        return told.json()


def made() -> dict[str, dict[str, object]]:
    """An example of every route that answers in JSON."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), today=_TODAY)
        open_indexer(settings).index([_SAMPLES])
        publishing = open_publishing(
            settings,
            lambda: open_catalog(settings),
            lambda progress: open_indexer(settings, progress=progress),
        )
        app = create_app(lambda: open_assistant(settings), settings, publishing, local_admin=True)
        with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
            _wait_until_ready(client)
            calls = _Calls(client)
            _ask_users_routes(calls)
            _ask_administrators_routes(calls)
    return calls.examples


def _wait_until_ready(client: TestClient) -> None:
    """The models are loaded behind the server's start."""
    while client.get("/readyz").status_code == _LOADING:
        time.sleep(_A_MOMENT)


def _ask_users_routes(calls: _Calls) -> None:
    answer = calls.ask("POST", "/api/ask", body=_QUESTION)
    quoted = answer["citations"][0]
    calls.ask("GET", "/api/policies")
    calls.ask("GET", "/api/policies/{policy_id}", policy_id=quoted["policy_id"])
    calls.ask("GET", "/api/clauses/{clause_id}", clause_id=quoted["clause_id"])
    calls.ask("GET", "/api/regions")
    calls.ask("GET", "/api/units", query="工信局")
    calls.ask("GET", "/api/duties", unit="区工信局")
    calls.ask("GET", "/api/benefits")
    calls.ask("POST", "/api/benefits/fitting", body=_COMPANY)
    calls.ask("GET", "/api/targets")
    calls.ask("GET", "/api/examples")
    rated = {name: answer[name] for name in ("question", "outcome")} | {"answer": answer["text"]}
    calls.ask("POST", "/api/feedback", body={"rating": "down", "reason": "incomplete", **rated})
    calls.ask("GET", "/api/keeping")
    calls.ask("GET", "/healthz")
    calls.ask("GET", "/readyz")


def _ask_administrators_routes(calls: _Calls) -> None:
    calls.ask("POST", "/api/ask", body=_NO_ANSWER)
    calls.ask("POST", "/api/ask", body=_QUESTION)
    calls.ask("GET", "/api/session")
    calls.ask("GET", "/api/admin/session")
    calls.ask("POST", "/api/admin/explain", body=_QUESTION)
    calls.ask("GET", "/api/admin/questions")
    upload = calls.ask("PUT", "/api/admin/uploads/{name}", name=_NAME, content=_RULES.encode())
    job = calls.ask("POST", "/api/admin/uploads/{upload_id}/publish", upload_id=upload["upload_id"])
    _wait_for(calls, job)
    _wait_for(
        calls,
        calls.ask("DELETE", "/api/admin/policies/{policy_id}", policy_id=upload["policies"][0]["policy_id"]),
    )
    _wait_for(calls, calls.ask("POST", "/api/admin/reindex"))


def _wait_for(calls: _Calls, job: Any) -> None:
    while job["state"] in ("waiting", "running"):
        time.sleep(0.1)
        job = calls.ask("GET", "/api/admin/jobs/{job_id}", job_id=job["job_id"])


def _shortened(value: object, name: str = "") -> object:
    if name in _NEW_EACH_TIME:
        return _NEW_EACH_TIME[name]
    if name.endswith(("upload_id", "job_id")):
        return "0f" * 16
    if isinstance(value, dict):
        return {key: _shortened(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each) for each in value[:_MOST_ITEMS]]
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        return value[:_MOST_CHARACTERS] + "…"
    return value


if __name__ == "__main__":
    EXAMPLES.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
