"""PDFs: rewritten without scripts, actions, embedded files and whatever else does more than show pages."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf

from referrals.documents.cleaning.kinds import MEGABYTE, Cleaned, Kind
from referrals.documents.cleaning.refusals import Refused, Why

MOST_PAGES: Final = 1000
# What compressed parts may unpack to: a scanned page at 300 dots an inch is 25 MB, if badly packed.
LARGEST_STREAM: Final = 120 * MEGABYTE
LARGEST_TOTAL: Final = 500 * MEGABYTE
BEGINNING: Final = re.compile(rb"stream\r?\n")
BLOCK: Final = 65536

# ISO 32000-2: entries that start something, carry files, fetch something, or say who wrote it and with what.
UNWANTED: Final = frozenset(
    {
        *(
            "/AA",
            "/AF",
            "/Collection",
            "/EF",
            "/EmbeddedFiles",
            "/FFilter",
            "/JS",
            "/JavaScript",
            "/Launch",
            "/Metadata",
        ),
        *("/MovieActions", "/OpenAction", "/PA", "/Perms", "/PieceInfo", "/Ref", "/Renditions", "/RichMediaContent"),
        *("/RichMediaSettings", "/URI", "/URLS", "/XFA"),
    }
)
# Actions by their kind (ISO 32000-2, table 201); going to another page of the same document stays.
ACTIONS: Final = frozenset(
    {
        *("/GoTo3DView", "/GoToDp", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie"),
        *(
            "/Named",
            "/Rendition",
            "/ResetForm",
            "/RichMediaExecute",
            "/SetOCGState",
            "/Sound",
            "/SubmitForm",
            "/Thread",
        ),
        *("/Trans", "/URI"),
    }
)
# Things on a page that play, open or carry something.
SUBTYPES: Final = frozenset({"/3D", "/FileAttachment", "/Movie", "/PS", "/RichMedia", "/Screen", "/Sound", "/TrapNet"})


def clean(content: bytes) -> Cleaned:
    """The same pages in a new file. Raises Refused for what is locked, damaged, a bomb, or cannot be made safe."""
    refuse_bombs(content)
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            _refuse_unreadable(pdf)
            _strip(pdf)
            file = BytesIO()
            pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
        made = file.getvalue()
        with pikepdf.open(BytesIO(made)) as again:
            if any(True for thing in _containers(again) for _ in _unwanted(thing)):
                raise Refused(Why.NOT_SAFE)
    except pikepdf.PasswordError:
        raise Refused(Why.LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        raise Refused(Why.DAMAGED) from None
    return Cleaned(Kind.PDF, made)


def refuse_bombs(content: bytes) -> None:
    """Unpack every compressed part a block at a time, keeping nothing, and refuse what does not end."""
    total = 0
    view = memoryview(content)
    for found in BEGINNING.finditer(content):
        total += _unpacked(view[found.end() :], min(LARGEST_STREAM, LARGEST_TOTAL - total))


def _unpacked(packed: memoryview, most: int) -> int:
    """How many bytes a zlib stream unpacks to, as far as it can be read; 0 for anything else."""
    if len(packed) < 2 or packed[0] & 0x0F != 8 or (packed[0] * 256 + packed[1]) % 31:
        return 0
    unpacking, size, at = zlib.decompressobj(), 0, 0
    try:
        while at < len(packed) and not unpacking.eof:
            piece: Any = packed[at : at + BLOCK]
            at += BLOCK
            while piece:
                size += len(unpacking.decompress(piece, BLOCK * 16))
                if size > most:
                    raise Refused(Why.EXPANDS)
                piece = unpacking.unconsumed_tail
    except zlib.error:
        pass
    return size


def _refuse_unreadable(pdf: pikepdf.Pdf) -> None:
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise Refused(Why.DAMAGED)
    form = pdf.Root.get("/AcroForm")
    # A form that only its own program can draw: without it there is nothing but "please wait".
    if form is not None and "/XFA" in form and pdf.Root.get("/NeedsRendering", False):
        raise Refused(Why.NOT_SAFE)


def _strip(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for thing in _containers(pdf):
        places = list(_unwanted(thing))
        for place in sorted(places, reverse=True) if isinstance(thing, pikepdf.Array) else places:
            del thing[place]


def _containers(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, stream and list of the file, those within others too."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            continue
        yield thing
        # What is referred to by number comes by itself, and would lead round in circles.
        within = thing if isinstance(thing, pikepdf.Array) else thing.values()
        waiting.extend(one for one in within if _is_container(one) and not one.is_indirect)


def _is_container(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)


def _unwanted(thing: Any) -> Iterator[Any]:
    """The entries of a container that have to go: keys of a dictionary, or places in a list."""
    if isinstance(thing, pikepdf.Array):
        yield from (place for place, one in enumerate(thing) if _does_something(one))
        return
    outside = {"/F", "/FDecodeParms"} if isinstance(thing, pikepdf.Stream) else set()
    for key, value in thing.items():
        if key in UNWANTED or key in outside or _does_something(value):
            yield key


def _does_something(value: Any) -> bool:
    """Whether a value starts, plays, fetches or carries something."""
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    kind, subtype, action = (str(value.get(name, "")) for name in ("/Type", "/Subtype", "/S"))
    if action in ACTIONS or kind in {"/Filespec", "/EmbeddedFile", "/Action"}:
        return action != "/GoTo"
    return subtype in SUBTYPES
