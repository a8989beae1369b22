"""Word documents, read from their XML: no library in good keeping rebuilds Chinese list numbers."""

from ingest.errors import UnreadableFileError
from ingest.limits import Limits
from ingest.ooxml.body import Body
from ingest.ooxml.names import attribute, child, children
from ingest.ooxml.numbering import Numbering
from ingest.ooxml.styles import Styles
from ingest.source import Block
from ingest.zipped_xml import ZippedXml

_NOTE_PARTS = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the document with its headings, tables and notes; list numbers as Word prints them."""
    package = ZippedXml(content, name, limits, expected="a Word document")
    body = child(package.part("word/document.xml"), "body")
    if body is None:
        raise UnreadableFileError(
            f"{name}: expected a Word document, found no word/document.xml; open it in Word and save it anew"
        )
    styles = Styles(package.part("word/styles.xml"))
    written = Body(styles, Numbering(package.part("word/numbering.xml"), styles), name, limits)
    written.write(body)
    _write_notes(package, written)
    return written.text(), tuple(sorted(written.blocks, key=lambda block: block.start))


def _write_notes(package: ZippedXml, written: Body) -> None:
    """The notes behind the text, in the order of their marks."""
    for kind, note_id in list(written.notes.met):
        part = package.part(_NOTE_PARTS[kind])
        notes = children(part, kind) if part is not None else []
        note = next((each for each in notes if attribute(each, "id") == note_id), None)
        if note is not None:
            written.write_note(written.notes.mark(kind, note_id), note)
