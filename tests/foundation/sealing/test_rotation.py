"""Rotation over a table: every row comes under the current key, in batches, and an erased row stays erased."""

import pytest
from sqlalchemy import LargeBinary, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from referrals.foundation.database import Identified
from referrals.foundation.sealing import KeyHolder, KeyMissing, KeyRing, SealedText, Vault, configure
from referrals.foundation.sealing.rotation import rewrap_batch, stale_key_ids


class Rows(DeclarativeBase):
    pass


class Folder(KeyHolder, Identified, Rows):
    __tablename__ = "folders"
    story_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    story = SealedText("story_sealed")


@pytest.fixture
def old():
    vault = Vault(KeyRing.generate())
    configure(vault)
    return vault


@pytest.fixture
def new(old):
    return Vault(old.keyring.with_new_key())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    on_disk = request.param == "sqlite"
    engine = create_engine(
        f"sqlite:///{tmp_path / 'rows.sqlite'}" if on_disk else request.getfixturevalue("fresh_postgres_url")
    )
    Rows.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def ids(engine, old):
    folders = [Folder(story=f"story {number}") for number in range(7)]
    folders += [Folder(), Folder(story="erased")]
    folders[-1].destroy_key()
    with Session(engine, expire_on_commit=False) as session:
        session.add_all(folders)
        session.commit()
    return [folder.id for folder in folders]


def rotate_once(engine, vault, limit):
    with Session(engine) as session, session.begin():
        return rewrap_batch(session, Folder, vault, limit)


def stories(engine):
    with Session(engine) as session:
        return sorted(folder.story for folder in session.scalars(select(Folder)) if folder.story)


def test_a_rotation_goes_on_in_batches_until_nothing_is_left(engine, ids, old, new):
    assert [rotate_once(engine, new, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    configure(Vault(new.keyring.without_key(old.current_id)))
    assert stories(engine) == [f"story {number}" for number in range(7)]


def test_a_stopped_rotation_loses_nothing_and_goes_on(engine, ids, new):
    rotate_once(engine, new, limit=3)
    with Session(engine) as session:
        rewrap_batch(session, Folder, new, limit=3)
        session.rollback()
    configure(new)
    assert len(stories(engine)) == 7
    assert [rotate_once(engine, new, limit=100) for _ in range(2)] == [4, 0]
    assert len(stories(engine)) == 7


def test_the_stale_keys_are_named_until_they_may_go(engine, ids, old, new):
    with Session(engine) as session:
        assert stale_key_ids(session, Folder, old) == []
        assert stale_key_ids(session, Folder, new) == [old.current_id]
    rotate_once(engine, new, limit=100)
    with Session(engine) as session:
        assert stale_key_ids(session, Folder, new) == []


def test_erased_and_empty_rows_are_left_as_they_are(engine, ids, new):
    rotate_once(engine, new, limit=100)
    with Session(engine) as session:
        empty, erased = (session.get_one(Folder, row_id) for row_id in ids[-2:])
        assert (empty.wrapped_key, empty.wrapping_key_id, empty.erased) == (None, None, False)
        assert (erased.wrapped_key, erased.story, erased.erased) == (None, None, True)


def test_a_row_erased_while_the_batch_was_at_work_stays_erased(engine, ids, new):
    """The erasure lands after the batch read the row and before it wrote: its key must not come back."""
    with Session(engine) as session, session.begin():

        @event.listens_for(engine, "before_cursor_execute")
        def erase_meanwhile(connection, cursor, statement, *_):
            if statement.startswith("UPDATE"):
                cursor.execute("UPDATE folders SET wrapped_key = NULL, wrapping_key_id = 'destroyed'")

        rewrap_batch(session, Folder, new, limit=100)
        event.remove(engine, "before_cursor_execute", erase_meanwhile)
    configure(new)
    assert stories(engine) == []
    with Session(engine) as session:
        assert not session.scalars(select(Folder).where(Folder.wrapped_key.is_not(None))).all()


def test_a_row_under_a_key_the_ring_has_not_stops_it_by_name(engine, ids, old):
    with pytest.raises(KeyMissing, match=old.current_id):
        rotate_once(engine, Vault(KeyRing.generate()), limit=100)
