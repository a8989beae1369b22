"""The markup of a web page → its elements, within limits."""

import re
from dataclasses import dataclass

from lxml import etree, html

from ingest.encodings import decoded
from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a browser shows: the title of its window and the body."""

    title: str
    body: html.HtmlElement


def read_page(content: bytes, name: str, limits: Limits) -> Page:
    """The page; UnreadableFileError where it has no body, LimitExceededError where it nests too deep."""
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    text = decoded(content, name, declared=declared[1].decode() if declared else "")
    # The parser refuses a str that declares an encoding, and drops what follows a NUL.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError(
            f"{name}: expected a web page, found no element; save the page again as HTML"
        ) from error
    _check_depth(root, name, limits)
    body = root.find("body")
    if body is None:
        raise UnreadableFileError(f"{name}: expected a web page, found no body; save the page again as HTML")
    return Page(title=" ".join((root.findtext("head/title") or "").split()), body=body)


def _check_depth(root: html.HtmlElement, name: str, limits: Limits) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.element_depth:
            raise LimitExceededError(
                f"{name}: expected elements at most {limits.element_depth} deep, found more; "
                "save the page anew, or raise CLAUSEWISE_LIMITS__ELEMENT_DEPTH"
            )
