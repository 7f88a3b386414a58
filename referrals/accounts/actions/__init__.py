"""What can be done to people and by people about themselves: every change of accounts."""

from referrals.accounts.actions.sessions import touch_session

__all__ = ["touch_session"]
