"""What can go wrong between clauses and the index that holds them.

StoreError
├── CatalogMissingError      no catalog at this path
├── CatalogVersionError      written by another version of Clausewise
├── CorruptCatalogError      the file is no catalog, or is damaged
├── CatalogBusyError         another process is writing and does not come to an end
├── DiskFullError            nothing more can be written there
├── ReadOnlyFolderError      nothing may be written there
├── VectorStoreError         the vector store is damaged or cannot be reached
├── VectorsDifferError       vectors of the index lack or belong to something else
├── EmbedderUnavailableError the embedding or reranking model cannot be loaded
├── EmbedderMismatchError    the vectors of the index come from another model
├── ParsingStoppedError      the server is being stopped
├── PruneRefusedError        more than half of the files are gone: a share may not be mounted
├── UnknownPolicyError       no such policy in the catalog
├── UnknownClauseError       no such clause in the catalog
└── UnknownNoteError         no such note of a question in the catalog
"""

from pathlib import Path

REPAIR_COMMAND = "clausewise doctor --repair"
REBUILD_COMMAND = "clausewise ingest --rebuild"


class StoreError(Exception):
    """The index cannot do what was asked; the message says what to do."""


class CatalogMissingError(StoreError):
    """No catalog stands at the path."""

    def __init__(self, path: Path) -> None:
        """Names the path and the command that fills it."""
        super().__init__(f"{path}: no catalog here; run `clausewise ingest PATH…` with the same --data first")


class CatalogVersionError(StoreError):
    """The catalog was written by another version."""

    def __init__(self, path: Path, *, found: int, expected: int) -> None:
        """Names both versions and the way out."""
        super().__init__(
            f"{path}: expected catalog version {expected}, found {found}; use the version of Clausewise "
            "that wrote it, or ingest the documents anew (`clausewise ingest PATH… --data OTHER_FOLDER`)"
        )


class CorruptCatalogError(StoreError):
    """The file is no catalog, or is damaged."""

    def __init__(self, path: Path, detail: str) -> None:
        """Names the damage and the way out."""
        super().__init__(
            f"{path}: expected a Clausewise catalog, found a damaged or foreign file ({detail}); restore it "
            "from a backup, or move the data folder away and run `clausewise ingest PATH…` again"
        )


class CatalogBusyError(StoreError):
    """Another process holds the catalog for writing."""

    def __init__(self, path: Path) -> None:
        """Says to wait."""
        super().__init__(
            f"{path}: another `clausewise ingest` is writing; wait until it has ended and try again"
        )


class DiskFullError(StoreError):
    """The disk takes no more."""

    def __init__(self, place: Path) -> None:
        """Names the place and what to do."""
        super().__init__(
            f"{place}: the disk is full; make room on it, or choose a folder elsewhere with --data, and try "
            "again. What was there before stands and can be asked"
        )


class ReadOnlyFolderError(StoreError):
    """The folder may be read and not written."""

    def __init__(self, place: Path) -> None:
        """Names the place and what to do."""
        super().__init__(
            f"{place}: the folder is read-only; let this user write there, or choose another with --data. "
            "What it holds can be asked all the same"
        )


class VectorStoreError(StoreError):
    """The vector store is damaged or cannot be reached."""


class VectorsDifferError(StoreError):
    """The vector store holds less or more than the catalog says."""

    def __init__(self, *, lacking: int, foreign: int) -> None:
        """Counts the documents and the vectors, and names the commands that put it right."""
        self.found = f"{lacking} documents without all of theirs, {foreign} foreign vectors"
        super().__init__(
            f"expected the vectors of every document and no others, found {self.found}; run "
            f"`{REPAIR_COMMAND}`, or any `clausewise ingest`. Until then such documents are found by their "
            "words alone"
        )


class EmbedderUnavailableError(StoreError):
    """The embedding or reranking model cannot be loaded."""


class EmbedderMismatchError(StoreError):
    """The vectors of the index come from another model than the one at hand."""

    def __init__(self, *, indexed: str, current: str) -> None:
        """Names both models and the command that rebuilds."""
        super().__init__(
            f"the index was built with the embedding model {indexed!r}, the settings name {current!r}; run "
            f"`{REBUILD_COMMAND}` to embed everything with the new model, or set the former model again"
        )


class ParsingStoppedError(StoreError):
    """No more files are parsed."""

    def __init__(self) -> None:
        """Says to come again."""
        super().__init__("the server is being stopped; send the file again when it has started")


class PruneRefusedError(StoreError):
    """Pruning would remove more than half of the documents."""

    def __init__(self, example: Path, *, gone: int, total: int) -> None:
        """Names the counts, a file that is missing and the way to prune all the same."""
        super().__init__(
            f"expected most of the {total} indexed files to be there, found {gone} gone, such as {example}; "
            "nothing was removed: mount the folder they lie in, or add --prune-most if they are to go"
        )


class UnknownPolicyError(StoreError):
    """No policy of this id is in the catalog."""

    def __init__(self, policy_id: str) -> None:
        """Names the id and where ids are listed."""
        super().__init__(
            f"no policy {policy_id!r} in the catalog; `clausewise docs list` shows what there is"
        )


class UnknownClauseError(StoreError):
    """No clause of this id is in the catalog."""

    def __init__(self, clause_id: str) -> None:
        """Names the id and where ids are listed."""
        super().__init__(
            f"no clause {clause_id!r} in the catalog; it may have gone with an older version of its "
            "document: `clausewise search` finds the clauses there are"
        )


class UnknownNoteError(StoreError):
    """No note of this id is in the catalog."""

    def __init__(self, note_id: int) -> None:
        """Names the id and where ids are listed."""
        super().__init__(f"no note {note_id} of a question; GET /api/admin/questions lists those there are")
