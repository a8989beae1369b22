"""The recipes of docs/extending.md are written as they stand there, and used."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
RECIPES = REPOSITORY / "docs" / "extending.md"
PACKAGES = ("ingest", "vectorstore", "prompts", "bot", "eval")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a user of each recipe does with it; each raises unless it works.
USES = {
    "A file format": """
from pathlib import Path
from ingest.input_files import read_file
from ingest.parse import parse
text = "# 某某县教育局关于校服的通知\\n\\n第一条 **校服费用由学校公示。**\\n"
Path("通知.md").write_text(text, encoding="utf-8")
texts = [clause.text for policy in parse(read_file(Path("通知.md"))) for clause in policy.clauses]
assert any("校服费用由学校公示。" in text for text in texts), texts
assert not any("*" in text for text in texts), texts
""",
    "A kind of fact": """
from pathlib import Path
from ingest.input_files import read_file
from ingest.parse import parse
from vectorstore.catalog import Catalog
text = "某某县教育局关于校服的通知\\n\\n第一条 校服费用由学校公示。\\n\\n第二条 联系电话：0571-8765432。\\n"
Path("通知.txt").write_text(text, encoding="utf-8")
policies = parse(read_file(Path("通知.txt")))
with Catalog.open(Path("catalog.sqlite3"), create=True) as catalog:
    catalog.files.replace("通知.txt", "sha", policies)
    (fact,) = catalog.facts(kind="contact")
assert fact.value("number") == "0571-8765432"
assert policies[0].text[fact.start:fact.end] == "0571-8765432"
""",
    "A metric": """
from eval.metrics import figures, metrics
assert metrics()["citations_per_answer"].definition == "Citations of the average answer."
assert figures([])["citations_per_answer"] is None
""",
    "A format of questions": """
from pathlib import Path
from eval.importing import formats
Path("q.txt").write_text("谁负责？\\n补多少？\\n", encoding="utf-8")
found = formats()["lines"].read(Path("q.txt"))
assert [each.question for each in found.questions] == ["谁负责？", "补多少？"]
""",
    "A store": """
import numpy
from vectorstore.search import SearchFilter, VectorStore
from vectorstore.stores.plain import PlainStore
store: VectorStore = PlainStore()
axes = numpy.eye(4, dtype=numpy.float32)
store.add("p", ["p.0", "p.1"], axes[:2])
store.add("q", ["q.0"], axes[2:3])
assert store.nearest(axes[1], limit=1, search_filter=SearchFilter())[0].clause_id == "p.1"
only = SearchFilter(policy_ids=frozenset({"q"}))
assert [each.clause_id for each in store.nearest(axes[1], limit=9, search_filter=only)] == ["q.0"]
store.claim("index", without=["q.0"])
assert dict(store.stored().policy_of) == {"p.0": "p", "p.1": "p"} and store.stored().mark == "index"
store.add("q", ["q.0"], axes[2:3])
store.remove("p")
assert len(store.nearest(axes[1], limit=9, search_filter=SearchFilter())) == 1
""",
    "An embedder": """
from pathlib import Path
import numpy
from vectorstore.catalog import Catalog
from vectorstore.embedders.hashed import HashedEmbedder
from vectorstore.indexer import Indexer
from vectorstore.search import SearchFilter
from vectorstore.stores.chroma import ChromaStore
text = "某某县教育局关于校服的通知\\n\\n第一条 校服费用由学校公示。\\n"
Path("通知.txt").write_text(text, encoding="utf-8")
embedder = HashedEmbedder()
assert numpy.allclose(numpy.linalg.norm(embedder.embed_passages(["甲", ""]), axis=1), 1)
with Catalog.open(Path("catalog.sqlite3"), create=True) as catalog, ChromaStore(Path("vectors")) as store:
    (report,) = Indexer(catalog, store, HashedEmbedder).index([Path("通知.txt")])
    assert report.status == "added", report
    assert catalog.vectors.fingerprint() == "hashed-256"
    best = store.nearest(embedder.embed_query("校服费用公示"), limit=1, search_filter=SearchFilter())
    assert "校服费用" in catalog.clause(best[0].clause_id).text
""",
    "A reranker": """
from ingest.policy import Clause
from vectorstore.rerankers.shortest import ShortestReranker
from vectorstore.search import Reranker, ScoredClause
def scored(text: str) -> ScoredClause:
    clause = Clause(clause_id=text, policy_id="p", position=0, parent_id=None, kind="paragraph", number="",
                    heading="", path=(), locator="", start=0, end=len(text), text=text)
    return ScoredClause(clause=clause, score=1.0)
reranker: Reranker = ShortestReranker()
found = reranker.rerank("问", [scored("长的条款"), scored("短")])
assert [each.clause.text for each in found] == ["短", "长的条款"]
""",
}


def recipes() -> dict[str, list[tuple[str, str]]]:
    """The files of each recipe by its heading."""
    _, *parts = _SECTION.split(RECIPES.read_text(encoding="utf-8"))
    return {heading: _BLOCK.findall(text) for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def write(path: Path, block: str) -> None:
    """A new file, or the statements of the block in place of those of the same name."""
    if not path.exists():
        path.write_text(block, encoding="utf-8")
        return
    module = ast.parse(path.read_text(encoding="utf-8"))
    names = [name_of(each) for each in module.body]
    for statement in ast.parse(block).body:
        module.body[names.index(name_of(statement))] = statement
    path.write_text(ast.unparse(module), encoding="utf-8")


def name_of(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    if isinstance(statement, ast.ImportFrom):
        return f"from {statement.module}"
    return getattr(statement, "name", "")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that recipes may be written into."""
    folder = tmp_path_factory.mktemp("program")
    unneeded = shutil.ignore_patterns("web", "__pycache__", "samples", "sets")
    for package in PACKAGES:
        shutil.copytree(REPOSITORY / package, folder / package, ignore=unneeded)
    return folder


def test_every_row_of_the_table_has_a_recipe() -> None:
    table = RECIPES.read_text(encoding="utf-8").split("| to add | write |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| an? ([\w ]+?) \|", table, re.MULTILINE)
    assert [f"{name.lower()}" for name in recipes()] == [f"{article(row)} {row}" for row in rows]
    assert set(recipes()) == set(USES)


def article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


@pytest.mark.parametrize("name", USES)
def test_the_recipe_works_as_it_stands(program: Path, tmp_path: Path, name: str) -> None:
    files = recipes()[name]
    assert files, "a recipe names its file"
    for path, block in files:
        write(program / path, block)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USES[name]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
