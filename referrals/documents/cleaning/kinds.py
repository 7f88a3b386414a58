"""The kinds of file that are taken, and what a file is, whatever its name says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import filetype

from referrals.documents.cleaning.refusals import Refused, Why

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 10 * MEGABYTE
# Where Microsoft's formats before 2007 begin: Word's .doc among them.
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS: Final = frozenset({"application/x-msdownload", "application/x-executable", "application/java-archive"})
APPLE_PICTURES: Final = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftyphevc")


class Kind(StrEnum):
    """What a document can be; the value is also the end of its name."""

    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"
    DOCX = "docx"


MEDIA_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# As `filetype` names them. A Word document is a ZIP file; that it is one shows when it is opened.
BY_CONTENT: Final = {
    "application/pdf": Kind.PDF,
    "image/jpeg": Kind.JPG,
    "image/png": Kind.PNG,
    "application/zip": Kind.DOCX,
    MEDIA_TYPES[Kind.DOCX]: Kind.DOCX,
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file made safe: what it is, and its new content."""

    kind: Kind
    content: bytes


def kind_of(content: bytes) -> Kind:
    """What a file is by its content. Raises Refused for what is empty, too large, or of no kind that is taken."""
    if not content:
        raise Refused(Why.EMPTY)
    if len(content) > LARGEST:
        raise Refused(Why.TOO_LARGE)
    if content.startswith(OLD_OFFICE):
        raise Refused(Why.OLD_WORD)
    if content[4:12] in APPLE_PICTURES:
        raise Refused(Why.APPLE_PICTURE)
    found = filetype.guess(content)
    media_type = found.mime if found else ""
    if media_type in PROGRAMS or content.startswith((b"MZ", b"#!")):
        raise Refused(Why.PROGRAM)
    try:
        return BY_CONTENT[media_type]
    except KeyError:
        raise Refused(Why.OTHER_KIND) from None
