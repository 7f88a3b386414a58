"""The bodies that an office asked, once another office has the case: who waits, who may ask, and who reads of it."""

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, queries
from referrals.casework.models import Enquiry, Referral
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotFound
from tests.casework import cases, enquiries, transfers
from tests.people import CASEWORKER, OTHER_CASEWORKER


@pytest.fixture
def referral(app: Flask) -> Referral:
    """An accepted referral of which a body was asked."""
    with transaction():
        lists.load_lists()
    referral = cases.make_referral("accepted")
    with transaction():
        enquiries.send(referral, agency_reference="JX 44")
    return referral


def test_the_bodies_answer_no_office_any_more(referral: Referral) -> None:
    transfers.accept(transfers.offer(referral))
    asked = db.session.scalars(select(Enquiry)).one()
    assert (asked.result, asked.chase_on, referral.waiting_on) == ("withdrawn", None, "office")
    (line,) = queries.enquiries_of(referral, OTHER_CASEWORKER.viewer)
    assert (line.own, line.draft, line.may_be_answered) == (False, None, False)
    with pytest.raises(NotFound):
        queries.enquiry(referral, asked.id, OTHER_CASEWORKER.viewer)
    assert queries.search(OTHER_CASEWORKER.viewer, "JX 44").hits == []


def test_the_new_office_asks_for_leave_to_ask_one_anew(referral: Referral) -> None:
    transfers.accept(transfers.offer(referral))
    with pytest.raises(Invalid) as refused, transaction():
        enquiries.send(referral, by=OTHER_CASEWORKER, agreed=False)
    assert set(refused.value.errors) == {"consent"}
    with transaction():
        enquiries.send(referral, by=OTHER_CASEWORKER)
    assert [line.own for line in queries.enquiries_of(referral, OTHER_CASEWORKER.viewer)] == [True, False]


@pytest.mark.parametrize(("scope", "read"), [("full", enquiries.ASKED), ("outcome", None)])
def test_it_reads_of_them_what_the_group_may(referral: Referral, scope: str, read: str | None) -> None:
    with transaction():
        told = {"kind": "office_to_group", "given_by": "resident", "method": "by_phone", "given_on": today()}
        actions.record_consent(referral, actions.Agreement(**told, scope=scope), by=CASEWORKER.viewer)
    transfers.accept(transfers.offer(referral))
    (line,) = queries.enquiries_of(referral, OTHER_CASEWORKER.viewer)
    assert (line.agency, line.asked) == (enquiries.body().name, read)
