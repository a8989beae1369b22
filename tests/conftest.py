"""What tests of several packages share."""

import os
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


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the bundled model is built once for all tests."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def bundled(models_folder: Path) -> BundledEmbedder:
    """The offline default, built and loaded."""
    embedder = BundledEmbedder(models_folder)
    embedder.warm_up()
    return embedder
