"""Word documents: packed anew without their properties; refused when they hold programs or take in outside parts."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from referrals.documents.cleaning import pictures
from referrals.documents.cleaning.kinds import MEGABYTE, Cleaned, Kind
from referrals.documents.cleaning.refusals import Refused, Why

MOST_PARTS: Final = 2000
LARGEST_TOTAL: Final = 100 * MEGABYTE
# XML packs well, but not this well; small parts are let off.
LARGEST_RATIO: Final = 200
SMALL: Final = MEGABYTE
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS: Final = re.compile(r"(?:.*/)?_rels/[^/]*\.rels")
PART_NAME: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.{1,2}(?:/|$))[\w\[\]. /%()+,-]{1,200}")
# Who wrote it, when, for whom and with what; a small picture of its first page.
PROPERTIES: Final = re.compile(r"docProps/|docMetadata/|customXml/", re.IGNORECASE)
LEFT_OUT: Final = (
    "-properties",
    "/thumbnail",
    "/customXml",
    "/customXmlProps",
    "/classificationlabels",
    "/attachedTemplate",
)
PROGRAMS: Final = re.compile(r"vbaproject|vbadata|activex|\.bin$|\.exe$|\.(?:dll|js|vbs|hta|ocx)$", re.IGNORECASE)
EMBEDDED: Final = re.compile(r"word/(?:embeddings|controls)/", re.IGNORECASE)
# Fields that start a program or take in another file when the document is opened or printed.
FETCHING_FIELDS: Final = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "MACROBUTTON", "DATABASE"),
        "RD",
    }
)
PLAIN_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PICTURES: Final = {".jpg": Kind.JPG, ".jpeg": Kind.JPG, ".png": Kind.PNG}

Parts = dict[str, bytes]


def clean(content: bytes) -> Cleaned:
    """The same document in a new file. Raises Refused for a bomb, a program, outside parts, damage, or another kind."""
    parts = _unpacked(content)
    if CONTENT_TYPES not in parts:
        raise Refused(Why.OTHER_KIND)
    _refuse_programs(parts)
    made: Parts = {}
    for name, part in parts.items():
        if not PROPERTIES.match(name):
            made[name] = _cleaned_part(name, part)
    return Cleaned(Kind.DOCX, _packed(made))


def _unpacked(content: bytes) -> Parts:
    """Every part by its name; sizes are looked at before anything is unpacked, and nobody's word is taken for them."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            _refuse_bombs(entries)
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise Refused(Why.LOCKED)
            names = [entry.filename for entry in entries]
            if len({name.lower() for name in names}) < len(names) or not all(map(PART_NAME.fullmatch, names)):
                raise Refused(Why.DAMAGED)
            # Reading stops at the size that the entry gives, and its checksum then shows a lie.
            return {entry.filename: packed.read(entry) for entry in entries}
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, OverflowError):
        raise Refused(Why.DAMAGED) from None


def _refuse_bombs(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise Refused(Why.EXPANDS)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
            raise Refused(Why.EXPANDS)


def _refuse_programs(parts: Parts) -> None:
    kinds = [str(node.get("ContentType", "")) for node in _tree(parts[CONTENT_TYPES]).iter("{*}Override", "{*}Default")]
    if any("macroEnabled" in kind or "vba" in kind.lower() for kind in kinds):
        raise Refused(Why.MACRO)
    if MAIN not in kinds:
        raise Refused(Why.OTHER_KIND)
    if any(PROGRAMS.search(name) or EMBEDDED.match(name) for name in parts):
        raise Refused(Why.MACRO)


def _cleaned_part(name: str, part: bytes) -> bytes:
    if name == CONTENT_TYPES:
        return _without_properties(part)
    if RELATIONSHIPS.fullmatch(name):
        return _without_outside(part)
    if name.lower().endswith(".xml"):
        return _checked_words(part)
    kind = next((kind for end, kind in PICTURES.items() if name.lower().endswith(end)), None)
    return part if kind is None else _cleaned_picture(part, kind)


def _cleaned_picture(part: bytes, kind: Kind) -> bytes:
    made = pictures.clean(part, kind)
    # Its name, and so its kind, is written down elsewhere in the document.
    if made.kind is not kind:
        raise Refused(Why.TOO_MANY_PIXELS)
    return made.content


def _without_properties(part: bytes) -> bytes:
    tree = _tree(part)
    for node in list(tree.iter("{*}Override")):
        if PROPERTIES.match(str(node.get("PartName", "")).lstrip("/")):
            node.getparent().remove(node)
    return _text(tree)


def _without_outside(part: bytes) -> bytes:
    """A part's relationships: without properties, and none that leads outside but a link for people to follow."""
    tree = _tree(part)
    for node in list(tree.iter("{*}Relationship")):
        kind, target = str(node.get("Type", "")), str(node.get("Target", ""))
        if kind.endswith(LEFT_OUT):
            node.getparent().remove(node)
        elif node.get("TargetMode") == "External":
            if not kind.endswith("/hyperlink"):
                raise Refused(Why.FETCHES)
            if not PLAIN_LINK.match(target):
                node.set("Target", "about:blank")
    return _text(tree)


def _checked_words(part: bytes) -> bytes:
    """A part of XML as it is, unless its fields fetch or start something; settings forget where they came from."""
    tree = _tree(part)
    if any(field in FETCHING_FIELDS for field in _fields(tree)):
        raise Refused(Why.FETCHES)
    if tree.tag != f"{WORD}settings":
        return part
    for tag in ("attachedTemplate", "mailMerge", "docVars", "rsids"):
        for node in list(tree.iter(f"{WORD}{tag}")):
            node.getparent().remove(node)
    return _text(tree)


def _fields(tree: Any) -> Iterator[str]:
    """What the fields of a part do, by their first word; the words of one may be spread over many pieces."""
    open_fields: list[str] = []
    for node in tree.iter(f"{WORD}instrText", f"{WORD}fldSimple", f"{WORD}fldChar"):
        if node.tag == f"{WORD}fldSimple":
            yield _first_word(str(node.get(f"{WORD}instr", "")))
        elif node.tag == f"{WORD}instrText":
            open_fields[-1:] = [("".join(open_fields[-1:])) + (node.text or "")]
        elif node.get(f"{WORD}fldCharType") == "begin":
            open_fields.append("")
        elif node.get(f"{WORD}fldCharType") == "end" and open_fields:
            yield _first_word(open_fields.pop())
    # What was never ended may still be taken for a field.
    yield from map(_first_word, open_fields)


def _first_word(words: str) -> str:
    return words.upper().split(maxsplit=1)[0] if words.strip() else ""


def _tree(part: bytes) -> Any:
    """XML as a tree. A document type could define words that unfold for ever, and no Word document has one."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(Why.DAMAGED) from None
    if tree.getroottree().docinfo.doctype:
        raise Refused(Why.NOT_SAFE)
    return tree


def _text(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _packed(parts: Parts) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            # A fixed moment: when it was packed says when it was written.
            packed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], ZIP_DEFLATED)
    return file.getvalue()
