"""Managing people below the pages: who may do what, and what is recorded."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.accounts import actions, policy, queries
from referrals.accounts.actions import LastOne
from referrals.accounts.models import Person
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.labels import LABELS
from referrals.audit.models import AuditEntry
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound, UnrecordedChange
from tests import people


def test_two_leads_who_shut_each_other_out_at_once_leave_one(app: Flask) -> None:
    with transaction():
        actions.change_role(people.VOLUNTEER.membership_id, Role.LEAD, by=people.LEAD.viewer)
    pairs = [(people.LEAD, people.VOLUNTEER), (people.VOLUNTEER, people.LEAD)]
    viewers = {person: as_lead(person) for person, _ in pairs}

    def shut_out(pair: tuple[people.Someone, people.Someone]) -> bool:
        by, whom = pair
        with app.app_context():
            try:
                with transaction():
                    actions.disable_person(whom.membership_id, by=viewers[by])
            except LastOne:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(shut_out, pairs)) == [False, True]
    assert len(queries.mail_recipients(people.WHITE_CITY.id, [Role.LEAD])) == 1


def as_lead(person: people.Someone) -> Viewer:
    return Viewer(person.id, person.name, Role.LEAD, person.place.id)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_a_role_of_another_kind_of_organisation_or_above_their_own_reach(role: Role) -> None:
    for side in Side:
        for given in policy.roles_to_give(Viewer(people.LEAD.id, "", role, people.WHITE_CITY.id), side):
            assert ROLES[given].side is side
            assert given in ROLES[role].invites


@pytest.mark.parametrize(
    ("by", "error"),
    [
        (people.VOLUNTEER, NotAllowed),
        (people.OTHER_LEAD, NotFound),
        (people.MANAGER, NotFound),
        (people.COORDINATOR, NotAllowed),
    ],
)
def test_only_those_who_manage_a_group_change_its_people(
    app: Flask, by: people.Someone, error: type[Exception]
) -> None:
    for change in (actions.disable_person, actions.enable_person, actions.end_membership):
        with pytest.raises(error), transaction():
            change(people.SECOND_VOLUNTEER.membership_id, by=by.viewer)
    with pytest.raises(error), transaction():
        actions.change_role(people.SECOND_VOLUNTEER.membership_id, Role.LEAD, by=by.viewer)
    with pytest.raises(error):
        queries.people_of(people.WHITE_CITY.id, by.viewer)


def test_a_change_without_an_event_is_never_saved(app: Flask) -> None:
    with pytest.raises(UnrecordedChange), transaction():
        db.session.get_one(Person, people.LEAD.id).name = "Silently changed"


def test_every_change_is_in_the_book_of_those_who_made_it_and_names_nobody(app: Flask) -> None:
    lead, whom = people.LEAD.viewer, people.VOLUNTEER.membership_id
    with transaction():
        invitation = actions.invite(
            "nell@new.example", "Nell", Role.LEAD, organisation_id=people.WHITE_CITY.id, side=Side.GROUP, by=lead
        )
    for change in (
        lambda: actions.resend_invitation(invitation.id, by=lead),
        lambda: actions.revoke_invitation(invitation.id, by=lead),
        lambda: actions.change_role(whom, Role.LEAD, by=lead),
        lambda: actions.disable_person(whom, by=lead),
        lambda: actions.enable_person(whom, by=lead),
        lambda: actions.end_membership(whom, by=lead),
        lambda: actions.change_name("Lena", by=lead),
    ):
        with transaction():
            change()
    entries = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)))
    assert [entry.action for entry in entries] == [
        "person.invited",
        "invitation.resent",
        "invitation.revoked",
        "person.role_changed",
        "person.disabled",
        "person.enabled",
        "person.left",
        "person.renamed",
    ]
    assert {entry.actor_id for entry in entries} == {people.LEAD.id}
    assert all(entry.action in LABELS for entry in entries)
    assert "Nell" not in repr([entry.facts for entry in entries])


def test_colleagues_and_recipients_are_those_who_can_come_in(app: Flask) -> None:
    with transaction():
        actions.disable_person(people.VOLUNTEER.membership_id, by=people.LEAD.viewer)
    assert {line.name for line in queries.colleagues(people.LEAD.viewer)} == {
        people.LEAD.name,
        people.SECOND_VOLUNTEER.name,
    }
    assert queries.recipient(people.VOLUNTEER.id) is None
    mail = queries.mail_recipients(people.WHITE_CITY.id, [Role.VOLUNTEER, Role.LEAD])
    assert {found.email for found in mail} == {people.LEAD.email, people.SECOND_VOLUNTEER.email}
    assert queries.names_of([people.VOLUNTEER.id, None]) == {people.VOLUNTEER.id: people.VOLUNTEER.name}
    assert queries.head_counts([people.WHITE_CITY.id, people.SERVICE_DESK.id]) == {
        people.WHITE_CITY.id: 2,
        people.SERVICE_DESK.id: 1,
    }


@pytest.mark.parametrize(("email", "name"), [("nonsense", "Ada"), ("a@b.example", ""), ("a@b.example", "two\nlines")])
def test_the_terminal_checks_what_no_form_has_checked(app: Flask, email: str, name: str) -> None:
    with pytest.raises(Invalid), transaction():
        actions.invite_by_service(email, name, Role.ADMINISTRATOR, organisation_id=people.SERVICE_DESK.id)


def test_the_service_itself_manages_nobody(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        queries.people_of(people.WHITE_CITY.id, SERVICE)
