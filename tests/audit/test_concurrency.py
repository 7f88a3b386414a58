"""Eight writers at once make no forks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.audit.verify import verify_books
from referrals.foundation.database import db, transaction
from tests.people import CASEWORKER, HAMMERSMITH, MANAGER

WRITERS = 8
EACH = 12


def write(app: Flask, start: Barrier, viewer: Viewer) -> None:
    """Record events one after another, each in a transaction; every third is undone."""
    with app.app_context():
        start.wait()
        for number in range(EACH):
            with transaction() as session:
                record("report.read", by=viewer, subject=("report", None), facts={"n": number})
                if number % 3 == 2:
                    session.rollback()


def test_eight_writers_make_one_chain_with_dense_numbers(app: Flask) -> None:
    # None of them finds a book: they also race to make it.
    start = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        viewers = [(CASEWORKER if number % 2 else MANAGER).viewer for number in range(WRITERS)]
        for done in [pool.submit(write, app, start, viewer) for viewer in viewers]:
            done.result()
    kept = WRITERS * EACH * 2 // 3
    numbers = db.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)).all()
    assert list(numbers) == list(range(1, kept + 1))
    (report,) = verify_books(db.session(), organisation_id=HAMMERSMITH.id)
    assert (report.entries, report.fault) == (kept, None)
