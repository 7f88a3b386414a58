"""Secret files on disk: read only when private, created once by whoever is first, replaced in one step."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from referrals.foundation.sealing.errors import KeyRingError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_private(path: Path) -> bytes:
    """Return the content. Raises `KeyRingError` when the file cannot be read or others can reach it (POSIX)."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read()
    except FileNotFoundError:
        raise KeyRingError(f"There is no key ring file at {path}.") from None
    except OSError as problem:
        raise KeyRingError(f"The key ring file {path} cannot be read: {problem.strerror}.") from problem
    if os.name == "posix" and mode & _OTHERS:
        raise KeyRingError(f"The key ring file {path} can be reached by others. Run: chmod 600 {path}")
    return content


def create_private(path: Path, content: bytes) -> bool:
    """Write the file with mode 0600 unless it exists; say whether this call made it.

    The content is complete under a temporary name before it is linked to `path`, and a link never replaces: of several
    processes exactly one wins, and none ever reads half a file. Missing folders are made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _write_temporary(path, content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as problem:
        raise KeyRingError(
            f"The key ring file {path} cannot be created ({problem.strerror}). Its folder must allow hard links; "
            "otherwise give the key ring in the environment."
        ) from problem
    finally:
        temporary.unlink()
    _sync_folder(path.parent)
    return True


def replace_private(path: Path, content: bytes) -> None:
    """Put `content` in place of the file in one step, with mode 0600, on disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _write_temporary(path, content)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink()
        raise
    _sync_folder(path.parent)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold `<path>.lock` during the block; raises `KeyRingError` when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(path.name + ".lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise KeyRingError(f"The key ring is being changed elsewhere. If that is not so, remove {lock}.") from None
    try:
        yield
    finally:
        lock.unlink()


def _write_temporary(path: Path, content: bytes) -> Path:
    # mkstemp gives mode 0600 whatever the umask, and the same folder keeps the link and the rename on one file system.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
