"""Where sealed contents lie: a folder of this machine, or a bucket of an S3 service; named by ids and nothing else."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import UUID

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

# Ends the name of a file that is being written.
DRAFT: Final = ".draft"


class Missing(Exception):
    """There is no content under that id."""


class Away(Exception):
    """The store does not answer, or takes nothing; what it says is for the log of the store itself."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One content that lies in the store."""

    id: UUID
    written_at: datetime


class Store(Protocol):
    """What a store can do. Each raises Away when it cannot be reached."""

    def put(self, content_id: UUID, sealed: bytes) -> None:
        """Keep it; when this returns it is safe from a power cut."""

    def get(self, content_id: UUID) -> bytes:
        """What was kept under the id. Raises Missing."""

    def delete(self, content_id: UUID) -> None:
        """Forget it; nothing happens when there is none."""

    def all(self) -> Iterator[Stored]:
        """Everything that lies there, in no particular order."""


class FolderStore:
    """A folder that only the service's own user can open. Files are written under another name, synced and renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content_id: UUID, sealed: bytes) -> None:
        """Keep it, whole or not at all."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.folder / f"{content_id}.{secrets.token_hex(4)}{DRAFT}"
            try:
                with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                draft.rename(self.folder / str(content_id))
            finally:
                draft.unlink(missing_ok=True)
            self._sync()
        except OSError as fault:
            raise Away from fault

    def get(self, content_id: UUID) -> bytes:
        """What was kept under the id."""
        try:
            return (self.folder / str(content_id)).read_bytes()
        except FileNotFoundError:
            raise Missing from None
        except OSError as fault:
            raise Away from fault

    def delete(self, content_id: UUID) -> None:
        """Forget it."""
        try:
            (self.folder / str(content_id)).unlink(missing_ok=True)
        except OSError as fault:
            raise Away from fault

    def all(self) -> Iterator[Stored]:
        """Everything there; what a crash left half written is cleared away after a day."""
        if not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            written_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            content_id = as_id(file.name.split(".")[0])
            if file.name.endswith(DRAFT):
                if (datetime.now(UTC) - written_at).days >= 1:
                    file.unlink(missing_ok=True)
            elif content_id is not None:
                yield Stored(content_id, written_at)

    def _sync(self) -> None:
        # The new name itself, where a folder can be synced at all (not on Windows).
        if hasattr(os, "O_DIRECTORY"):
            handle = os.open(self.folder, os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


class BucketStore:
    """A bucket, by way of any store of obstore's: S3 and what speaks like it."""

    def __init__(self, bucket: Any) -> None:
        self.bucket = bucket

    def put(self, content_id: UUID, sealed: bytes) -> None:
        """Keep it; the service answers when it is safe."""
        try:
            obstore.put(self.bucket, str(content_id), sealed)
        except (BaseError, OSError) as fault:
            raise Away from fault

    def get(self, content_id: UUID) -> bytes:
        """What was kept under the id."""
        try:
            return bytes(obstore.get(self.bucket, str(content_id)).bytes())
        except (NotFoundError, FileNotFoundError):
            raise Missing from None
        except (BaseError, OSError) as fault:
            raise Away from fault

    def delete(self, content_id: UUID) -> None:
        """Forget it."""
        try:
            obstore.delete(self.bucket, str(content_id))
        except (NotFoundError, FileNotFoundError):
            pass
        except (BaseError, OSError) as fault:
            raise Away from fault

    def all(self) -> Iterator[Stored]:
        """Everything there."""
        try:
            for batch in obstore.list(self.bucket):
                for entry in batch:
                    content_id = as_id(str(entry["path"]))
                    if content_id is not None:
                        yield Stored(content_id, entry["last_modified"])
        except (BaseError, OSError) as fault:
            raise Away from fault


def s3_store(bucket: str, options: Mapping[str, str]) -> BucketStore:
    """A bucket of an S3 service; what is not in `options` comes from the machine's own S3 settings, if it has any."""
    # Plain http is for a service on this machine or the same closed network; its address says so.
    plain = options.get("endpoint", "").startswith("http://")
    client: Any = {"timeout": "30s", "connect_timeout": "5s", "allow_http": plain}
    config: Any = dict(options)
    return BucketStore(S3Store(bucket, config=config, client_options=client, retry_config={"max_retries": 2}))


def as_id(name: str) -> UUID | None:
    """The id that a name is, or None for a name that is not one of ours."""
    try:
        return UUID(name)
    except ValueError:
        return None


_store: Store | None = None


def configure(new: Store) -> None:
    """Give the process its store; later calls replace it."""
    global _store  # noqa: PLW0603 - one store per process, set once at start
    _store = new


def store() -> Store:
    """The store of this process."""
    if _store is None:
        raise RuntimeError("The store of documents is not configured.")
    return _store
