"""Workbooks of Excel and WPS."""

from ingest.limits import Limits
from ingest.source import Block
from ingest.spreadsheet import read_workbook


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of all sheets, and their tables."""
    return read_workbook(content, name, limits)
