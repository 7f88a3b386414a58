"""Giving out a file: always as a download, never shown by us, and powerless wherever it is opened."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from flask import Response

# What was let in is let out under it: no scripts, no forms, nothing fetched, no origin of ours.
POLICY: Final = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(content: bytes, name: str, media_type: str) -> Response:
    """The answer that a browser saves under `name`, and does not open itself."""
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = attachment(name)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def attachment(name: str) -> str:
    """The header for a name: in plain letters for old programs, and as it is for all others (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._ ()-]+", "_", plain).strip(" .") or "document"
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
