"""What can go wrong in the domain, in words a person can be shown."""

from collections.abc import Mapping


class DomainError(Exception):
    """Something the service refuses; `message` is plain English and safe to show (never personal data)."""

    message = "Sorry, this cannot be done."

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)


class NotFound(DomainError):
    """There is no such thing for this viewer; the same answer as for a thing that does not exist."""

    message = "There is nothing here that you can see."


class NotAllowed(DomainError):
    """The viewer may see the thing, but may not do this with it."""

    message = "You do not have permission to do this."


class Invalid(DomainError):
    """Answers that cannot be accepted; `errors` maps a field's name to a message to show beside it."""

    message = "Some answers need another look."

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__()


class Stale(DomainError):
    """Somebody else changed the thing first; nothing was saved over their work."""

    message = "Somebody else changed this while you were working on it."


class IllegalMove(DomainError):
    """A transition that the workflow does not allow from the present state."""

    message = "This cannot be done now, because the referral has moved on."


class UnrecordedChange(RuntimeError):
    """A change to an audited row was about to be saved without an audit event: a fault in the code, never shown."""
