"""Opens Chroma: in a folder, or on a Chroma server by its address."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ingest.offline import reach_directly, silence_libraries

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.config import Settings

COLLECTION = "clauses"
# Two threads that open the first stores of a process at once would make two settings classes, and
# Chroma refuses a folder that it knows with other settings; what it knows changes with closing as well.
_OPENING = Lock()


def connected(folder: Path, *, url: str = "") -> "Client":
    """A client of the server at the address, else of the folder, which is made if there is none.

    Raises ChromaError, ValueError or OSError as Chroma and the folder give them.
    """
    with _OPENING:
        silence_libraries()
        settings = _settings_class()(anonymized_telemetry=False)
        return _of_server(url, settings) if url else _of_folder(folder, settings)


def closed(client: "Client") -> None:
    """Lets go of the client's folder or server."""
    with _OPENING:
        client.close()


def collection_of(client: "Client") -> "Collection":
    """The collection of the clauses, a new one if the client has none."""
    return client.get_or_create_collection(
        COLLECTION,
        configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
        embedding_function=None,
    )


def _of_folder(folder: Path, settings: "Settings") -> "Client":
    import chromadb

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
    except BaseException:
        _forget_failed(str(folder))
        raise


def _of_server(url: str, settings: "Settings") -> "Client":
    import chromadb

    address = urlsplit(url)
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    host = address.hostname or "localhost"
    reach_directly(url)
    return cast("Client", chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings))


def _forget_failed(folder: str) -> None:
    """Lets a folder be tried again that could not be opened, as when a full disk has room again.

    Chroma 1.5.9 keeps a system that failed to start, and every later client of the folder fails on it.
    """
    from chromadb.api.shared_system_client import SharedSystemClient

    if folder not in SharedSystemClient._identifier_to_refcount:
        SharedSystemClient._identifier_to_system.pop(folder, None)


@cache
def _settings_class() -> "type[Settings]":
    """The settings of Chroma as they come, with nothing of the environment or of a file in this folder.

    One class for all stores: Chroma opens a folder again only with settings that are equal.
    """
    from chromadb.config import Settings
    from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

    class Own(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            *further: PydanticBaseSettingsSource,
            **named: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (init_settings,)

    return Own
