"""Odd names by every way in: nothing beside the data folder is read, written or deleted."""

import os
import stat
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import numpy
import pytest

from bot.answering.asking import Asking
from bot.commands.parts import Parts
from bot.documents.publishing import Publishing
from bot.errors import UploadNameError
from bot.settings import Settings
from bot.wiring import open_publishing
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.search import Stored, Vector, Vectors

CANARY = "金丝雀"
TOKEN = "token-of-this-test-alone"
# {out} is a folder with files that nobody handed in; the program runs some folders below it.
NAMES = [
    "{out}/x.txt",
    "/{out}/x.txt",
    "//{out}/x.txt",
    "/..{out}/x.txt",
    "./{out}/x.txt",
    "{out}/./x.txt",
    "{out}/run/../x.txt",
    "{out}//x.txt",
    "\\{out}\\x.txt",
    "C:{out}/x.txt",
    "C:\\x.txt",
    "C:x.txt",
    "c:/x.txt",
    "/C:/x.txt",
    "Z:..\\x.txt",
    "\\\\server\\share\\x.txt",
    "\\\\?\\C:\\x.txt",
    "\\\\.\\pipe\\x.txt",
    "//server/share/x.txt",
    "file://{out}/x.txt",
    "~/x.txt",
    "~root/x.txt",
    "$HOME/x.txt",
    "%USERPROFILE%\\x.txt",
    "x.txt",
    "../x.txt",
    "../../x.txt",
    "../../../x.txt",
    "../../../../x.txt",
    "../../../../../x.txt",
    "..\\x.txt",
    "..\\..\\x.txt",
    "a/../../x.txt",
    "a/../../../x.txt",
    "a\\..\\..\\x.txt",
    "./../x.txt",
    ".../x.txt",
    ".. /x.txt",
    "../documents/victim.txt",
    "documents/../../documents/victim.txt",
    "../victim.txt",
    "victim.txt",
    "victim.txt/../victim.txt",
    "../catalog.sqlite3",
    "../uploads/x.txt",
    "..",
    ".",
    "/",
    "x.txt/",
    "x.txt.",
    "x.txt ",
    " x.txt",
    "x.txt. .",
    "CON.txt",
    "con",
    "NUL.txt",
    "aux.x.txt",
    "COM1.txt",
    "LPT9.txt",
    "a/PRN.txt",
    "x.txt:stream",
    "x\x00.txt",
    "x\n.txt",
    "x\r\n.txt",
    "x\x1b[2J.txt",
    "x\u202etxt.exe.txt",
    "x\u2028.txt",
    "x\x7f.txt",
    "长" * 400 + ".txt",
    "x" * 5000 + ".txt",
    "夹/" * 2000 + "x.txt",
    "a/" * 300 + "../" * 310 + "x.txt",
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/environ",
    "-rf.txt",
    "--help.txt",
    "*.txt",
    "?.txt",
    "|x.txt",
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

    def nearest(self, *_: object, **__: object) -> list[Any]:
        return []

    def stored(self) -> Stored:
        return Stored(policy_of={})

    def claim(self, *_: object, **__: object) -> None: ...


class Place:
    """A folder for what is handed in, one for data, and files around them that are nobody's business."""

    def __init__(self, out: Path) -> None:
        self.out, self.run = out, out / "a" / "b" / "run"
        self.data = self.run / "data"
        self.given = self.run / "given"
        self.given.mkdir(parents=True)
        for folder in (out, out / "a", out / "a" / "b", self.run):
            for name in ("x.txt", "victim.txt"):
                (folder / name).write_text(document(f"{CANARY}{folder.name}{name}"))

    def name(self, odd: str) -> str:
        return odd.replace("{out}", str(self.out))

    def around(self) -> dict[str, tuple[int, bytes]]:
        """Everything but what was handed in and the data folder."""
        return {
            str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
            for path in self.out.rglob("*")
            if self.data not in (path, *path.parents) and self.given not in (path, *path.parents)
        }

    def catalog(self) -> Catalog:
        return Catalog.open(self.data / "catalog.sqlite3")

    def indexer(self, *_: object) -> Indexer:
        catalog = Catalog.open(self.data / "catalog.sqlite3", create=True)
        return Indexer(catalog, NoStore(), FlatEmbedder)  # type: ignore[arg-type]

    def texts(self) -> dict[str, str]:
        """The text of every policy by its id."""
        with self.catalog() as catalog:
            ids = [each.policy_id for each in catalog.policies()]
            return {each: catalog.policy(each).text for each in ids}


def document(about: str) -> str:
    return f"澄湖区{about}办法\n\n第一条 为了{about}，制定本办法。\n第二条 按年租金的30%补助。\n"


def packed(path: Path, name: str, *more: str) -> Path:
    """An archive of documents with these names; two have the first, as far as it is shown."""
    with zipfile.ZipFile(path, "w") as archive:
        for place, each in enumerate((name, *more)):
            info = zipfile.ZipInfo("x")
            info.filename = each
            archive.writestr(info, document(f"包{place}"))
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, name)
    return path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    made = Place(tmp_path / "out")
    monkeypatch.chdir(made.run)
    before = made.around()
    yield made
    assert made.around() == before
    assert not [text for text in made.texts().values() if CANARY in text]


def test_there_are_enough_names() -> None:
    assert len(set(NAMES)) >= 60


@pytest.mark.parametrize("odd", NAMES, ids=range(len(NAMES)))
def test_a_name_in_an_archive_stays_in_it(place: Place, odd: str) -> None:
    archive = packed(place.given / "a.zip", place.name(odd), "普通.txt", "普通.txt/../普通.txt")
    reports = place.indexer().index([archive])
    assert [report.error for report in reports if "link" in report.error]
    texts = place.texts()
    assert len(texts) >= 2
    place.indexer().rebuild()
    assert place.indexer().prune() == []
    assert place.texts() == texts
    place.indexer().remove_policy(next(iter(texts)))
    archive.unlink()
    # Where the archive was, a folder with the same names is none of ours.
    (archive / "普通.txt").parent.mkdir()
    (archive / "普通.txt").write_text(document(CANARY))
    place.indexer().rebuild()
    place.indexer().prune(most=True)
    assert place.texts() == {}


@pytest.mark.parametrize("odd", NAMES, ids=range(len(NAMES)))
def test_a_name_in_a_folder_leads_nowhere_else(place: Place, odd: str) -> None:
    fill(place, odd)
    errors = [report.error for report in place.indexer().index([place.given])]
    assert any("a pipe" in error for error in errors) and any("UTF-8" in error for error in errors)
    place.indexer().rebuild()
    assert place.indexer().prune() == []
    for policy_id in place.texts():
        place.indexer().remove_policy(policy_id)


def fill(place: Place, odd: str, number: int = 0) -> None:
    """A file of that name, if the system lets one have it, and links to it, if it can be led to."""
    name = place.name(odd)
    (place.given / "普通.txt").write_text(document("普通"))
    (place.given / "bad\udcff.txt").write_text(document("坏名"))
    if not (place.given / "pipe.txt").exists():
        os.mkfifo(place.given / "pipe.txt")
    if "/" not in name and "\0" not in name and len(name.encode()) < 255 and name not in (".", ".."):
        (place.given / name).write_text(document(f"名{number}"))
    if "\0" not in name and len(name.encode()) < 4000:
        (place.given / f"link{number}.txt").symlink_to(name)
        (place.given / f"链接{number}").symlink_to(Path(name).parent)


def test_all_the_names_through_the_program(place: Place, run: Callable[..., Any]) -> None:
    parts = Parts(catalog=lambda _: place.catalog(), indexer=place.indexer)
    packed(place.given / "a.zip", *map(place.name, NAMES))
    for number, odd in enumerate(NAMES):
        fill(place, odd, number)
    checked = run("docs", "check", str(place.given), "--json", parts=parts)
    assert checked.code == 1 and CANARY not in checked.out
    assert run("ingest", str(place.given), "--json", parts=parts).code == 1
    before = place.texts()
    assert len(before) > len(NAMES)
    run("ingest", "--rebuild", "--prune", "--json", parts=parts)
    assert place.texts() == before
    for policy_id in list(before)[:5]:
        assert run("docs", "remove", policy_id, parts=parts).code == 0


@pytest.fixture
def publishing(place: Place) -> Iterator[Publishing]:
    # The data folder as a relative path, as users give it.
    made = open_publishing(Settings(data=Path("data")), place.catalog, place.indexer)
    yield made
    made.jobs.close()


def test_names_of_uploads_and_in_them_touch_no_other_document(
    place: Place, serve: Callable[..., str], assistant: Asking
) -> None:
    opened = type(assistant)(place.catalog())  # type: ignore[call-arg]
    address = serve(lambda: opened, indexer=place.indexer, token=TOKEN, data=Path("data"))
    with httpx.Client(
        base_url=f"{address}/api/admin/", headers={"Authorization": f"Bearer {TOKEN}"}
    ) as admin:

        def ended(started: httpx.Response) -> None:
            job = started.json()
            while job["state"] not in ("done", "failed"):
                time.sleep(0.005)
                job = admin.get(f"jobs/{job['job_id']}").json()

        def publish(name: str, content: bytes) -> None:
            sent = admin.put(f"uploads/{quote(name, safe='')}", content=content)
            if sent.status_code == 200:
                ended(admin.post(f"uploads/{sent.json()['upload_id']}/publish"))
            else:
                assert sent.status_code in (404, 405, 414, 422, 307, 400), (name, sent.status_code)

        publish("victim.txt", document("原件").encode())
        victim = place.data / "documents" / "victim.txt"
        before, (kept,) = victim.read_bytes(), place.texts()
        for odd in NAMES:
            if odd != "victim.txt":
                publish(place.name(odd), document("上传").encode())
        for start in range(0, len(NAMES), 20):
            names = [str(victim), f"{victim}/../victim.txt", *map(place.name, NAMES[start : start + 20])]
            publish("包.zip", packed(place.given / "a.zip", *names).read_bytes())
            assert len(place.texts()) > len(names) // 2
            for policy_id in place.texts().keys() - {kept}:
                ended(admin.delete(f"policies/{policy_id}"))
            assert place.texts().keys() == {kept}
            assert victim.read_bytes() == before
        names = {path.name for path in (place.data / "documents").iterdir()}
        assert names == {"victim.txt", "包.zip"}


def test_a_broken_upload_leaves_nothing_though_the_data_folder_is_relative(
    place: Place, publishing: Publishing
) -> None:
    upload = publishing.staging.place_for("坏.docx")
    upload.path.write_bytes(b"no docx")
    job = publishing.publish(upload.upload_id)
    while publishing.job(job.job_id).state not in ("done", "failed"):
        time.sleep(0.01)
    assert publishing.job(job.job_id).state == "failed"
    assert list(place.data.glob("documents/*")) == list(place.data.glob("uploads/*")) == []


@pytest.mark.parametrize("name", ["CON.txt", "nul", "com1.docx", "a.txt.", "a.txt ", " a.txt", "a\u202e.txt"])
def test_an_upload_of_a_name_that_is_no_plain_one_is_refused(publishing: Publishing, name: str) -> None:
    with pytest.raises(UploadNameError, match="rename"):
        publishing.staging.place_for(name)


@pytest.fixture(autouse=True)
def _made(place: Place) -> None:
    place.data.mkdir()
    place.indexer()
