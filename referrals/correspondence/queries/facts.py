"""What is known when a letter is written: to whom it goes, and what its fields read."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.casework import clocks
from referrals.casework import policy as case_policy
from referrals.casework.models import Referral
from referrals.casework.queries import enquiry, outcome_of
from referrals.correspondence.addressees import GROUP, Addressee, is_one_body, resident_by
from referrals.correspondence.fields import Facts
from referrals.correspondence.letters import Audience, LetterKind
from referrals.correspondence.models import AgencyAddress, Letter
from referrals.correspondence.queries.stationery import sender_of
from referrals.directory.models import Office
from referrals.directory.queries import agencies, names_of, office_of
from referrals.directory.queries import agency as agency_of
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


def addressee(kind: LetterKind, code: str, referral: Referral, viewer: Viewer) -> Addressee:
    """Whom a kind of letter goes to, by the last part of its page's address. Raises NotFound."""
    if kind.audience is Audience.RESIDENT:
        return resident_by(code)
    if kind.audience is Audience.GROUP:
        if code != GROUP:
            raise NotFound
        return Addressee(GROUP, Audience.GROUP)
    if kind.chases:
        return _chased(code, referral, viewer)
    found = next((agency for agency in agencies() if agency.code == code), None)
    if found is None:
        raise NotFound
    return Addressee(code, Audience.AGENCY, agency=found)


def _chased(code: str, referral: Referral, viewer: Viewer) -> Addressee:
    try:
        asked = enquiry(referral, UUID(code), viewer)
    except ValueError:
        raise NotFound from None
    if asked.ended_on is not None:
        raise NotFound
    return Addressee(str(asked.id), Audience.AGENCY, agency=agency_of(asked.agency_id), enquiry=asked)


def facts_for(referral: Referral, kind: LetterKind, to: Addressee, viewer: Viewer) -> Facts:
    """What the fields of a letter read. Raises NotFound to who may not see the referral."""
    case_policy.must_see(referral, viewer)
    office = office_of(referral.office_id) if referral.office_id else None
    if office is None:
        raise NotFound
    return Facts(
        referral=referral,
        sender=sender_of(viewer),
        constituency=office.term.constituency.name,
        group_name=names_of([referral.group_id]).get(referral.group_id, ""),
        writer=viewer.name,
        today=today(),
        agency_name=to.agency.name if to.agency else "",
        outcome=outcome_of(referral, viewer),
        enquiry_sent_on=to.enquiry.sent_on if to.enquiry else None,
        reply_due_on=to.enquiry.due_on if to.enquiry else _reply_due(office) if to.agency else None,
    )


def first_address(referral: Referral, to: Addressee, viewer: Viewer) -> tuple[str, str]:
    """The name and address that a form begins with, for who is no resident: as they were typed before, if ever."""
    if to.agency is None:
        return names_of([referral.group_id]).get(referral.group_id, ""), ""
    agency = to.agency
    before = select(Letter).where(Letter.referral_id == referral.id, Letter.agency_id == agency.id)
    last = db.session.scalar(before.order_by(Letter.made_at.desc()).limit(1))
    if last is not None and last.recipient:
        return last.recipient["name"], last.recipient["address"]
    kept = kept_address(viewer, to) if is_one_body(agency) else None
    return (kept.name or agency.name, kept.address or "") if kept else (_name(agency.name, is_one_body(agency)), "")


def kept_address(viewer: Viewer, to: Addressee) -> AgencyAddress | None:
    """Where the viewer's office last wrote to this body."""
    own = AgencyAddress.organisation_id == viewer.organisation_id
    return db.session.scalar(select(AgencyAddress).where(own, AgencyAddress.agency_id == (to.agency and to.agency.id)))


def _name(name: str, is_one: bool) -> str:
    return name if is_one else ""


def _reply_due(office: Office) -> date:
    days = clocks.days_of(clocks.AGENCY_REPLY, office.clocks)
    return clocks.add_working_days(today(), days)
