"""The secret link for a calendar: made, made anew, and ended."""

from sqlalchemy import select, update

from referrals.accounts import tokens
from referrals.accounts.calendars import ALL, COVERS
from referrals.accounts.models import CalendarLink, Membership
from referrals.accounts.queries import calendar_link_of
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.foundation import clock, locks
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotFound


def make_calendar_link(covers: str, *, by: Viewer) -> str:
    """Make the viewer's link in this organisation, in place of the one before; return its token, which is kept nowhere.

    Raises NotAllowed for who has no referrals, and Invalid under "covers".
    """
    by.must(Permission.REFERRAL_READ)
    if covers not in COVERS or (covers == ALL and by.side is not Side.OFFICE):
        raise Invalid({"covers": "Choose what the calendar holds"})
    membership = _membership(by)
    locks.hold(f"calendar of {membership.id}")
    _end(membership)
    token = tokens.new_token()
    link = CalendarLink(
        token_hash=tokens.hash_of(token),
        person_id=membership.person_id,
        membership_id=membership.id,
        covers=covers,
        created_at=clock.now(),
    )
    db.session.add(link)
    record("calendar.made", by=by, subject=("person", by.person_id), facts={"covers": covers})
    return token


def revoke_calendar_link(*, by: Viewer) -> None:
    """End the viewer's link in this organisation; where there is none nothing happens."""
    by.must(Permission.REFERRAL_READ)
    if calendar_link_of(by) is not None:
        _end(_membership(by))
        record("calendar.revoked", by=by, subject=("person", by.person_id))


def _membership(by: Viewer) -> Membership:
    mine = (Membership.person_id == by.person_id, Membership.organisation_id == by.organisation_id)
    found = db.session.scalar(select(Membership).where(*mine, Membership.ended_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def _end(membership: Membership) -> None:
    db.session.execute(
        update(CalendarLink)
        .where(CalendarLink.membership_id == membership.id, CalendarLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(audit_subjects={membership.person_id}, synchronize_session=False)
    )
