"""What tests of several packages share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vectorstore.embedders.bundled import BundledEmbedder

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that holds corpus/ and benchmarks/, which are not part of the repository.

    Where it is missing, the tests that ask for it are skipped, or fail under CLAUSEWISE_REQUIRE_CORPUS=1.
    """
    shared = Path(os.environ.get("CLAUSEWISE_SHARED") or REPOSITORY.parent / "shared")
    if (shared / "corpus").is_dir():
        return shared.resolve()
    missing = f"{shared}: expected the real documents here; CLAUSEWISE_SHARED names the folder of corpus/"
    if os.environ.get("CLAUSEWISE_REQUIRE_CORPUS") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session", autouse=True)
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the bundled model is built once for all tests, half a gigabyte.

    Without it every data folder would hold a model of its own.
    """
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEWISE_MODELS", str(folder))
        yield folder


@pytest.fixture(scope="session")
def bundled(models_folder: Path) -> BundledEmbedder:
    """The offline default, built and loaded."""
    embedder = BundledEmbedder(models_folder)
    embedder.warm_up()
    return embedder
