"""Why a file is not taken: a code for each reason, and for people what happened and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Why(StrEnum):
    """The reasons, as codes."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    OLD_WORD = "old_word"
    APPLE_PICTURE = "apple_picture"
    PROGRAM = "program"
    DAMAGED = "damaged"
    LOCKED = "locked"
    EXPANDS = "expands"
    TOO_MANY_PIXELS = "too_many_pixels"
    MACRO = "macro"
    FETCHES = "fetches"
    NOT_SAFE = "not_safe"
    TOO_SLOW = "too_slow"
    HARMFUL = "harmful"
    TOO_MANY = "too_many"
    NOT_STORED = "not_stored"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a file that was not taken."""

    # Follows the name of the file: "letter.pdf is locked with a password."
    what: str
    do: str


AGAIN_AS_PDF: Final = "Print or save it as a new PDF, and add that."
WORDS: Final[dict[Why, Words]] = {
    Why.EMPTY: Words("is empty", "Choose the file again."),
    Why.TOO_LARGE: Words("is larger than 10 MB", "Add fewer pages at a time, or photograph them at a lower quality."),
    Why.OTHER_KIND: Words("is not a PDF, a JPEG or PNG picture, or a Word document", AGAIN_AS_PDF),
    Why.OLD_WORD: Words("is in an old Office format", "Save it as .docx or as a PDF, and add that."),
    Why.APPLE_PICTURE: Words(
        "is a HEIC picture, which many computers cannot open",
        "On an iPhone, choose it from your photos here and it is converted. Or save it as a JPEG.",
    ),
    Why.PROGRAM: Words("is a program and not a document", "Add the document itself."),
    Why.DAMAGED: Words("cannot be read. It may be damaged", "Open it on your device, save it again, and add that."),
    Why.LOCKED: Words("is locked with a password", "Save a copy without the password, and add that."),
    Why.EXPANDS: Words("unpacks to far more than a document of its size would", AGAIN_AS_PDF),
    Why.TOO_MANY_PIXELS: Words("has more than 80 million pixels", "Save it smaller, and add it again."),
    Why.MACRO: Words("holds a macro or another file inside it", "Save it as a PDF, and add that."),
    Why.FETCHES: Words("takes in parts of itself from somewhere else", "Save it as a PDF, and add that."),
    Why.NOT_SAFE: Words("holds something that could not be taken out safely", AGAIN_AS_PDF),
    Why.TOO_SLOW: Words("took too long to check", AGAIN_AS_PDF),
    Why.HARMFUL: Words(
        "was found to be harmful by the virus scanner", "Do not open it. Ask whoever sent it for another copy."
    ),
    Why.TOO_MANY: Words(
        "was not kept: your side can keep ten documents on a referral",
        "Remove one that is no longer needed, and add it again.",
    ),
    Why.NOT_STORED: Words("could not be stored just now", "Nothing else was lost. Add it again in a few minutes."),
}


class Refused(Exception):
    """A file that is not taken, and why. Nothing about its content goes along."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)

    @property
    def words(self) -> Words:
        """The reason for people."""
        return WORDS[self.why]
