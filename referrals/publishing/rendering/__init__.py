"""An impact report as it is read: one sheet of plain texts and numbers, made into a page, a PDF and a Word document."""

from referrals.publishing.rendering.edition import MEDIA_TYPES, Edition, Form, edition, file_name
from referrals.publishing.rendering.sheet import sheet_of

__all__ = ["MEDIA_TYPES", "Edition", "Form", "edition", "file_name", "sheet_of"]
