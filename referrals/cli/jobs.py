"""Every scheduled job: its name, how often it is due, and what it does. The worker carries them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from referrals.accounts import actions as accounts
from referrals.casework import actions as casework
from referrals.documents import actions as documents
from referrals.engagement import actions as engagement
from referrals.foundation.receipts import forget_old_receipts
from referrals.notifications import actions as notifications
from referrals.publishing.actions import briefing_rounds as publishing
from referrals.reporting import actions as reporting
from referrals.reporting.summaries import keeping
from referrals.stories import actions as stories

SOON: Final = timedelta(seconds=5)
MINUTELY: Final = timedelta(minutes=1)
HOURLY: Final = timedelta(hours=1)
DAILY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `run` is carried out in a transaction of its own, may be carried out twice, and counts what it did."""

    name: str
    every: timedelta
    run: Callable[[], int]


JOBS: Final[tuple[Job, ...]] = (
    Job("keep the sums of reports", SOON, keeping.keep_sums),
    Job("close after silence", HOURLY, casework.close_after_silence),
    Job("ask how things are after four weeks", HOURLY, casework.ask_later),
    Job("forget what was declined", HOURLY, casework.forget_declined),
    Job("warn of limits", HOURLY, casework.warn_of_limits),
    Job("draft chasers", HOURLY, casework.draft_chasers),
    Job("take down case studies", HOURLY, stories.end_what_may_not_be_shown),
    Job("remind of case studies that end", DAILY, stories.remind_of_endings),
    Job("remind of follow-ups", HOURLY, engagement.remind_of_follow_ups),
    Job("remind of meetings", HOURLY, engagement.remind_of_meetings),
    Job("remind of permissions that end", DAILY, engagement.remind_of_permissions),
    Job("remind of stances to look at again", DAILY, engagement.remind_of_stances),
    Job("draft briefings of a finished quarter", HOURLY, publishing.draft_briefings),
    Job("count limits again", DAILY, casework.recount_limits),
    Job("scan documents that wait", MINUTELY, documents.scan_waiting),
    Job("delete contents of removed documents", HOURLY, documents.clear_contents),
    Job("send digests", MINUTELY, accounts.send_digests),
    Job("forget who had a referral open", HOURLY, casework.forget_old_presences),
    Job("forget texts nobody came back to", DAILY, casework.forget_old_texts),
    Job("forget old form receipts", DAILY, forget_old_receipts),
    Job("forget old attempts to sign in", HOURLY, accounts.forget_old_attempts),
    Job("forget old sessions", DAILY, accounts.forget_old_sessions),
    Job("forget old links to reset a password", DAILY, accounts.forget_old_resets),
    Job("forget delivered messages", DAILY, notifications.forget_delivered),
    Job("keep figures of finished months", DAILY, reporting.publish_finished_periods),
    Job("forget old notices", DAILY, notifications.forget_old_notices),
    Job("forget sums of which nothing is left", DAILY, keeping.tidy_sums),
)
