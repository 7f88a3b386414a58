"""The process that opens one file: it knows no secrets, has little memory and time, and can write no files."""

import json
import sys
from types import ModuleType

from referrals.documents.cleaning import pdfs, pictures, word
from referrals.documents.cleaning.kinds import MEGABYTE, Cleaned, Kind, kind_of
from referrals.documents.cleaning.refusals import Refused, Why

try:
    import resource as _resource
except ImportError:  # pragma: no cover - Windows has other means, and the caller's clock
    _resource = None  # type: ignore[assignment]

RESOURCE: ModuleType | None = _resource
MEMORY = 2048 * MEGABYTE
SECONDS = 30


def clean(content: bytes) -> Cleaned:
    """A file made safe. Raises Refused."""
    kind = kind_of(content)
    if kind is Kind.PDF:
        return pdfs.clean(content)
    if kind is Kind.DOCX:
        return word.clean(content)
    return pictures.clean(content, kind)


def bind() -> None:
    """Take from this process what it does not need; what a file makes it ask beyond that ends it."""
    if RESOURCE is None:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        number = getattr(RESOURCE, name, None)
        if number is not None:
            RESOURCE.setrlimit(number, (most, most))


def main() -> None:
    """Read a file from standard input; write one line of JSON, and the file made safe after it."""
    bind()
    try:
        made = clean(sys.stdin.buffer.read())
        line, content = {"kind": made.kind.value}, made.content
    except Refused as refused:
        line, content = {"refused": refused.why.value}, b""
    except (MemoryError, RecursionError):
        line, content = {"refused": Why.EXPANDS.value}, b""
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
