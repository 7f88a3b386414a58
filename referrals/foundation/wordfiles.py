"""An empty Word document to write into: in British English, and without what the library's own template brings."""

from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn

# A picture of another document, which file managers show, and the settings of a list of sources that there is not.
_BROUGHT: Final = ("/thumbnail", "/customXml")


def empty_document() -> Any:
    """The document; its paper, fonts and texts are for the caller to set."""
    document = Document()
    for part in (document.part.package, document.part):
        for key, link in list(part.rels.items()):
            if link.reltype.endswith(_BROUGHT):
                del part.rels[key]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    return document
