"""Writing a draft: what is kept where, who may write it, what a change of one answer does to others."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.audit.models import AuditEntry
from referrals.casework.actions.drafting import (
    Draft,
    check_before_sending,
    discard_draft,
    find_draft,
    read_page,
    save_page,
    start_draft,
)
from referrals.casework.answering import fingerprint
from referrals.casework.models import Consent, Referral, Resident, SearchToken
from referrals.directory.lists import load_lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.foundation.sealing import indexer
from tests import people
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PERSON = {"name": "Arthur Pemberton", "postcode": "w127qt", "no_postcode": False, "address": "1 Example Road"}
CONSENT = {"agreed": "in_person", "covers_health": True}

PAGES: dict[str, dict[str, Any]] = {
    "issue": {"issue_type": "disability_benefit"},
    "story": {"story": "He lost a leg.\n\nNobody answers.", "summary": "Nine months without a decision"},
    "hopes": {"wanted": "A decision", "tried": "Rang four times"},
    "waiting": {"waiting_since": date(2026, 1, 1), "key_date": date(2026, 12, 1), "key_date_note": "Rent is due"},
    "urgency": {"urgency": "urgent", "urgency_note": "Eviction", "urgent_by": date(2026, 11, 20)},
    "background": {"agency_reference": "PIP 12", "helpers": "His sister", "plan_priority": True},
    "person": PERSON,
    "office": {},
    "contact": {"phone": "07700 900123", "message_ok": True, "times": "Mornings"},
    "needs": {"needs": ["large_print"], "household": "Lives alone"},
    "consent": CONSENT,
    "feedback": {"scope": "outcome"},
}


@pytest.fixture
def draft(app: Flask) -> Draft:
    with transaction():
        load_lists()
        referral = start_draft(by=VOLUNTEER.viewer)
    return find_draft(referral.id, by=VOLUNTEER.viewer)


def save(draft: Draft, code: str, by: Viewer = VOLUNTEER.viewer, **given: Any) -> Draft:
    with transaction():
        found = find_draft(draft.referral.id, by=by, to_change=True)
        save_page(found, code, PAGES.get(code, {}) | given, by=by)
    db.session.expire_all()
    return find_draft(draft.referral.id, by=by)


def finished(draft: Draft) -> Draft:
    with clock_at(NOW):
        for code in PAGES:
            draft = save(draft, code)
    return draft


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_draft_keeps_what_each_page_was_told(draft: Draft) -> None:
    draft = finished(draft)
    assert draft.missing() == {}
    for code, given in PAGES.items():
        stored = draft.answers(code)
        assert {name: stored[name] for name in given if name != "postcode"} == {
            name: value for name, value in given.items() if name != "postcode"
        }
    assert draft.referral.category == "welfare"
    assert draft.referral.resident is not None
    assert draft.referral.resident.postcode == "W12 7QT"
    assert draft.referral.office_id == people.HAMMERSMITH.id
    assert draft.referral.routing == "by_postcode"


def test_an_empty_draft_lacks_every_needed_answer(draft: Draft) -> None:
    assert {"story", "summary", "wanted", "urgency", "name", "postcode", "office", "phone", "agreed", "scope"} <= set(
        draft.missing()
    )


def test_each_saved_page_leaves_one_event_and_the_same_page_again_none(draft: Draft) -> None:
    save(draft, "hopes")
    save(draft, "hopes")
    assert actions() == ["referral.drafted", "referral.draft_saved"]


def test_reading_a_page_that_holds_something_leaves_its_event(draft: Draft) -> None:
    save(draft, "hopes")
    with transaction():
        assert read_page(draft, "story", by=VOLUNTEER.viewer) == {"story": None, "summary": None}
        assert read_page(draft, "hopes", by=VOLUNTEER.viewer)["wanted"] == "A decision"
    assert actions()[2:] == ["referral.draft_read"]


@pytest.mark.parametrize("someone", [SECOND_VOLUNTEER, OTHER_VOLUNTEER, OTHER_LEAD], ids=lambda one: one.name)
def test_a_draft_of_somebody_else_does_not_exist(draft: Draft, someone: people.Someone) -> None:
    with pytest.raises(NotFound):
        find_draft(draft.referral.id, by=someone.viewer)


def test_the_lead_finds_the_drafts_of_the_group(draft: Draft) -> None:
    assert find_draft(draft.referral.id, by=LEAD.viewer).referral.id == draft.referral.id


def test_an_office_neither_starts_nor_finds_drafts(draft: Draft) -> None:
    with pytest.raises(NotAllowed):
        start_draft(by=CASEWORKER.viewer)
    with pytest.raises(NotAllowed):
        find_draft(draft.referral.id, by=CASEWORKER.viewer)


def test_a_discarded_draft_is_gone_with_everything_in_it(draft: Draft) -> None:
    draft = finished(draft)
    with transaction():
        discard_draft(find_draft(draft.referral.id, by=VOLUNTEER.viewer, to_change=True), by=VOLUNTEER.viewer)
    for model in (Referral, Resident, Consent):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert actions()[-1] == "referral.draft_discarded"
    with pytest.raises(NotFound):
        find_draft(draft.referral.id, by=VOLUNTEER.viewer)


def test_a_sent_referral_is_neither_changed_nor_discarded(draft: Draft) -> None:
    draft.referral.state = "submitted"
    with pytest.raises(IllegalMove):
        save_page(draft, "hopes", PAGES["hopes"], by=VOLUNTEER.viewer)
    with pytest.raises(IllegalMove):
        discard_draft(draft, by=VOLUNTEER.viewer)
    db.session.rollback()


def test_who_saves_over_a_page_changed_meanwhile_is_told(draft: Draft) -> None:
    seen = fingerprint(draft.answers("hopes"))
    draft = save(draft, "hopes", by=LEAD.viewer)
    with pytest.raises(Stale), transaction():
        save_page(draft, "hopes", {"wanted": "Something else"}, by=VOLUNTEER.viewer, seen=seen)
    # The same answers sent twice are no conflict.
    save_page(draft, "hopes", PAGES["hopes"], by=VOLUNTEER.viewer, seen=seen)


@pytest.mark.parametrize(
    ("code", "given", "wrong"),
    [
        ("issue", {"issue_type": "no such"}, "issue_type"),
        ("story", {"summary": "x" * 121}, "summary"),
        ("story", {"story": " "}, "story"),
        ("waiting", {"waiting_since": date(2300, 1, 1)}, "waiting_since"),
        ("waiting", {"key_date": None}, "key_date"),
        ("urgency", {"urgent_by": date(2020, 1, 1)}, "urgent_by"),
        ("person", {"postcode": "nonsense"}, "postcode"),
        ("person", {"no_postcode": True}, "postcode"),
        ("office", {"office": str(uuid4())}, "office"),
        ("contact", {"phone": None}, "phone"),
        ("consent", {"agreed": "none"}, "ground"),
        ("consent", {"agreed": "none", "ground": "own_request"}, "ground"),
        ("consent", {"given_by": "nobody"}, "given_by"),
        ("feedback", {"scope": "gossip"}, "scope"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_kept(
    draft: Draft, code: str, given: dict[str, Any], wrong: str
) -> None:
    with clock_at(NOW), pytest.raises(Invalid) as refused:
        save(draft, code, **given)
    assert wrong in refused.value.errors
    assert actions() == ["referral.drafted"]


def test_an_unfinished_page_can_be_kept_for_later(draft: Draft) -> None:
    with transaction():
        found = find_draft(draft.referral.id, by=VOLUNTEER.viewer, to_change=True)
        save_page(found, "story", {"story": "Half of it"}, by=VOLUNTEER.viewer, partly=True)
    assert draft.answers("story") == {"story": "Half of it", "summary": None}
    assert "summary" in draft.missing()


def test_another_postcode_leads_elsewhere_and_the_agreement_must_be_asked_again(draft: Draft) -> None:
    draft = save(finished(draft), "person", postcode=people.WORMHOLT_POSTCODE)
    assert draft.referral.office_id == people.EALING.id
    assert set(draft.missing()) == {"agreed"}
    assert "agreed" not in save(draft, "consent").missing()


def test_a_postcode_whose_mp_does_not_use_the_service_leads_nowhere(draft: Draft) -> None:
    draft = save(finished(draft), "person", postcode=people.LONELY_POSTCODE)
    assert draft.referral.office_id is None
    assert draft.referral.constituency_id == people.id_of("E14001500")
    assert "office" in draft.missing()


def test_an_office_chosen_by_hand_needs_a_reason(draft: Draft) -> None:
    draft = save(draft, "person", postcode=None, no_postcode=True)
    with pytest.raises(Invalid) as refused:
        save(draft, "office", office=str(people.EALING.id))
    assert set(refused.value.errors) == {"routing"}
    draft = save(draft, "office", office=str(people.EALING.id), routing="no_fixed_address", routing_note="Sofas")
    assert draft.referral.office_id == people.EALING.id
    assert draft.answers("office") == {
        "office": people.EALING.id,
        "routing": "no_fixed_address",
        "routing_note": "Sofas",
    }
    assert "office" not in draft.missing()


def test_an_office_chosen_by_hand_can_be_given_back_to_the_postcode(draft: Draft) -> None:
    draft = save(draft, "person")
    draft = save(draft, "office", office=str(people.EALING.id), routing="moved_recently")
    draft = save(draft, "office", office=None, routing=None)
    assert (draft.referral.office_id, draft.referral.routing) == (people.HAMMERSMITH.id, "by_postcode")


def test_what_was_urgent_is_forgotten_when_it_no_longer_is(draft: Draft) -> None:
    with clock_at(NOW):
        draft = save(save(draft, "urgency"), "urgency", urgency="routine")
    assert (draft.referral.urgency_note, draft.referral.urgent_by) == (None, None)


def test_without_the_residents_request_the_office_tells_the_group_nothing(draft: Draft) -> None:
    draft = save(finished(draft), "consent", agreed="none", ground="cannot_be_given")
    assert [consent.kind for consent in draft.consents] == ["group_to_office"]
    assert draft.consents[0].given_by == "nobody"
    assert draft.consents[0].approved_at is None
    assert "feedback" not in [page.code for page in draft.pages()]
    assert draft.missing() == {}


def other_referral(name: str, postcode: str, group: people.Place = people.WHITE_CITY) -> None:
    """A sent referral with its words in the group's index."""
    with transaction():
        writer = VOLUNTEER if group is people.WHITE_CITY else OTHER_VOLUNTEER
        other = start_draft(by=writer.viewer)
        other.submitted_at, other.reference = NOW, f"R-{uuid4().hex[:4]}"
        make = indexer()
        tokens = [*make.tokens_for_name(group.id, name), *make.tokens_for_sound(group.id, name)]
        for token in [*tokens, *make.tokens_for_postcode(group.id, postcode)]:
            row = {"organisation_id": group.id, "token": token, "referral_id": other.id}
            db.session.add(SearchToken(**row))


def test_without_another_of_that_name_the_page_about_duplicates_is_not_asked(draft: Draft) -> None:
    other_referral("Arthur Pembroke", "W12 7QT")
    other_referral("Alice Pemberton", "W12 7QT")
    other_referral("Arthur Pemberton", "W12 7QT", people.THURCROFT)
    draft = save(draft, "person")
    assert draft.referral.duplicates_checked == "none_found"
    assert "duplicates" not in [page.code for page in draft.pages()]


@pytest.mark.parametrize(
    ("name", "postcode"),
    [("Arthur PEMBERTON", "W12 7QT"), ("Arthur Pemberton", "W12 0PT"), ("Arther Pemburton", "W12 7QT")],
)
def test_a_referral_of_the_same_person_has_to_be_seen_before_sending(draft: Draft, name: str, postcode: str) -> None:
    other_referral(name, postcode)
    draft = finished(draft)
    assert set(draft.missing()) == {"different"}
    assert save(draft, "duplicates", different=True).missing() == {}


def test_one_sent_meanwhile_is_found_just_before_sending(draft: Draft) -> None:
    draft = finished(draft)
    other_referral("Arthur Pemberton", "W12 7QT")
    with transaction():
        assert check_before_sending(find_draft(draft.referral.id, by=VOLUNTEER.viewer), by=VOLUNTEER.viewer)
    assert set(draft.missing()) == {"different"}
