"""A pack ready to be shared: the text, the quotes and pictures that may be used for it, and where it can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from referrals.directory import lists
from referrals.engagement.models import PICTURE, QUOTE, Publicity
from referrals.engagement.permitting import Shown

# The oldest moment that a ZIP can hold: the same pack is the same file, whenever it is made.
_WHEN: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Pack:
    """One entry as it may be shared for one use, a code of permission_uses."""

    use: str
    title: str
    words: str
    link: str
    pieces: tuple[Shown, ...]

    @property
    def quotes(self) -> list[Shown]:
        """The quotes in it."""
        return [one for one in self.pieces if one.kind == QUOTE]

    @property
    def pictures(self) -> list[Shown]:
        """The pictures in it."""
        return [one for one in self.pieces if one.kind == PICTURE]

    @property
    def until(self) -> date | None:
        """The last day on which all of it may be used; None where nothing in it is of anybody."""
        return min((one.until for one in self.pieces), default=None)


def pack_of(found: Publicity, use: str, shown: Sequence[Shown]) -> Pack:
    """The pack of an entry, of what a query has found may be shown for that use."""
    return Pack(use, found.title or "", found.words or "", found.link or "", tuple(shown))


def said(quote: Shown) -> str:
    """A quote with whose it is, ready to be copied."""
    return f"“{quote.words}”\n{quote.whose}"


def described(picture: Shown) -> str:
    """A picture in words: what it shows, which is also what to read out for it, whose it is, and where it is kept."""
    lines = [picture.words, f"Picture: {picture.whose}", picture.link]
    return "\n".join(line for line in lines if line)


def as_zip(pack: Pack, made_on: date) -> bytes:
    """The pack as a file of plain texts, each only where there is something to put into it."""
    texts = {
        "text.txt": "\n\n".join(part for part in (pack.title, pack.words, pack.link) if part),
        "quotes.txt": "\n\n".join(map(said, pack.quotes)),
        "pictures.txt": "\n\n".join(map(described, pack.pictures)),
        "permission.txt": _terms(pack, made_on),
    }
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        for name, text in texts.items():
            if text:
                # Windows' own editor shows a text without the mark as something else.
                packed.writestr(ZipInfo(name, _WHEN), f"{text}\n".encode("utf-8-sig"), ZIP_DEFLATED)
    return file.getvalue()


def _terms(pack: Pack, made_on: date) -> str:
    use = lists.label("permission_uses", pack.use)
    lines = [f"Made on {made_on.isoformat()} for: {use}."]
    lines += [f"{one.whose}: may be used for this until {one.until.isoformat()}." for one in pack.pieces]
    if pack.pieces:
        lines.append("For anything else, and after that day, ask again. Whoever takes permission back is to be heeded.")
    return "\n".join(lines)
