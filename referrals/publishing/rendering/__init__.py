"""An impact report as it is read: one sheet of plain texts and numbers, made into a page, a PDF and a Word document."""

from referrals.publishing.rendering.edition import MEDIA_TYPES, Edition, Form, edition, file_name, taken_today
from referrals.publishing.rendering.sheet import sheet_of
from referrals.publishing.rendering.told import has_stories, with_words

__all__ = [
    "MEDIA_TYPES",
    "Edition",
    "Form",
    "edition",
    "file_name",
    "has_stories",
    "sheet_of",
    "taken_today",
    "with_words",
]
