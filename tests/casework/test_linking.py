"""Links between referrals, what may be the same at triage and while drafting, and what is told across organisations."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.audit.models import AuditBook, AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import MatchToken, Referral, ReferralLink
from referrals.casework.queries.duplicates import possible_duplicates
from referrals.casework.queries.matching import held_elsewhere
from referrals.directory.lists import load_lists
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound
from referrals.foundation.references import new_reference
from tests import people
from tests.casework import cases
from tests.casework.enquiries import body
from tests.casework.test_queue import statements
from tests.people import (
    CASEWORKER,
    EALING,
    LEAD,
    MANAGER,
    OTHER_CASEWORKER,
    OTHER_LEAD,
    OTHER_VOLUNTEER,
    SECOND_VOLUNTEER,
    VOLUNTEER,
)

SOMEWHERE = "W12 0PT"


def sent(by: people.Someone = VOLUNTEER, *, who: Mapping[str, str] | None = None, **changes: Any) -> Referral:
    """A sent referral of a person, some of whose details are different."""
    referral = cases.make_draft(by, **changes)
    with transaction():
        assert referral.resident
        for name, value in (who or {}).items():
            setattr(referral.resident, name, value)
        actions.move(referral, "submit", {}, by=by.viewer, version=referral.version)
    return referral


def reasons(referral: Referral, by: people.Someone = CASEWORKER) -> dict[str | None, tuple[str, ...]]:
    return {one.reference: one.reasons for one in queries.others(referral, by.viewer).possible}


ELSE: dict[str, str] = {"name": "Mabel Threadgold", "postcode": SOMEWHERE, "phone": "07700 900555"}
ALIKE = [
    ({}, ("phone", "name", "place")),
    ({"name": ELSE["name"], "postcode": SOMEWHERE}, ("phone",)),
    ({"phone": ELSE["phone"], "postcode": SOMEWHERE}, ("name",)),
    ({"phone": ELSE["phone"], "postcode": SOMEWHERE, "name": "Albert James Quillfeather"}, ("name",)),
    ({"phone": ELSE["phone"], "name": "Albert Quilfether"}, ("name_and_place",)),
    # The same street, with the same trouble that is open.
    ({"phone": ELSE["phone"], "name": ELSE["name"]}, ("place",)),
]


@pytest.mark.parametrize(("who", "expected"), ALIKE, ids=[" ".join(expected) for _, expected in ALIKE])
def test_the_office_sees_at_triage_what_may_be_the_same_and_why(
    app: Flask, who: dict[str, str], expected: tuple[str, ...]
) -> None:
    first, second = sent(who=who), sent()
    assert reasons(second) == {first.reference: expected}
    assert reasons(first) == {second.reference: expected}


def test_an_agency_reference_in_common_is_seen(app: Flask) -> None:
    first = sent(who=ELSE, agency_reference="HB/2024/00123")
    second = sent(agency_reference="hb 2024 00123")
    assert reasons(second) == {first.reference: ("case",)}


DIFFERENT = [
    ELSE,
    ELSE | {"name": "Albertina Quillfeather"},
    ELSE | {"name": "Albert"},
    ELSE | {"name": "Albert Quilfether"},
]


@pytest.mark.parametrize("who", DIFFERENT, ids=[who["name"] for who in DIFFERENT])
def test_others_are_not_taken_for_the_same(app: Flask, who: dict[str, str]) -> None:
    sent(who=who)
    assert reasons(sent()) == {}


def test_a_street_alone_says_nothing(app: Flask) -> None:
    who = {"phone": ELSE["phone"], "name": ELSE["name"]}
    sent(who=who, issue_type="universal_credit")
    assert reasons(sent()) == {}


def test_after_the_decision_nothing_is_suggested(app: Flask) -> None:
    sent()
    assert queries.others(cases.make_referral("accepted"), CASEWORKER.viewer) == queries.Others()


def test_another_group_of_the_same_office_is_the_offices_own(app: Flask) -> None:
    """To the office both are its own; to a group another group's is not there, but for that there is one."""
    ours, theirs = sent(), sent(OTHER_VOLUNTEER)
    assert set(reasons(ours)) == {theirs.reference}
    for referral, eyes in ((ours, (VOLUNTEER, LEAD)), (theirs, (OTHER_VOLUNTEER, OTHER_LEAD))):
        for someone in eyes:
            found = queries.others(referral, someone.viewer)
            assert (found.possible, found.elsewhere) == ([], True)
    assert not queries.others(ours, CASEWORKER.viewer).elsewhere


def test_a_colleagues_conflict_is_not_told(app: Flask) -> None:
    sent(SECOND_VOLUNTEER, trusted_body_conflict=True)
    draft = cases.make_draft()
    assert possible_duplicates(draft, VOLUNTEER.viewer) == []
    assert possible_duplicates(draft, LEAD.viewer) == []
    assert len(possible_duplicates(draft, SECOND_VOLUNTEER.viewer)) == 1


class TestAcross:
    """Another organisation holds something: yes or no, and nothing besides."""

    def test_another_office_is_told_that_there_is_one(self, app: Flask) -> None:
        ours, theirs = sent(), sent(OTHER_VOLUNTEER, office_id=EALING.id)
        for referral, someone in ((ours, CASEWORKER), (theirs, OTHER_CASEWORKER)):
            found = queries.others(referral, someone.viewer)
            assert found == queries.Others(elsewhere=True)

    @pytest.mark.parametrize(
        "who",
        [{"name": "Albert Quilfether"}, {"postcode": SOMEWHERE}, {"name": "Albert"}, ELSE | {"phone": cases.PHONE}],
    )
    def test_only_a_strong_mark_is_compared(self, app: Flask, who: dict[str, str]) -> None:
        sent(OTHER_VOLUNTEER, office_id=EALING.id, who=who)
        assert not queries.others(sent(), CASEWORKER.viewer).elsewhere

    def test_an_agencys_own_case_is_a_strong_mark(self, app: Flask) -> None:
        with transaction():
            load_lists()
        one, other = body("dwp").id, body("hmrc").id
        given = {"agency_id": one, "agency_reference": "HB/2024/00123"}
        sent(OTHER_VOLUNTEER, office_id=EALING.id, who=ELSE, **given)
        assert queries.others(sent(**given), CASEWORKER.viewer).elsewhere
        assert not queries.others(sent(**(given | {"agency_id": other})), CASEWORKER.viewer).elsewhere

    @pytest.mark.parametrize("state", ["closed", "declined", "withdrawn", "entered_in_error", "draft"])
    def test_what_is_not_open_with_an_office_is_not_told(self, app: Flask, state: str) -> None:
        cases.make_referral(state)
        draft = cases.make_draft(OTHER_VOLUNTEER)
        assert not held_elsewhere(draft, OTHER_VOLUNTEER.viewer)

    def test_nobody_learns_of_it_without_an_agreement_that_stands(self, app: Flask) -> None:
        sent()
        asked = [
            cases.make_draft(OTHER_VOLUNTEER, consent=False),
            cases.make_draft(OTHER_VOLUNTEER, consent={"withdrawn_at": cases.clock.now()}),
            cases.make_draft(OTHER_VOLUNTEER, consent={"ground": "would_prejudice"}),
        ]
        assert [held_elsewhere(draft, OTHER_VOLUNTEER.viewer) for draft in asked] == [False, False, False]
        assert held_elsewhere(cases.make_draft(OTHER_VOLUNTEER), OTHER_VOLUNTEER.viewer)

    def test_nobody_asks_with_another_ones_referral(self, app: Flask) -> None:
        sent()
        theirs = cases.make_draft(OTHER_VOLUNTEER)
        for someone in (VOLUNTEER, LEAD, CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR):
            assert not held_elsewhere(theirs, someone.viewer)
            with pytest.raises(NotFound):
                queries.others(theirs, someone.viewer)

    def test_the_marks_of_the_service_are_in_no_organisations_index(self, app: Flask) -> None:
        sent()
        marks = set(db.session.scalars(select(MatchToken.token)))
        assert len(marks) == 1
        for table in db.metadata.sorted_tables:
            if table.name != "match_tokens":
                assert not marks & {
                    value for row in db.session.execute(table.select()) for value in row if isinstance(value, bytes)
                }


class TestLinks:
    def link(
        self, kind: str = "same_person", by: people.Someone = CASEWORKER
    ) -> tuple[Referral, Referral, ReferralLink]:
        first, second = sent(), sent()
        with transaction():
            return first, second, actions.link_referrals(second, first, kind, by=by.viewer)

    def test_both_pages_show_it_and_both_histories_tell_it(self, app: Flask) -> None:
        first, second, link = self.link()
        for referral, other in ((first, second), (second, first)):
            for someone in (CASEWORKER, MANAGER, VOLUNTEER, LEAD):
                found = queries.others(referral, someone.viewer)
                assert [(one.reference, one.kind) for one in found.linked] == [(other.reference, "same_person")]
                assert found.possible == []
            entry = db.session.scalars(
                select(AuditEntry).where(AuditEntry.action == "referral.linked", AuditEntry.subject_id == referral.id)
            ).one()
            assert entry.facts == {"other": str(other.id), "kind": "same_person"}
            book = db.session.get(AuditBook, entry.book_id)
            assert book is not None
            assert book.organisation_id == CASEWORKER.place.id
        assert link.organisation_id == CASEWORKER.place.id

    def test_not_the_same_is_no_longer_suggested(self, app: Flask) -> None:
        first, second, link = self.link("not_the_same")
        found = queries.others(first, CASEWORKER.viewer)
        assert (found.linked, found.possible) == ([], [])
        assert [one.reference for one in found.told_apart] == [second.reference]
        with transaction():
            actions.unlink_referrals(second, link.id, by=MANAGER.viewer)
        assert set(reasons(first)) == {second.reference}
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "referral.unlinked")) == 2

    def test_said_again_the_new_word_stands(self, app: Flask) -> None:
        first, second, _ = self.link("not_the_same")
        with transaction():
            actions.link_referrals(first, second, "same_issue", by=MANAGER.viewer)
        assert [one.kind for one in queries.others(second, CASEWORKER.viewer).linked] == ["same_issue"]
        assert db.session.scalar(select(func.count()).select_from(ReferralLink)) == 1

    def test_who_may_not_see_the_other_sees_nothing_of_it(self, app: Flask) -> None:
        ours, theirs = sent(), sent(OTHER_VOLUNTEER)
        with transaction():
            actions.link_referrals(ours, theirs, "same_person", by=CASEWORKER.viewer)
        assert len(queries.others(ours, CASEWORKER.viewer).linked) == 1
        for referral, someone in ((ours, VOLUNTEER), (ours, LEAD), (theirs, OTHER_VOLUNTEER), (theirs, OTHER_LEAD)):
            found = queries.others(referral, someone.viewer)
            assert (found.linked, found.told_apart, found.possible) == ([], [], [])

    @pytest.mark.parametrize("by", [OTHER_CASEWORKER, OTHER_VOLUNTEER, SECOND_VOLUNTEER, people.COORDINATOR])
    def test_strangers_link_nothing_and_take_nothing_back(self, app: Flask, by: people.Someone) -> None:
        first, second, link = self.link()
        for act in (
            lambda: actions.link_referrals(first, second, "same_issue", by=by.viewer),
            lambda: actions.unlink_referrals(first, link.id, by=by.viewer),
        ):
            with pytest.raises(NotFound), transaction():
                act()

    def test_the_other_side_does_not_take_it_back(self, app: Flask) -> None:
        first, second, link = self.link()
        with pytest.raises(NotFound), transaction():
            actions.unlink_referrals(first, link.id, by=LEAD.viewer)
        with transaction():
            actions.link_referrals(first, second, "not_the_same", by=LEAD.viewer)
        found = queries.others(first, CASEWORKER.viewer)
        assert (len(found.linked), len(found.told_apart)) == (1, 1)

    def test_what_cannot_be_linked(self, app: Flask) -> None:
        first, foreign, draft = sent(), sent(OTHER_VOLUNTEER, office_id=EALING.id), cases.make_draft()
        for other, fault in ((foreign, NotFound), (draft, NotFound), (first, Invalid)):
            with pytest.raises(fault), transaction():
                actions.link_referrals(first, other, "same_person", by=CASEWORKER.viewer)
        with pytest.raises(Invalid), transaction():
            actions.link_referrals(first, sent(), "merged", by=CASEWORKER.viewer)
        with pytest.raises((NotAllowed, NotFound)), transaction():
            actions.link_referrals(first, sent(), "same_person", by=people.ADMINISTRATOR.viewer)


class TestDeclining:
    def decline(self, referral: Referral, **answers: Any) -> None:
        cases.do(referral, "decline", CASEWORKER, **answers)

    def test_one_that_is_open_already_is_named_and_linked(self, app: Flask) -> None:
        first, second = sent(), sent()
        assert first.reference
        self.decline(second, reason="already_open", same_as=first.reference.lower())
        assert [(one.reference, one.kind) for one in queries.others(first, CASEWORKER.viewer).linked] == [
            (second.reference, "same_issue")
        ]

    @pytest.mark.parametrize("by", [CASEWORKER])
    def test_one_that_nobody_here_can_see_is_refused(self, app: Flask, by: people.Someone) -> None:
        foreign, second = sent(OTHER_VOLUNTEER, office_id=EALING.id), sent()
        messages = set()
        for given in (foreign.reference, new_reference(), "gibberish", second.reference):
            with pytest.raises(Invalid) as refused:
                self.decline(second, reason="already_open", same_as=given)
            messages.add(refused.value.errors["same_as"])
            db.session.rollback()
        # The same words for another office's as for none.
        assert len(messages) == 2
        with pytest.raises(Invalid):
            self.decline(second, reason="no_capacity", same_as=sent().reference)


def test_what_else_there_is_costs_one_query(app: Flask) -> None:
    first = sent()
    sent(), sent()
    row = queries.referral(first.id, CASEWORKER.viewer)
    viewer: Viewer = CASEWORKER.viewer
    with statements() as asked:
        assert len(queries.others(row, viewer).possible) == 2
    assert len([one for one in asked if one[0].startswith("SELECT")]) == 1
