"""Where the documents of a question set stand on this machine."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from eval.errors import DocumentMissingError
from ingest.errors import IngestError
from ingest.input_files import read_file
from ingest.source import SourceDocument


class Documents:
    """Finds documents by the names of sets: in a collection (`samples/…`) or beside the set."""

    def __init__(
        self, *, samples: Path, shared: Path, beside: Path = Path(), folder: Path | None = None
    ) -> None:
        """A `folder` takes the place of the other three and is indexed whole."""
        self._samples = samples
        self._corpus = shared / "corpus"
        self._beside = beside
        self._folder = folder
        self.read = lru_cache(maxsize=None)(self._read)

    def path(self, name: str) -> Path:
        """The file of this name; DocumentMissingError says where it was expected."""
        candidates = self._candidates(name)
        for candidate in candidates:
            if candidate.is_file():
                return candidate
        raise DocumentMissingError(
            f"{name}: expected {' or '.join(map(str, candidates))}, found no such file; name the folder with "
            "--documents DIR or, for the real ones, set CLAUSEWISE_SHARED to the folder that holds corpus/"
        )

    def to_index(self, names: Iterable[str]) -> list[Path]:
        """What has to be indexed for questions on these: whole collections, single files beside a set."""
        if self._folder is not None:
            return [self._folder]
        paths = [
            self.path(name).parent if self._collection(name) is not None else self.path(name)
            for name in names
        ]
        return sorted(set(paths))

    def _read(self, name: str) -> SourceDocument:
        try:
            return read_file(self.path(name))
        except IngestError as error:
            raise DocumentMissingError(f"{name}: {error}") from error

    def _candidates(self, name: str) -> list[Path]:
        relative = PurePosixPath(name)
        if self._folder is not None:
            return [self._folder / relative, self._folder / relative.name]
        collection = self._collection(name)
        return [self._beside / relative if collection is None else collection / relative.name]

    def _collection(self, name: str) -> Path | None:
        first, *rest = PurePosixPath(name).parts or ("",)
        if len(rest) != 1:
            return None
        return {
            "samples": self._samples,
            "seeds": self._corpus / "seeds",
            "policies": self._corpus / "policies",
        }.get(first)
