"""Pictures in JPEG under their long suffix."""

from ingest.paper.picture_file import read

__all__ = ["read"]
