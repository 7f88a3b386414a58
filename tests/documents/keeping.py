"""A store of documents of a test's own, and adding to a referral without a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from referrals.casework.models import Referral
from referrals.documents import actions, stores
from referrals.foundation.database import db, transaction
from tests import people
from tests.documents import files


@contextmanager
def own_store(folder: Path) -> Iterator[None]:
    """Documents lie in this folder for the length of the block."""
    before = stores.store()
    stores.configure(stores.FolderStore(folder))
    try:
        yield
    finally:
        stores.configure(before)


def add_document(
    referral: Referral, *, by: people.Someone = people.CASEWORKER, shared: bool = False, name: str = "a.jpg"
) -> UUID:
    """Add a picture to a referral, and return its id."""
    key, referral_id = referral.seal_key(), referral.id
    assert key
    db.session.rollback()
    ready = actions.prepare(name, files.picture(), key)
    with transaction():
        done = actions.add(db.session.get_one(Referral, referral_id), [ready], shared=shared, by=by.viewer)
    assert done.kept == (ready,)
    return ready.id
