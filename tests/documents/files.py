"""Files for tests, made when they are needed: plain ones, ones that say too much, and ones made to do harm."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from PIL import Image, ImageDraw

WORDS = "Decision of the department"
TOWN = (51, 30, 26)
CAMERA = "Canary Camera 9"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture whose upper left corner is red."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 3, size[1] // 3), fill="red")
    file = BytesIO()
    made.save(file, form, **options)
    return file.getvalue()


def telling_picture(form: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture that says with what, when and where it was taken, in every way there is."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112], exif[0x9003] = CAMERA, orientation, "2026:03:01 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: TOWN, 3: "W", 4: (0, 14, 2)})
    more: dict[str, Any] = {"exif": exif}
    if form == "JPEG":
        more |= {"comment": f"by {CAMERA}", "icc_profile": f"profile of {CAMERA}".encode(), "xmp": CAMERA.encode()}
    return picture(form, **more)


def png_bomb(side: int = 40_000) -> bytes:
    """A PNG of a few kilobytes that says it has a thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 500_000))
        + chunk(b"IEND", b"")
    )


def pdf(pages: int = 1, **root: Any) -> bytes:
    """A PDF with words on its pages; what is named goes into its catalogue."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        for page in made.pages:
            page.Contents = made.make_stream(f"BT /F1 24 Tf 72 700 Td ({WORDS}) Tj ET".encode())
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        for key, value in root.items():
            made.Root[f"/{key}"] = made.make_indirect(value)
        return saved(made)


def saved(made: pikepdf.Pdf, **options: Any) -> bytes:
    """A PDF as bytes."""
    file = BytesIO()
    made.save(file, **options)
    return file.getvalue()


def harmful_pdf() -> bytes:
    """A PDF that starts scripts and programs wherever one can, carries a file, and says who wrote it."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('canary')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe", Next=pikepdf.Array([script]))
    with pikepdf.open(BytesIO(pdf(2))) as made:
        made.Root.OpenAction = script
        made.Root.AA = pikepdf.Dictionary(WC=launch)
        made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
        made.Root.AcroForm = pikepdf.Dictionary(
            XFA=made.make_stream(b"<xdp>canary</xdp>"),
            Fields=pikepdf.Array([pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="field", AA=pikepdf.Dictionary(K=script))]),
        )
        made.attachments["canary.exe"] = b"MZ canary"
        made.docinfo["/Author"] = "Canary Author"
        with made.open_metadata() as about:
            about["dc:creator"] = ["Canary Author"]
        page = made.pages[0]
        page.AA = pikepdf.Dictionary(O=script)
        rectangle = pikepdf.Array([0, 0, 9, 9])
        page.Annots = pikepdf.Array(
            [
                made.make_indirect(
                    pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rectangle, A=action)
                )
                for action in (script, launch, pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://canary.example"))
            ]
            + [
                made.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.FileAttachment,
                        Rect=rectangle,
                        FS=pikepdf.Dictionary(
                            Type=pikepdf.Name.Filespec,
                            F="canary.exe",
                            EF=pikepdf.Dictionary(F=made.make_stream(b"MZ canary")),
                        ),
                    )
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=rectangle,
                    A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([made.pages[1].obj, pikepdf.Name.Fit])),
                ),
            ]
        )
        return saved(made)


def pdf_bomb(megabytes: int = 200) -> bytes:
    """A PDF whose page unpacks to more than anybody can show."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b"\0" * 1024 * 1024) for _ in range(megabytes)) + packing.flush()
    with pikepdf.open(BytesIO(pdf())) as made:
        made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=pikepdf.Name.FlateDecode)
        return saved(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relationships(*rows: tuple[str, str, str]) -> str:
    """A part of relationships: each its kind, where it leads, and Internal or External."""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def docx_parts(body: str = "", main: str = MAIN) -> dict[str, str | bytes]:
    """The parts of a small Word document, its author's name among them."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="a/b"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="x/core"/></Types>',
        "_rels/.rels": relationships(
            ("officeDocument", "word/document.xml", "Internal"), ("core-properties", "docProps/core.xml", "Internal")
        ),
        "docProps/core.xml": "<core><creator>Canary Author</creator></core>",
        "word/document.xml": f"<w:document {SPACES}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>{body}</w:body>"
        "</w:document>",
        "word/media/photo.jpeg": telling_picture(),
    }


def docx(changes: Mapping[str, str | bytes] | None = None, body: str = "", main: str = MAIN) -> bytes:
    """A Word document with other parts in place of its own."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, part in {**docx_parts(body, main), **(changes or {})}.items():
            packed.writestr(name, part)
    return file.getvalue()


def docx_bomb() -> bytes:
    """A Word document of a few hundred kilobytes that unpacks to 150 megabytes."""
    return docx({"word/media/x.emf": b"\0" * 150 * 1024 * 1024})


def field(words: str) -> str:
    """A field in the body of a Word document, its words in two pieces."""
    half = len(words) // 2
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (words[:half], words[half:]))
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 400
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
PAGE = b"<!doctype html><script>alert('canary')</script>"
