"""What can be read about people, their sessions, invitations and resets."""

from referrals.accounts.queries.sessions import LiveSession, session_for, session_person

__all__ = ["LiveSession", "session_for", "session_person"]
