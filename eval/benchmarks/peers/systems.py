"""Everything that is compared, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from eval.errors import PeersMissingError

if TYPE_CHECKING:
    from bot.settings import Settings
    from eval.benchmarks.peers.peer import ChineseTuning, Peer
    from vectorstore.search import Embedder

CLAUSEWISE = "clausewise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A framework of the extra `peers`: its module and class, and the packages it comes in."""

    module: str
    kind: str
    packages: tuple[str, ...]


FRAMEWORKS = {
    "langchain": Framework(
        module="eval.benchmarks.peers.langchain",
        kind="LangChain",
        packages=("langchain-classic", "langchain-chroma", "langchain-text-splitters", "bm25s"),
    ),
    "llamaindex": Framework(
        module="eval.benchmarks.peers.llamaindex",
        kind="LlamaIndex",
        packages=("llama-index-core", "llama-index-retrievers-bm25", "bm25s"),
    ),
    "haystack": Framework(
        module="eval.benchmarks.peers.haystack", kind="Haystack", packages=("haystack-ai",)
    ),
}
_TUNED = " tuned"
# The others follow in pairs: as it comes, then tuned.
SYSTEMS = (CLAUSEWISE, *(name + suffix for name in FRAMEWORKS for suffix in ("", _TUNED)))


def open_system(name: str, settings: "Settings", folder: Path) -> "Peer":
    """The system of this name, nothing indexed yet; PeersMissingError where its framework is missing."""
    if name == CLAUSEWISE:
        from eval.benchmarks.peers.clausewise import ClausewiseSearch

        return ClausewiseSearch(settings, folder)
    from bot.wiring import open_embedder

    framework = FRAMEWORKS[name.removesuffix(_TUNED)]
    embedder = open_embedder(settings)
    # Loading the model is no part of indexing.
    embedder.warm_up()
    tuning = tuning_of(framework) if name.endswith(_TUNED) else None
    return kind_of(framework)(embedder, folder, tuning)


def kind_of(framework: Framework) -> "Callable[[Embedder, Path, ChineseTuning | None], Peer]":
    """The class of the framework's search; PeersMissingError where it is not installed."""
    kind: Callable[[Embedder, Path, ChineseTuning | None], Peer] = getattr(_module(framework), framework.kind)
    return kind


def tuning_of(framework: Framework) -> "ChineseTuning":
    """What was found best for the framework; PeersMissingError where it is not installed."""
    tuning: ChineseTuning = _module(framework).TUNED
    return tuning


def _module(framework: Framework) -> ModuleType:
    try:
        return import_module(framework.module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(("eval", "bot", "vectorstore", "ingest")):
            raise
        raise PeersMissingError(
            f"{framework.kind}: expected the package of {error.name}, found none; "
            "install what is compared with: pip install 'clausewise[peers]'"
        ) from error
