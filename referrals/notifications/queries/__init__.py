"""What can be read of messages: the outbox for its page, and for each person their notices and how mail comes."""

from referrals.notifications.queries.notices import COUNTED_TO, NoticeLine, notices, unread_of
from referrals.notifications.queries.outbox import (
    MOST,
    FolderMail,
    OutboxLine,
    counts,
    folder_mails,
    messages,
    papers_failed,
    waiting_since,
)
from referrals.notifications.queries.wishes import Wish, wish_of

__all__ = [
    "COUNTED_TO",
    "MOST",
    "FolderMail",
    "NoticeLine",
    "OutboxLine",
    "Wish",
    "counts",
    "folder_mails",
    "messages",
    "notices",
    "papers_failed",
    "unread_of",
    "waiting_since",
    "wish_of",
]
