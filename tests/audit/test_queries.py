"""Reading the books: one's own only, newest first."""

import pytest
from flask import Flask

from referrals.audit.actions import record
from referrals.audit.labels import LABELS, label
from referrals.audit.queries import history, recent
from referrals.casework.workflow import TRANSITIONS
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.foundation.ids import new_id
from tests.audit.making import make_events
from tests.people import CASEWORKER, HAMMERSMITH, LEAD, VOLUNTEER, WHITE_CITY

REFERRAL = new_id()


@pytest.fixture(autouse=True)
def events(app: Flask) -> None:
    make_events(1)
    for who, action in ((VOLUNTEER, "referral.submitted"), (CASEWORKER, "referral.read"), (LEAD, "referral.read")):
        with transaction():
            record(action, by=who.viewer, subject=("referral", REFERRAL), facts={"version": 2})


def test_history_is_the_viewers_own_book_newest_first() -> None:
    lines = history(REFERRAL, VOLUNTEER.viewer)
    assert [(line.label, line.actor_id, line.actor_role) for line in lines] == [
        ("Read the referral", LEAD.id, "lead"),
        ("Sent the referral", VOLUNTEER.id, "volunteer"),
    ]
    assert lines[0].facts == {"version": 2}
    assert [line.actor_id for line in history(REFERRAL, CASEWORKER.viewer)] == [CASEWORKER.id]


def test_history_goes_on_from_the_last_line() -> None:
    (newest,) = history(REFERRAL, VOLUNTEER.viewer, limit=1)
    (older,) = history(REFERRAL, VOLUNTEER.viewer, before=newest.number, limit=1)
    assert (newest.action, older.action) == ("referral.read", "referral.submitted")


def test_what_is_recent_in_ones_own_organisation() -> None:
    assert [line.action for line in recent(HAMMERSMITH.id, CASEWORKER.viewer)] == ["referral.read"]
    assert len(recent(WHITE_CITY.id, LEAD.viewer)) == 3


def test_another_organisations_book_is_not_there() -> None:
    with pytest.raises(NotFound):
        recent(HAMMERSMITH.id, LEAD.viewer)


def test_every_transition_has_a_label() -> None:
    missing = {f"referral.{transition.past}" for transition in TRANSITIONS.values()} - set(LABELS)
    assert not missing


def test_an_action_without_a_label_reads_as_words() -> None:
    assert label("thing.taken_apart") == "Thing: taken apart"
