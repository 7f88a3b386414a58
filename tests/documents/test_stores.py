"""The stores: what was put is got back, whole or not at all, and both kinds behave alike."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from referrals.documents.stores import Away, BucketStore, FolderStore, Missing, Store, s3_store
from referrals.foundation.ids import new_id


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of either kind."""
    return FolderStore(tmp_path / "new" / "documents") if request.param == "folder" else BucketStore(MemoryStore())


def test_what_is_put_is_got_back_and_deleted(store: Store) -> None:
    first, second = new_id(), new_id()
    assert list(store.all()) == []
    store.put(first, b"one")
    store.put(second, b"\0" * 100_000)
    assert (store.get(first), len(store.get(second))) == (b"one", 100_000)
    found = list(store.all())
    assert {one.id for one in found} == {first, second}
    assert all(abs(datetime.now(UTC) - one.written_at) < timedelta(minutes=1) for one in found)
    store.delete(first)
    store.delete(first)
    with pytest.raises(Missing):
        store.get(first)
    assert [one.id for one in store.all()] == [second]


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    content_id = new_id()
    FolderStore(folder).put(content_id, b"x")
    assert [path.name for path in folder.iterdir()] == [str(content_id)]
    assert (folder.stat().st_mode & 0o777, (folder / str(content_id)).stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_disk_that_takes_nothing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path / "documents")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(Away):
            store.put(new_id(), b"x")
    assert list((tmp_path / "documents").iterdir()) == []


def test_what_a_crash_left_half_written_is_cleared_away_after_a_day(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    (tmp_path / f"{new_id()}.abcd.draft").write_bytes(b"new")
    old = tmp_path / f"{new_id()}.abcd.draft"
    old.write_bytes(b"old")
    past = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(old, (past, past))
    (tmp_path / "somebody else's.txt").write_bytes(b"x")
    assert list(store.all()) == []
    assert [old.exists(), len(list(tmp_path.iterdir()))] == [False, 2]


def test_a_bucket_that_cannot_be_reached_is_away() -> None:
    store = s3_store("bucket", {"endpoint": "http://127.0.0.1:1", "access_key_id": "a", "secret_access_key": "b"})
    for attempt in (lambda: store.put(new_id(), b"x"), lambda: store.get(new_id()), lambda: list(store.all())):
        with pytest.raises(Away):
            attempt()
