"""Serves styles, scripts and icons from memory under /assets, each address carrying the digest of all of them."""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).parent.parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
# One stylesheet for the reader, several files for the writer: the design system first, then ours over it.
STYLES = ("vendor/govuk.css", "vendor/moj.css", "styles/*.css")
A_YEAR = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"
PREFIX = "/assets/"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its bytes, the same compressed when that pays, its media type."""

    content: bytes
    compressed: bytes | None
    media_type: str


def make_asset(content: bytes, suffix: str) -> Asset:
    """An asset ready to send; text is compressed once, here (it holds no secrets, so compressing it is safe)."""
    squeezed = gzip.compress(content, 9, mtime=0) if suffix != ".png" else None
    return Asset(content, squeezed, MEDIA_TYPES[suffix])


def read_assets(folder: Path = STATIC) -> dict[str, Asset]:
    """Every file that pages may ask for, by its name under /assets."""
    found = {"app.css": make_asset(join_styles(folder), ".css")}
    for place in ("vendor", "scripts"):
        for path in sorted((folder / place).glob("*.js")):
            found[path.name] = make_asset(path.read_bytes(), ".js")
    for path in sorted((folder / "images").iterdir()):
        if path.suffix in MEDIA_TYPES:
            found[f"images/{path.name}"] = make_asset(path.read_bytes(), path.suffix)
    return found


def join_styles(folder: Path) -> bytes:
    """All style sheets as one, in the order they override each other."""
    return b"\n".join(squeezed(path.read_bytes()) for pattern in STYLES for path in sorted(folder.glob(pattern)))


def squeezed(style: bytes) -> bytes:
    """A style sheet without what only its writer reads: remarks, indents, empty lines, and air around its braces."""
    plain = re.sub(rb"\s*\n\s*", b"\n", re.sub(rb"/\*.*?\*/", b"", style, flags=re.DOTALL)).strip()
    return re.sub(rb"([{};,])\s+", rb"\1", re.sub(rb"\s+\{", b"{", plain))


def digest_of(assets: Mapping[str, Asset]) -> str:
    """A short name for exactly these files: it changes whenever one of them does."""
    total = hashlib.sha256()
    for name in sorted(assets):
        total.update(name.encode() + b"\0" + hashlib.sha256(assets[name].content).digest())
    return total.hexdigest()[:12]


class Assets:
    """The files in memory, the function that names them, and the layer that answers for them."""

    def __init__(self, headers: Callable[[], Mapping[str, str]], folder: Path = STATIC) -> None:
        """`headers` gives the security headers every answer carries."""
        self._files = read_assets(folder)
        self._digest = digest_of(self._files)
        self._headers = headers

    def url(self, name: str) -> str:
        """The address of one file, such as 'app.css'; KeyError for a file that is not there."""
        if name not in self._files:
            raise KeyError(name)
        return f"{PREFIX}{self._digest}/{name}"

    def around(self, application: "WSGIApplication") -> "WSGIApplication":
        """The application with /assets answered before it: no session is read, no cookie set."""

        def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            path: str = environ.get("PATH_INFO", "")
            response = None
            if path.startswith(PREFIX) or path == "/favicon.ico":
                response = self._response(path, Request(environ))
            return (response or application)(environ, start_response)

        return answer

    def _response(self, path: str, request: Request) -> Response | None:
        """The file asked for, or nothing when the application should say what is wrong."""
        digest, _, rest = path.removeprefix(PREFIX).partition("/")
        name = "images/icon-48.png" if path == "/favicon.ico" else path.removeprefix(PREFIX)
        fresh = digest == self._digest
        asset = self._files.get(rest if fresh or name not in self._files else name)
        if asset is None or request.method not in {"GET", "HEAD"}:
            return None
        squeeze = asset.compressed is not None and request.accept_encodings.quality("gzip") > 0
        body = asset.compressed if squeeze and asset.compressed else asset.content
        response = Response(body, content_type=asset.media_type)
        response.headers.update(self._headers())
        response.headers["Cache-Control"] = A_YEAR if fresh else A_MINUTE
        if asset.compressed:
            response.headers["Vary"] = "Accept-Encoding"
        if squeeze:
            response.headers["Content-Encoding"] = "gzip"
        response.set_etag(f"{self._digest}{'-gzip' if squeeze else ''}")
        if not is_resource_modified(request.environ, etag=response.get_etag()[0]):
            response.status_code = 304
            response.set_data(b"")
        return response
