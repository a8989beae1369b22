"""Web pages under their short suffix."""

from ingest.readers.html import read

__all__ = ["read"]
