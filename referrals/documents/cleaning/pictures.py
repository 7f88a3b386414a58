"""Pictures: decoded and encoded anew, upright, without place, time, camera or anything else but what they show."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from referrals.documents.cleaning.kinds import LARGEST, Cleaned, Kind
from referrals.documents.cleaning.refusals import Refused, Why

MOST_PIXELS: Final = 80_000_000
# An A4 page at 300 dots an inch is 3,508 high: small print stays readable.
LONGEST_SIDE: Final = 4000
QUALITY: Final = 85

# Looked at before anything is decoded; ours comes first, this is for pictures inside of pictures.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def clean(content: bytes, kind: Kind) -> Cleaned:
    """The same picture as new pixels in a new file; a PNG that would be too large comes back as a JPEG.

    Raises Refused for what is damaged or has too many pixels.
    """
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(Why.TOO_MANY_PIXELS)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _encoded(_pixels(picture), kind)
    except Image.DecompressionBombError:
        raise Refused(Why.EXPANDS) from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombWarning):
        raise Refused(Why.DAMAGED) from None


def _pixels(picture: Image.Image) -> Image.Image:
    """Nothing but the pixels: upright, of a common kind, and no larger than anybody needs."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # 16 bits a pixel: the upper eight are what a screen shows.
        upright = upright.point(lambda value: value / 256).convert("L")
    see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through else ("L" if upright.mode in {"1", "L"} else "RGB"))
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Comments, colour profiles and camera data would be written again from here.
    plain.info.clear()
    return plain


def _encoded(pixels: Image.Image, kind: Kind) -> Cleaned:
    if kind is Kind.PNG:
        content = _saved(pixels, "PNG")
        if len(content) <= LARGEST:
            return Cleaned(Kind.PNG, content)
    if pixels.mode == "RGBA":
        paper = Image.new("RGB", pixels.size, "white")
        paper.paste(pixels, mask=pixels.getchannel("A"))
        pixels = paper
    return Cleaned(Kind.JPG, _saved(pixels, "JPEG", quality=QUALITY, optimize=True))


def _saved(pixels: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    pixels.save(file, form, **options)
    return file.getvalue()
