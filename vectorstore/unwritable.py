"""Errors of a place that takes no more writing: a full disk, a read-only folder.

Each library has words of its own for them. The system has error numbers (errno), SQLite result codes
(https://www.sqlite.org/rescode.html), and Chroma passes those codes on within its message only.
"""

import errno
import re
import shutil
import sqlite3
from pathlib import Path

from vectorstore.errors import DiskFullError, ReadOnlyFolderError, StoreError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SQLITE_FULL, _SQLITE_IO, _SQLITE_CANNOT_OPEN = 13, 10, 14
_SQLITE_READ_ONLY = 8
_PRIMARY = 0xFF  # of an extended result code
_CODE_IN_MESSAGE = re.compile(r"\(code: (\d+)\)")  # chromadb 1.5.9: "(code: 13) database or disk is full"
# SQLite calls it an I/O error if its shared memory, the smallest file it makes, finds no room.
_LEAST_ROOM_BYTES = 64 << 10


def unwritable(error: Exception, place: Path) -> StoreError | None:
    """What the error says of the place: that it is full or read-only; None if it says neither."""
    number = error.errno if isinstance(error, OSError) else None
    code = _sqlite_code(error)
    if number in _FULL or code == _SQLITE_FULL or (code == _SQLITE_IO and not _has_room(place)):
        return DiskFullError(place)
    if number in _READ_ONLY or code in (_SQLITE_READ_ONLY, _SQLITE_CANNOT_OPEN):
        return ReadOnlyFolderError(place) if _has_room(place) else DiskFullError(place)
    return None


def _sqlite_code(error: Exception) -> int | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else code & _PRIMARY
    found = None if isinstance(error, OSError) else _CODE_IN_MESSAGE.search(str(error))
    return int(found.group(1)) & _PRIMARY if found else None


def _has_room(place: Path) -> bool:
    existing = next((each for each in (place, *place.absolute().parents) if each.exists()), Path("/"))
    try:
        return shutil.disk_usage(existing).free >= _LEAST_ROOM_BYTES
    except OSError:
        return True
