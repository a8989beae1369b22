"""What one file may cost before it is refused; the operator sets the figures."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of one file; what goes beyond raises LimitExceededError."""

    file_bytes: int = 200 * _MEGABYTE  # the file itself, and each file in an archive
    # A megabyte of text takes about 5 seconds and 75 MB of memory to parse.
    text_bytes: int = 10 * _MEGABYTE  # a file that is all text: txt, htm, html
    unpacked_bytes: int = 500 * _MEGABYTE  # all that an archive or a zipped document unpacks to
    archive_files: int = 5_000
    archive_depth: int = 2  # archives inside archives
    element_depth: int = 500  # elements inside elements of a page or a zipped document
    pages: int = 2_000
    ocr_pages: int = 300  # pages that are pictures, which take seconds each
    cells: int = 500_000  # of all tables of a file
    # Of one file that a server parses, which stops there; commands go on until they are interrupted.
    parse_seconds: float = 900.0
    parse_bytes: int = 4_096 * _MEGABYTE


DEFAULT_LIMITS = Limits()
