"""What can be done to people and by people about themselves: every change of accounts."""

from referrals.accounts.actions.attempts import TooManyAttempts, begin_attempt, end_attempt
from referrals.accounts.actions.calendars import make_calendar_link, revoke_calendar_link
from referrals.accounts.actions.expiry import forget_old_attempts, forget_old_resets, forget_old_sessions
from referrals.accounts.actions.invitations import (
    invite,
    invite_by_service,
    join,
    join_as,
    resend_invitation,
    revoke_invitation,
)
from referrals.accounts.actions.passwords import change_name, change_password, request_reset, reset_password
from referrals.accounts.actions.people import (
    BelongsElsewhere,
    LastOne,
    change_role,
    disable_person,
    enable_person,
    end_membership,
)
from referrals.accounts.actions.sessions import (
    keep_password_current,
    sign_out,
    sign_out_everywhere,
    start_session,
    switch_membership,
    touch_session,
)
from referrals.accounts.actions.telling import choose_telling, send_digests

__all__ = [
    "BelongsElsewhere",
    "LastOne",
    "TooManyAttempts",
    "begin_attempt",
    "change_name",
    "change_password",
    "change_role",
    "choose_telling",
    "disable_person",
    "enable_person",
    "end_attempt",
    "end_membership",
    "forget_old_attempts",
    "forget_old_resets",
    "forget_old_sessions",
    "invite",
    "invite_by_service",
    "join",
    "join_as",
    "keep_password_current",
    "make_calendar_link",
    "request_reset",
    "resend_invitation",
    "reset_password",
    "revoke_calendar_link",
    "revoke_invitation",
    "send_digests",
    "sign_out",
    "sign_out_everywhere",
    "start_session",
    "switch_membership",
    "touch_session",
]
