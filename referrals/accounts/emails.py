"""Email addresses as names to sign in with: one spelling of each."""

import unicodedata


def normal_email(text: str) -> str:
    """The address in the one form it is stored and looked up in: NFKC, lower case, no space around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()
