"""Proving a password, in steps that hold no lock while the slow hash is worked out."""

from referrals.accounts import actions, passwords, queries
from referrals.accounts.queries import Credentials
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import DomainError


class WrongPassword(DomainError):
    """No such address, a wrong password, or somebody who may not come in: one answer for all."""

    message = "The email address or the password is not right"


def prove(email: str, password: str) -> Credentials:
    """The person whose address and password these are. Raises WrongPassword or TooManyAttempts.

    Whoever the address belongs to, or nobody, there is one count, one look-up and one hash.
    """
    with transaction():
        attempt_id = actions.begin_attempt(email)
    with only_reading():
        person = queries.credentials(email)
    right = passwords.hasher().verify(person.password_hash if person else None, password)
    with transaction():
        actions.end_attempt(attempt_id, person.person_id if person else None, succeeded=right)
        if person and right:
            actions.keep_password_current(person.person_id, password)
    if person is None or not right:
        raise WrongPassword
    return person


def sign_in(email: str, password: str) -> str:
    """Begin a session for the person with this address and password; return its token. Errors as `prove`."""
    person = prove(email, password)
    with only_reading():
        membership_id = queries.membership_to_begin_with(person.person_id)
    if membership_id is None:
        raise WrongPassword
    with transaction():
        return actions.start_session(membership_id)
