"""What `clausewise doctor` says of the vectors, and how it puts them right."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from bot.commands.checklist import Check
from bot.commands.parts import Parts, Progress
from bot.settings import Settings
from vectorstore.agreement import Agreement
from vectorstore.errors import REPAIR_COMMAND, CatalogMissingError, StoreError, VectorsDifferError


def check_vectors(
    settings: Settings, open_agreement: Callable[[Settings], AbstractContextManager[Agreement]]
) -> Check:
    """Whether the vector store holds the vectors of the catalog and no others."""
    name = "vectors"
    try:
        with open_agreement(settings) as agreement:
            agreement.check()
    except CatalogMissingError:
        return Check(name=name, state="note", found="none yet")
    except VectorsDifferError as error:
        return Check(name=name, state="bad", found=error.found, advice=f"run: {REPAIR_COMMAND}")
    except StoreError as error:
        return Check(name=name, state="bad", found="cannot be used", advice=str(error))
    return Check(name=name, state="ok", found="those of the catalog and no others")


def repaired(settings: Settings, parts: Parts, progress: Progress) -> Check:
    """Makes the vectors those of the catalog, and says what was done."""
    name = "repair"
    try:
        parts.catalog(settings).close()
        done = parts.indexer(settings, progress).repair(progress=progress)
    except CatalogMissingError:
        return Check(name=name, state="note", found="nothing to repair: there is no catalog yet")
    except StoreError as error:
        return Check(name=name, state="bad", found="not done", advice=str(error))
    found = f"{done.embedded} documents embedded again, {done.removed} foreign vectors removed"
    return Check(name=name, state="ok", found=found)
