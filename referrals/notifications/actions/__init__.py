"""What is done with messages and notices: queued in the transaction of a change, read, tended, forgotten."""

from referrals.notifications.actions.queueing import queue, queue_paper
from referrals.notifications.actions.reading import read_all, read_notice, read_of_page, read_of_referral
from referrals.notifications.actions.tending import cancel, forget_delivered, forget_old_notices, retry, retry_all

__all__ = [
    "cancel",
    "forget_delivered",
    "forget_old_notices",
    "queue",
    "queue_paper",
    "read_all",
    "read_notice",
    "read_of_page",
    "read_of_referral",
    "retry",
    "retry_all",
]
