"""`flask search reindex`: what an older version indexed is found as what is sent today, also after a stop half-way."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from referrals.audit.models import AuditEntry
from referrals.casework import queries
from referrals.casework.actions import reindexing
from referrals.casework.models import MatchToken, Referral, SearchToken
from referrals.foundation.database import db, transaction
from referrals.foundation.sealing import indexer
from tests.casework import cases
from tests.people import CASEWORKER, HAMMERSMITH, VOLUNTEER, WHITE_CITY

TYPED = "quilfether"


def run(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["search", "reindex"])
    assert result.exit_code == 0, result.output
    return str(result.output)


def found() -> int:
    return len(queries.search(CASEWORKER.viewer, TYPED).hits)


def versions_now() -> dict[object, int]:
    return {row.id: row.version for row in db.session.execute(select(Referral.id, Referral.version))}


def indexed_long_ago() -> None:
    """Take away what the index did not know once."""
    with transaction():
        connection = db.session.connection()
        for place in (HAMMERSMITH, WHITE_CITY):
            sounds = indexer().tokens_for_sound(place.id, cases.NAME)
            connection.execute(delete(SearchToken).where(SearchToken.token.in_(sounds)))
        connection.execute(delete(MatchToken))
        connection.execute(update(Referral.__table__).values(index_version=None))


def test_what_was_indexed_long_ago_is_found_again(app: Flask) -> None:
    for _ in range(3):
        cases.make_referral("accepted")
    versions = versions_now()
    indexed_long_ago()
    assert found() == 0
    assert "3 referrals indexed anew" in run(app)
    assert found() == 3
    # Nobody changed a referral: no form that is open meanwhile grows stale.
    assert versions_now() == versions
    events = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "index.rewritten")).all()
    assert [event.facts["rows"] for event in events] == [3]
    assert "0 referrals indexed anew" in run(app)


def test_a_run_that_was_stopped_goes_on_where_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        cases.make_referral("accepted")
    indexed_long_ago()
    with transaction():
        assert len(reindexing.reindex_batch(limit=2)) == 2
    assert found() == 2
    assert "1 referrals indexed anew" in run(app)
    assert found() == 3


def test_what_nobody_may_find_stays_out_of_the_index(app: Flask) -> None:
    cases.make_draft()
    cases.make_referral("entered_in_error")
    declined = cases.make_referral("declined")
    with transaction():
        connection = db.session.connection()
        # Declined so long ago that the office reads no word of it any more.
        connection.execute(
            update(Referral.__table__)
            .where(Referral.id == declined.id)
            .values(ended_at=declined.ended_at - cases.timedelta(days=40))  # type: ignore[operator]
        )
    indexed_long_ago()
    db.session.expire_all()
    run(app)
    owners = select(SearchToken.referral_id, SearchToken.organisation_id).distinct()
    assert {tuple(row) for row in db.session.execute(owners)} == {(declined.id, WHITE_CITY.id)}
    assert found() == 0
    assert len(queries.search(VOLUNTEER.viewer, TYPED).hits) == 1
