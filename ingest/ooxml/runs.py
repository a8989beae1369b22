"""The runs of a paragraph → its text; text boxes and notes that hang on it are handed over apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.ooxml.names import MC, attribute, child, is_on, local

# What a deletion, an instruction of a field or a phonetic guide holds is not shown.
_UNSHOWN = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "pPr",
        "rt",
        "commentReference",
        "annotationRef",
        "Fallback",
    }
)
_BREAKS = frozenset({"br", "cr"})
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Notes:
    """The footnotes and endnotes met so far: kind and id, in the order of their marks."""

    met: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, kind: str, note_id: str) -> str:
        """The mark printed in the text, a raised number."""
        if (kind, note_id) not in self.met:
            self.met.append((kind, note_id))
        return str(self.met.index((kind, note_id)) + 1).translate(_SUPERSCRIPT)


def paragraph_text(paragraph: etree._Element, notes: Notes) -> str:
    """What the paragraph shows; a break inside it is a line break."""
    return "".join(_shown(paragraph, notes))


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes anchored in the paragraph, each once."""
    for element in paragraph.iter():
        if local(element) == "txbxContent" and not _is_inside(element, paragraph):
            yield element


def _is_inside(element: etree._Element, paragraph: etree._Element) -> bool:
    """Whether it is the older copy of a drawing, or within another text box of the paragraph."""
    for above in element.iterancestors():
        if above is paragraph:
            return False
        if local(above) in {"txbxContent", "Fallback"}:
            return True
    return False


def _shown(element: etree._Element, notes: Notes) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name in _UNSHOWN or name == "txbxContent" or (name == "r" and _is_hidden(each)):
            continue
        if name == "t":
            yield each.text or ""
        elif name in _BREAKS:
            yield "\n"
        elif name in {"tab", "ptab"}:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(each)
        elif name in {"footnoteReference", "endnoteReference"}:
            yield notes.mark(name.removesuffix("Reference"), attribute(each, "id") or "")
        elif name == "AlternateContent":
            choice = next((option for option in each if option.tag == f"{{{MC}}}Choice"), None)
            if choice is not None:
                yield from _shown(choice, notes)
        else:
            yield from _shown(each, notes)


def _is_hidden(run: etree._Element) -> bool:
    return is_on(child(run, "rPr", "vanish"))


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char") or ""
    value = int(code, 16) if code and all(digit in "0123456789abcdefABCDEF" for digit in code) else 0
    # Glyphs of symbol fonts have codes of private use and are no characters.
    return chr(value) if value and not 0xE000 <= value <= 0xF8FF else ""
