"""Sessions begun, marked as used, and ended for real."""

from uuid import UUID

from sqlalchemy import select, update

from referrals.accounts import limits, passwords, policy, tokens
from referrals.accounts.models import Membership, Person, SignInSession
from referrals.accounts.policy import Assurance
from referrals.accounts.roles import Role
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed, NotFound


def start_session(membership_id: UUID, assurance: Assurance = Assurance.PASSWORD) -> str:
    """Begin a session for somebody who has proved who they are; return the token for their browser.

    NotFound when the membership ended or its person is disabled, NotAllowed when the role wants a surer proof.
    """
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.ended_at or membership.person.disabled_at:
        raise NotFound
    steps = list(Assurance)
    if steps.index(assurance) < steps.index(policy.assurance_wanted(Role(membership.role))):
        raise NotAllowed
    now, token = clock.now(), tokens.new_token()
    begun = SignInSession(
        token_hash=tokens.hash_of(token),
        person_id=membership.person_id,
        membership_id=membership.id,
        assurance=assurance.value,
        created_at=now,
        seen_at=now,
        expires_at=now + limits.LONGEST_SESSION,
    )
    db.session.add(begun)
    record("session.started", by=viewer_of(membership), subject=("session", begun.id), facts={"assurance": assurance})
    return token


def viewer_of(membership: Membership) -> Viewer:
    """The viewer that a membership makes of its person."""
    return Viewer(membership.person_id, membership.person.name, Role(membership.role), membership.organisation_id)


def keep_password_current(person_id: UUID, password: str) -> None:
    """Hash a password just proved right again when today's cost differs from the one it was hashed at."""
    person = db.session.get_one(Person, person_id)
    if person.password_hash and passwords.hasher().is_outdated(person.password_hash):
        person.password_hash = passwords.hasher().hash(password)
        record("person.password_rehashed", by=SERVICE, subject=("person", person_id))


def touch_session(session_id: UUID) -> None:
    """Mark a session as used now, so that it does not end for idleness. An ended one stays ended."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def sign_out(session_id: UUID, *, by: Viewer) -> None:
    """End the viewer's own session. NotFound for one that is not theirs."""
    ended = end_sessions(by.person_id, "signed_out", only=session_id)
    if not ended:
        raise NotFound
    record("session.ended", by=by, subject=("session", session_id))


def sign_out_everywhere(*, by: Viewer, keep: UUID | None = None) -> int:
    """End every session of the viewer but `keep`; return how many ended."""
    ended = end_sessions(by.person_id, "signed_out_everywhere", keep=keep)
    record("session.all_ended", by=by, subject=("person", by.person_id), facts={"sessions": ended})
    return ended


def switch_membership(membership_id: UUID, session_id: UUID, *, by: Viewer) -> str:
    """Go on in another of the viewer's own memberships, in a new session; return its token. NotFound for others'."""
    theirs = db.session.scalar(
        select(Membership.id).where(Membership.id == membership_id, Membership.person_id == by.person_id)
    )
    current = db.session.get(SignInSession, session_id)
    if theirs is None or current is None or current.person_id != by.person_id:
        raise NotFound
    token = start_session(membership_id, Assurance(current.assurance))
    end_sessions(by.person_id, "switched", only=session_id)
    record("session.switched", by=by, subject=("session", session_id), facts={"membership": membership_id})
    return token


def end_sessions(person_id: UUID | None, reason: str, *, only: UUID | None = None, keep: UUID | None = None) -> int:
    """End a person's sessions, all, only one, or all but one; return how many. Part of an action that records it."""
    ending = (
        update(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now(), end_reason=reason)
        .execution_options(synchronize_session=False)
    )
    if only is not None:
        ending = ending.where(SignInSession.id == only)
    if keep is not None:
        ending = ending.where(SignInSession.id != keep)
    return db.session.connection().execute(ending).rowcount
