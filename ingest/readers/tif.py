"""Faxes and scans in TIFF: a picture a page."""

from ingest.paper.picture_file import read

__all__ = ["read"]
