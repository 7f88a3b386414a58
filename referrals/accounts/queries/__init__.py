"""What can be read about people, their sessions, invitations and resets."""

from referrals.accounts.queries.calendars import CalendarReader, calendar_link_of, calendar_reader
from referrals.accounts.queries.credentials import Credentials, credentials, credentials_of, is_known, reset_for
from referrals.accounts.queries.invitations import InvitationLine, invitation, invitation_for, invitations_of
from referrals.accounts.queries.people import (
    PersonLine,
    colleagues,
    has_role_on,
    head_counts,
    mail_recipients,
    member,
    names_of,
    people_of,
    recipient,
)
from referrals.accounts.queries.sessions import (
    LiveSession,
    MembershipLine,
    SignInLine,
    membership_to_begin_with,
    memberships_of,
    session_for,
    session_person,
    sign_ins_of,
)

__all__ = [
    "CalendarReader",
    "Credentials",
    "InvitationLine",
    "LiveSession",
    "MembershipLine",
    "PersonLine",
    "SignInLine",
    "calendar_link_of",
    "calendar_reader",
    "colleagues",
    "credentials",
    "credentials_of",
    "has_role_on",
    "head_counts",
    "invitation",
    "invitation_for",
    "invitations_of",
    "is_known",
    "mail_recipients",
    "member",
    "membership_to_begin_with",
    "memberships_of",
    "names_of",
    "people_of",
    "recipient",
    "reset_for",
    "session_for",
    "session_person",
    "sign_ins_of",
]
