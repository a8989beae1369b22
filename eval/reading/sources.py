"""Reads the training sets of `shared/training` and the sets of the project that were used for mending."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from bot.question.simplified import simplified
from bot.reader.reading import Passage
from eval.cases import half_of
from eval.folding import find_folded
from eval.reading.examples import Document, Example, Marked, document_of
from eval.reading.joined import joined_examples
from eval.reading.rows import row_examples
from eval.sets import set_path
from ingest.errors import IngestError
from ingest.input_files import read_file
from ingest.parse import parse


class Library:
    """The documents that questions were written on, parsed once each."""

    def __init__(self, shared: Path) -> None:
        """Names the folder that holds corpus/, benchmarks/ and training/."""
        self._shared = shared
        self._parsed: dict[str, Document | None] = {}

    def passages(self) -> dict[str, Passage]:
        """Every passage of the documents that were parsed so far, by key."""
        return {
            key: passage
            for document in self.documents()
            for key, (passage, _clause) in document.passages.items()
        }

    def documents(self) -> Sequence[Document]:
        """The documents that were parsed so far."""
        return tuple(document for document in self._parsed.values() if document is not None)

    def own_documents(self) -> Sequence[Path]:
        """The files of the documents that come with the program."""
        return sorted(_OWN.iterdir())

    @property
    def shared(self) -> Path:
        """The folder of what is shared."""
        return self._shared

    def document(self, name: str, folder: Path | None = None) -> Document | None:
        """The document as examples of a folder of `training/written` name it; None if it cannot be read."""
        key = f"{folder.name}/{name}" if folder is not None and name.startswith("docs/") else name
        if key not in self._parsed:
            self._parsed[key] = self._read(key)
        return self._parsed[key]

    def _read(self, key: str) -> Document | None:
        if key.startswith("ncp/"):
            return self._notice(key, key.removeprefix("ncp/"))
        path = self.file(key)
        if path is None:
            return None
        try:
            return document_of(key, parse(read_file(path)))
        except IngestError:
            return None

    def file(self, name: str) -> Path | None:
        """The file of a document as examples name it; None for a notice, and if there is no such file."""
        head, _, rest = name.partition("/")
        if head == "ncp":
            return None
        bases = {
            "policies": self._shared / "corpus/policies",
            "seeds": self._shared / "corpus/seeds",
            "legal_dc": self._shared / "benchmarks/legal_dc/documents",
            "own": _OWN,
        }
        if rest.startswith("docs/"):
            return _file(self._shared / "training/written" / head, rest)
        return _file(bases[head], rest)

    def text(self, name: str) -> str:
        """The text of a document as it stands; empty if there is none."""
        head, _, rest = name.partition("/")
        if head == "ncp":
            return self._notices().get(rest, "")
        path = self.file(name)
        return path.read_text(encoding="utf-8", errors="replace") if path is not None else ""

    def _notice(self, name: str, number: str) -> Document | None:
        text = self._notices().get(number)
        if text is None:
            return None
        with TemporaryDirectory() as scratch:
            path = Path(scratch) / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            return document_of(name, parse(read_file(path)))

    @lru_cache(maxsize=1)  # noqa: B019 - one library lives as long as the program
    def _notices(self) -> Mapping[str, str]:
        path = self._shared / "benchmarks/ncp/docs.jsonl"
        return {str(each["docid"]): each["text"] for each in _lines(path)}


_QUESTIONS = Path(__file__).parent / "questions.jsonl"
_OFF_TOPIC = Path(__file__).parent / "off_topic.txt"
_OWN = Path(__file__).parent / "documents"  # of places that do not exist
OWN = "own/"  # what their names begin with
_SQUAD = (
    ("cmrc2018/cmrc2018_dev.json", "cmrc"),
    ("cmrc2018/cmrc2018_trial.json", "cmrc"),
    ("drcd/DRCD_dev.json", "drcd"),
    ("drcd/DRCD_test.json", "drcd"),
)
# Sets of the project that were used for mending; the others measure.
_PROJECT_SETS: Mapping[str, Literal["development"] | None] = {
    "seeds": None,
    "everyday": None,
    "policies": "development",
}


def all_examples(library: Library) -> Iterator[Example]:
    """The examples of every source that may be trained on."""
    questions = tuple(written_examples(library))
    yield from questions
    yield from joined_examples(questions)
    for name, half in _PROJECT_SETS.items():
        yield from project_set(library, set_path(name), half=half)
    for document in library.documents():
        yield from row_examples(document)
    yield from off_topic(_OFF_TOPIC)
    yield from stard(library.shared / "training/stard/queries.json")
    for name, source in _SQUAD:
        yield from squad(library.shared / "training" / name, source)


def written_examples(library: Library) -> Iterator[Example]:
    """The questions that were written on documents, those of `training/written` and the project's own."""
    for folder in sorted((library.shared / "training/written").iterdir()):
        if (folder / "questions.jsonl").is_file():
            yield from written(library, folder)
    yield from written_by_span(library)


def written(library: Library, folder: Path) -> Iterator[Example]:
    """The questions of one folder of `training/written`; those whose pieces no clause holds are left out."""
    return _written(library, _lines(folder / "questions.jsonl"), folder)


def written_by_span(library: Library, documents: Container[str] | None = None) -> Iterator[Example]:
    """The project's own questions: their pieces stand in the file as places in documents kept elsewhere.

    Those on these documents alone, if they are named.
    """
    cases = []
    for case in _lines(_QUESTIONS):
        if documents is not None and case["document"] not in documents:
            continue
        text = library.text(case["document"])
        pieces = {
            field: [text[start:end] for start, end in case[field]]
            for field in ("clauses", "answer", "near")
            if field in case
        }
        cases.append(case | pieces)
    return _written(library, cases, None)


def _written(library: Library, cases: Iterable[Mapping[str, Any]], folder: Path | None) -> Iterator[Example]:
    for case in cases:
        document = library.document(case["document"], folder)
        if document is None:
            continue
        right: dict[str, Marked] = {}
        for piece in case.get("clauses") or ():
            right |= {each.key: each for each in document.marked(piece, case.get("answer") or ())}
        tempting: dict[str, Marked] = {}
        for piece in case.get("near") or ():
            tempting |= {each.key: each for each in document.marked(piece) if each.key not in right}
        if case["answerable"] and not right:
            continue
        yield Example(
            id=case["id"],
            question="，".join((*case.get("history", ()), case["question"])),
            document=document.name,
            right=tuple(right.values()) if case["answerable"] else (),
            tempting=tuple(tempting.values()),
            source="written",
            why_not=case.get("why_not") or None,
        )


def project_set(library: Library, path: Path, *, half: str | None = None) -> Iterator[Example]:
    """The questions of a set of eval/sets on single documents, of one half if it is named."""
    for case in _lines(path):
        if half is not None and half_of(case["id"]) != half:
            continue
        names = {each["file"] for each in case.get("evidence") or ()}
        if len(names) != 1 or case["outcome"] != "answered":
            continue
        document = library.document(names.pop())
        if document is None:
            continue
        right: dict[str, Marked] = {}
        source = (library.shared / "corpus" / document.name).read_text(encoding="utf-8", errors="replace")
        for each in case["evidence"]:
            words = [word for group in case["expected"] for word in group]
            for marked in document.marked(source[each["start"] : each["end"]], words):
                right[marked.key] = marked
        if right:
            asked = "，".join((*case.get("history", ()), case["question"]))
            yield Example(
                id=case["id"],
                question=asked,
                document=document.name,
                right=tuple(right.values()),
                source="project",
            )


def stard(path: Path) -> Iterator[Example]:
    """Lay questions with the articles that answer them; an article is a passage of its own."""
    for case in json.loads(path.read_text(encoding="utf-8")):
        right = []
        for name, text in case["相关法规"].items():
            title, _, number = name.partition("第")
            stated = f"第{number}　{text.strip()}"
            right.append(Marked(key=f"stard/{name}", passage=Passage(title=title, headings=(), text=stated)))
        if right and len(right) <= 4:
            asked = case["问题"]
            yield Example(
                id=f"stard-{case['query_id']}",
                question=asked,
                document=f"stard/{case['query_id']}",
                right=tuple(right),
                source="stard",
            )


def off_topic(path: Path) -> Iterator[Example]:
    """Questions, one a line, that no clause of any document answers."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name = f"off_topic/{number}"
        yield Example(id=name, question=simplified(line), document=name, source="off_topic")


def squad(path: Path, name: str) -> Iterator[Example]:
    """Questions of the SQuAD layout; the passage is the stretch of sentences around the answer."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield from _of_paragraph(paragraph, article.get("title", ""), name)


def _of_paragraph(paragraph: Mapping[str, Any], title: str, name: str) -> Iterator[Example]:
    for asked in paragraph["qas"]:
        answer = asked["answers"][0]
        text = simplified(paragraph["context"])
        words = simplified(answer["text"])
        span = find_folded(text, words)
        if span is None or len(text) != len(paragraph["context"]):
            continue
        start, end = _stretch(text, span)
        key = f"{name}/{paragraph.get('id', '')}#{start}"
        passage = Passage(title=simplified(title), headings=(), text=text[start:end])
        marked = Marked(key=key, passage=passage, spans=((span[0] - start, span[1] - start),))
        document = f"{name}/{paragraph.get('id', '')}"
        question = simplified(asked["question"])
        yield Example(
            id=f"{name}-{asked['id']}", question=question, document=document, right=(marked,), source=name
        )


def _stretch(text: str, span: tuple[int, int], *, longest: int = 220) -> tuple[int, int]:
    """The sentences around the span, as long as a usual clause."""
    start = max(text.rfind("。", 0, max(span[0] - longest // 2, 0)) + 1, 0)
    end = text.find("。", min(span[1] + longest // 4, len(text) - 1))
    return start, len(text) if end < 0 else end + 1


def _file(folder: Path, name: str) -> Path | None:
    return next((each for each in (folder / name, folder / f"{name}.txt") if each.is_file()), None)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
