"""The documents managed over HTTP, through a real socket, on an index of its own."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy
import pytest

from bot.answering.asking import Asking
from bot.api.administrator import Administrators
from bot.api.clients import Clients
from bot.errors import SettingsError
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.notes import Note
from vectorstore.search import Stored, Vector, Vectors

Serve = Callable[..., str]
TOKEN = "秘密-token-of-sixteen"
DOCUMENT = "澄湖区租金补助办法\n\n第一条 为了扶持企业，制定本办法。\n第二条 按年租金的30%补助，最高5万元。\n"
NAME = "办法.txt"
ROUTES = [
    ("GET", "session"),
    ("PUT", "uploads/a.txt"),
    ("POST", "uploads/a/publish"),
    ("DELETE", "uploads/a"),
    ("DELETE", "policies/a"),
    ("POST", "reindex"),
    ("POST", "explain"),
    ("GET", "jobs/a"),
    ("GET", "questions"),
    ("GET", "questions.jsonl"),
    ("POST", "questions/1/handled"),
]


class FlatEmbedder:
    """Every text is the same vector."""

    fingerprint = "flat"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return numpy.ones((len(texts), 1), dtype=numpy.float32)

    def embed_query(self, _text: str) -> Vector:
        return numpy.ones(1, dtype=numpy.float32)


class NoStore:
    """Keeps no vectors."""

    def add(self, *_: object) -> None: ...

    def remove(self, _: str) -> None: ...

    def nearest(self, *_: object, **__: object) -> list[object]:
        return []

    def stored(self) -> Stored:
        return Stored(policy_of={})

    def claim(self, *_: object, **__: object) -> None: ...


@pytest.fixture
def index(tmp_path: Path) -> Callable[[], Indexer]:
    return lambda: Indexer(Catalog.open(tmp_path / "catalog.sqlite3", create=True), NoStore(), FlatEmbedder)  # type: ignore[arg-type]


@pytest.fixture
def admin(serve: Serve, assistant: Asking, index: Callable[[], Indexer]) -> Iterator[httpx.Client]:
    address = serve(lambda: assistant, indexer=index, token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}".encode()}
    with httpx.Client(base_url=f"{address}/api/admin/", headers=headers) as client:
        yield client


def upload(admin: httpx.Client, name: str = NAME, content: bytes | str = DOCUMENT) -> dict[str, object]:
    response = admin.put(f"uploads/{name}", content=content)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def ended(admin: httpx.Client, started: httpx.Response) -> dict[str, object]:
    assert started.status_code == 202, started.text
    for _ in range(500):
        job = admin.get(f"jobs/{started.json()['job_id']}").json()
        if job["state"] in ("done", "failed"):
            return job  # type: ignore[no-any-return]
        time.sleep(0.02)
    raise AssertionError(f"the job did not end: {job}")


def job_of(admin: httpx.Client, started: httpx.Response) -> dict[str, object]:
    return admin.get(f"jobs/{started.json()['job_id']}").json()  # type: ignore[no-any-return]


def packed(members: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def publish(admin: httpx.Client, upload_id: object, **query: str) -> dict[str, object]:
    return ended(admin, admin.post(f"uploads/{upload_id}/publish", params=query))


def in_the_end(look: Callable[[], list[dict[str, object]]], count: int) -> list[dict[str, object]]:
    """What is there once there are as many: questions are noted behind the answer."""
    for _ in range(200):
        if len(found := look()) == count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"expected {count}, found {found}")


def titles(catalog: Catalog) -> list[str]:
    return [each.metadata.title for each in catalog.policies()]


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"],
)
def test_without_the_token_every_route_is_refused(
    admin: httpx.Client, method: str, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    response = httpx.request(method, f"{admin.base_url}{path}", headers=headers)
    assert response.status_code == 403
    assert response.json()["type"].endswith("not-administrator")


def answer_to(admin: httpx.Client, token: str, client: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}".encode(), "X-Forwarded-For": client}
    return httpx.get(admin.base_url.join("session"), headers=headers)


@pytest.fixture
def behind_a_proxy(serve: Serve, assistant: Asking, index: Callable[[], Indexer]) -> Iterator[httpx.Client]:
    address = serve(lambda: assistant, indexer=index, token=TOKEN, trusted_proxies="127.0.0.1")
    with httpx.Client(base_url=f"{address}/api/admin/") as client:
        yield client


def test_a_client_that_guesses_waits_and_another_one_is_let_in(
    behind_a_proxy: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    statuses = [answer_to(behind_a_proxy, f"guess {place}", "192.0.2.66").status_code for place in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    refused = answer_to(behind_a_proxy, TOKEN, "192.0.2.66")
    assert refused.status_code == 429 and refused.json()["type"].endswith("too-many-requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert answer_to(behind_a_proxy, TOKEN, "192.0.2.1").status_code == 200
    assert caplog.text.count("192.0.2.66") == 5
    assert "guess" not in caplog.text and TOKEN not in caplog.text


def test_while_many_guess_each_has_one_try_and_the_right_token_is_let_in(
    behind_a_proxy: httpx.Client,
) -> None:
    for place in range(50):
        assert answer_to(behind_a_proxy, "guess", f"198.51.100.{place}").status_code == 403
    assert [answer_to(behind_a_proxy, "guess", "192.0.2.66").status_code for _ in range(2)] == [403, 429]
    for _ in range(10):
        assert answer_to(behind_a_proxy, TOKEN, "192.0.2.1").status_code == 200


def test_requests_without_a_token_guess_nothing(admin: httpx.Client) -> None:
    for _ in range(10):
        assert httpx.get(admin.base_url.join("session")).status_code == 403
    assert admin.get("session").status_code == 200


def test_whoever_asks_is_told_whether_they_are_the_administrator(admin: httpx.Client) -> None:
    session = admin.base_url.join("/api/session")
    assert admin.get(session).json() == {"administrator": True}
    assert httpx.get(session).json() == {"administrator": False}


def test_the_session_of_everyone_is_no_way_to_guess_the_token(admin: httpx.Client) -> None:
    session, guess = admin.base_url.join("/api/session"), {"Authorization": "Bearer guess"}
    assert [httpx.get(session, headers=guess).json()["administrator"] for _ in range(5)] == [False] * 5
    assert admin.get(session).json() == {"administrator": False}
    assert admin.get("session").status_code == 429


@pytest.mark.parametrize("token", ["x", "fifteen letters", " " * 40, "fifteen letters      "])
def test_a_token_that_is_easily_guessed_is_told_at_the_start(token: str) -> None:
    with pytest.raises(SettingsError, match="CLAUSEWISE_ADMIN_TOKEN: expected at least 16 characters"):
        Administrators(token, Clients(""))


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer None"])
def test_without_a_token_in_the_settings_nobody_is_the_administrator(
    address: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = httpx.get(f"{address}/api/admin/session", headers=headers)
    assert response.status_code == 403
    assert "CLAUSEWISE_ADMIN_TOKEN" in response.json()["detail"]


def test_every_admin_route_is_tried_above(admin: httpx.Client) -> None:
    paths = httpx.get(admin.base_url.join("/openapi.json")).json()["paths"]
    count = sum(len(methods) for path, methods in paths.items() if path.startswith("/api/admin/"))
    assert count == len(ROUTES)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Host": "localhost:{port}", "Origin": "http://localhost:{port}"}, 200),
        ({"Host": "rebound.example:{port}"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"X-Forwarded-For": "127.0.0.1"}, 403),
        *(
            ({name: "127.0.0.1"}, 403)
            for name in (
                "Forwarded",
                "X-Forwarded-Host",
                "X-Real-IP",
                "Via",
                "CF-Connecting-IP",
                "X-Client-IP",
            )
        ),
    ],
)
def test_this_machine_needs_no_token_where_the_operator_says_so(
    serve: Serve, assistant: Asking, headers: dict[str, str], status: int
) -> None:
    address = serve(lambda: assistant, local_admin=True)
    port = address.rpartition(":")[2]
    given = {name: value.format(port=port) for name, value in headers.items()}
    assert httpx.get(f"{address}/api/admin/session", headers=given).status_code == status


def test_upload_tells_what_it_holds_and_publishes_nothing(admin: httpx.Client, catalog: Catalog) -> None:
    before = titles(catalog)
    found = upload(admin)
    assert (found["name"], found["errors"]) == (NAME, [])
    (policy,) = found["policies"]  # type: ignore[misc]
    assert policy["title"] == "澄湖区租金补助办法"
    assert [clause["locator"] for clause in policy["clauses"]] == ["标题", "第一条", "第二条"]
    assert [fact["kind"] for fact in policy["facts"]] == ["benefit"]
    assert titles(catalog) == before


def test_published_document_is_among_the_documents(admin: httpx.Client, catalog: Catalog) -> None:
    job = publish(admin, upload(admin)["upload_id"])
    assert (job["state"], job["error"]) == ("done", "")
    (report,) = job["reports"]  # type: ignore[misc]
    assert (report["path"], report["status"], report["clauses"]) == (NAME, "added", 3)
    assert "澄湖区租金补助办法" in titles(catalog)


def test_file_of_the_same_name_takes_the_place_of_the_former_one(
    admin: httpx.Client, catalog: Catalog
) -> None:
    publish(admin, upload(admin)["upload_id"])
    newer = DOCUMENT.replace("租金补助办法", "租金奖励办法")
    (report,) = publish(admin, upload(admin, content=newer)["upload_id"])["reports"]  # type: ignore[misc]
    assert report["status"] == "replaced"
    assert titles(catalog)[1:] == ["澄湖区租金奖励办法"]


def test_replaced_policy_goes_when_the_new_one_is_in(
    admin: httpx.Client, catalog: Catalog, tmp_path: Path
) -> None:
    publish(admin, upload(admin)["upload_id"])
    former = catalog.policies()[1].policy_id
    newer = upload(admin, "新办法.txt", DOCUMENT.replace("租金补助办法", "租金奖励办法"))
    assert publish(admin, newer["upload_id"], replaces=former)["state"] == "done"
    assert titles(catalog)[1:] == ["澄湖区租金奖励办法"]
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["新办法.txt"]


def test_replacing_a_policy_by_its_own_file_keeps_it(admin: httpx.Client, catalog: Catalog) -> None:
    publish(admin, upload(admin)["upload_id"])
    own = catalog.policies()[1].policy_id
    assert publish(admin, upload(admin)["upload_id"], replaces=own)["state"] == "done"
    assert titles(catalog)[1:] == ["澄湖区租金补助办法"]


def test_file_that_gives_nothing_says_why_and_is_not_kept(admin: httpx.Client, tmp_path: Path) -> None:
    found = upload(admin, "空.pdf", b"no pdf")
    assert found["policies"] == []
    (error,) = found["errors"]  # type: ignore[misc]
    assert "空.pdf" in error and str(tmp_path) not in error
    job = publish(admin, found["upload_id"])
    assert (job["state"], "空.pdf" in str(job["error"])) == ("failed", True)
    assert list(tmp_path.glob("documents/*")) == list(tmp_path.glob("uploads/*")) == []


def test_archive_gives_all_its_documents(admin: httpx.Client, catalog: Catalog) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一.txt", DOCUMENT)
        archive.writestr("二.txt", DOCUMENT.replace("租金", "水费"))
        archive.writestr("坏.pdf", "no pdf")
    found = upload(admin, "全部.zip", packed.getvalue())
    assert len(found["policies"]) == 2 and len(found["errors"]) == 1  # type: ignore[arg-type]
    job = publish(admin, found["upload_id"])
    assert job["state"] == "failed" and "坏.pdf" in str(job["error"])
    assert set(titles(catalog)[1:]) == {"澄湖区租金补助办法", "澄湖区水费补助办法"}


def test_discarded_upload_is_gone(admin: httpx.Client, tmp_path: Path) -> None:
    upload_id = upload(admin)["upload_id"]
    assert admin.delete(f"uploads/{upload_id}").status_code == 204
    assert list((tmp_path / "uploads").iterdir()) == []
    for response in (admin.delete(f"uploads/{upload_id}"), admin.post(f"uploads/{upload_id}/publish")):
        assert response.status_code == 404
        assert response.json()["type"].endswith("unknown-upload")


@pytest.mark.parametrize("upload_id", ["%2e%2e", "a.b", "甲", "documents"])
def test_upload_id_leads_nowhere_else(admin: httpx.Client, upload_id: str) -> None:
    assert admin.post(f"uploads/{upload_id}/publish").status_code == 404


@pytest.mark.parametrize(
    "name", [".hidden", "a:b.txt", "a\\b.txt", "a%00.txt", "长" * 100 + ".txt", "a%0ab.txt"]
)
def test_name_that_is_no_plain_file_name_is_refused(admin: httpx.Client, name: str, tmp_path: Path) -> None:
    response = admin.put(f"uploads/{name}", content=b"x")
    assert response.status_code == 422
    assert response.json()["type"].endswith("upload-name")
    assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize("name", ["..%2Fa.txt", "%2Fetc%2Fpasswd", "a%2F..%2Fb.txt"])
def test_path_is_no_name(admin: httpx.Client, name: str) -> None:
    assert admin.put(f"uploads/{name}", content=b"x").status_code in (404, 405)


def test_upload_may_be_larger_than_a_question(admin: httpx.Client) -> None:
    lines = "".join(f"第{place}条 内容{'甲' * 200}。\n" for place in range(1, 4000))
    assert len(lines.encode()) > 2 << 20
    assert upload(admin, content="某办法\n\n" + lines)["errors"] == []
    assert httpx.post(admin.base_url.join("/api/ask"), content=b"x" * (2 << 20)).status_code == 413


def test_removed_policy_takes_its_uploaded_file_along(
    admin: httpx.Client, catalog: Catalog, tmp_path: Path
) -> None:
    publish(admin, upload(admin)["upload_id"])
    policy_id = catalog.policies()[1].policy_id
    assert ended(admin, admin.delete(f"policies/{policy_id}"))["state"] == "done"
    assert len(titles(catalog)) == 1
    assert list((tmp_path / "documents").iterdir()) == []


def test_unknown_policy_cannot_be_removed(admin: httpx.Client) -> None:
    assert admin.delete("policies/none").status_code == 404


def test_everything_is_read_again(admin: httpx.Client, catalog: Catalog) -> None:
    publish(admin, upload(admin)["upload_id"])
    job = ended(admin, admin.post("reindex"))
    statuses = {report["path"]: report["status"] for report in job["reports"]}  # type: ignore[attr-defined]
    assert statuses[NAME] == "replaced"
    # The file of the other policy is not on this disk; what came from it stays.
    assert len(titles(catalog)) == 2


def test_job_waits_while_another_program_writes_the_index(admin: httpx.Client, catalog: Catalog) -> None:
    with catalog.exclusive():
        started = admin.post(f"uploads/{upload(admin)['upload_id']}/publish")
        in_the_end(
            lambda: [job for job in [job_of(admin, started)] if "waiting until" in str(job["doing"])], 1
        )
        assert len(titles(catalog)) == 1
    assert ended(admin, started)["state"] == "done"
    assert "澄湖区租金补助办法" in titles(catalog)


def test_broken_file_leaves_the_good_one_of_its_name(
    admin: httpx.Client, catalog: Catalog, tmp_path: Path
) -> None:
    publish(admin, upload(admin)["upload_id"])
    before = titles(catalog)
    job = publish(admin, upload(admin, content=b"\x00\xff\x00")["upload_id"])
    assert job["state"] == "failed"
    assert titles(catalog) == before
    assert (tmp_path / "documents" / NAME).read_text(encoding="utf-8") == DOCUMENT
    assert list((tmp_path / "uploads").iterdir()) == []


def test_archive_with_a_broken_member_leaves_the_good_archive_of_its_name(
    admin: httpx.Client, catalog: Catalog, tmp_path: Path
) -> None:
    good, worse = packed({"一.txt": DOCUMENT}), packed({"一.txt": "另一办法", "坏.pdf": "no pdf"})
    publish(admin, upload(admin, "全部.zip", good)["upload_id"])
    before = titles(catalog)
    assert publish(admin, upload(admin, "全部.zip", worse)["upload_id"])["state"] == "failed"
    assert titles(catalog) == before
    assert (tmp_path / "documents" / "全部.zip").read_bytes() == good


def test_member_that_a_newer_archive_lacks_goes_with_the_older(admin: httpx.Client, catalog: Catalog) -> None:
    water = DOCUMENT.replace("租金", "水费")
    publish(admin, upload(admin, "全部.zip", packed({"一.txt": DOCUMENT, "二.txt": water}))["upload_id"])
    publish(admin, upload(admin, "全部.zip", packed({"二.txt": water}))["upload_id"])
    assert titles(catalog)[1:] == ["澄湖区水费补助办法"]


def test_publishing_asked_for_twice_is_one_job(admin: httpx.Client, catalog: Catalog) -> None:
    upload_id = upload(admin)["upload_id"]
    first = publish(admin, upload_id)
    again = admin.post(f"uploads/{upload_id}/publish")
    assert (again.status_code, again.json()["job_id"]) == (202, first["job_id"])
    assert titles(catalog).count("澄湖区租金补助办法") == 1


def test_unknown_job_is_404(admin: httpx.Client) -> None:
    assert admin.get("jobs/none").status_code == 404


def test_open_questions_are_listed_exported_and_handled(admin: httpx.Client) -> None:
    httpx.post(admin.base_url.join("/api/ask"), json={"question": "火星补助多少？"})
    said = {"rating": "down", "question": "补助多少？", "outcome": "answered", "answer": "5万元"}
    httpx.post(admin.base_url.join("/api/feedback"), json=said)
    found = in_the_end(lambda: admin.get("questions").json()["questions"], 2)
    assert {note["question"]: note["verdict"] for note in found} == {
        "火星补助多少？": "unanswered",
        "补助多少？": "down",
    }
    exported = admin.get("questions.jsonl")
    assert exported.headers["content-type"].startswith("application/jsonl")
    lines = [json.loads(line) for line in exported.text.splitlines()]
    assert [line["id"] for line in lines] == [f"note-{note['note_id']}" for note in found]
    told = ("verdict", "question", "history", "outcome", "answer", "reason", "comment", "times", "noted_at")
    assert [[line[name] for name in told] for line in lines] == [
        [note[name] for name in told] for note in found
    ]
    for note in found:
        assert admin.post(f"questions/{note['note_id']}/handled").status_code == 204
    assert admin.get("questions").json() == {"questions": [], "total": 0, "next": None}
    assert admin.post("questions/99/handled").status_code == 404


def test_open_questions_are_paged_and_exported_whole(admin: httpx.Client, catalog: Catalog) -> None:
    now = datetime.now(UTC)
    for place in range(120):
        long = Note(verdict="down", question=f"第{place}问？", noted_at=now, answer="长" * 4000)
        catalog.feedback.keep(long, client=str(place))
    first = admin.get("questions")
    assert len(first.content) < 700_000 and first.json()["total"] == 120
    found, place = first.json()["questions"], first.json()["next"]
    assert len(found) == 43, "half a MiB holds as many"
    while place is not None:
        page = admin.get("questions", params={"before": place, "limit": 30}).json()
        assert len(page["questions"]) <= 30
        found, place = [*found, *page["questions"]], page["next"]
    assert [note["question"] for note in found] == [f"第{place}问？" for place in reversed(range(120))]
    lines = [json.loads(line) for line in admin.get("questions.jsonl").text.splitlines()]
    assert [line["question"] for line in lines] == [note["question"] for note in found]


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"before": "x"}, {"before": "1"}, {"before": "9" * 40 + "-1"}]
)
def test_a_page_that_cannot_be_is_refused(admin: httpx.Client, query: dict[str, object]) -> None:
    assert admin.get("questions", params=query).status_code == 422  # type: ignore[arg-type]


def test_a_note_of_an_impossible_number_is_refused(admin: httpx.Client) -> None:
    assert admin.post(f"questions/{1 << 63}/handled").status_code == 422
