"""Bitmaps: the text that is recognised in them."""

from ingest.paper.picture_file import read

__all__ = ["read"]
