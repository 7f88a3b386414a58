"""What the MP did with a brief, told by the office; and noted on the results behind it, where the office chooses so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from referrals.accounts.queries.people import mail_recipients
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import queries as cases
from referrals.casework.actions.claiming import add_code
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from referrals.notifications.actions import queue
from referrals.notifications.messages import BriefAnswered
from referrals.publishing.models import Brief, BriefAnswer
from referrals.publishing.policy import briefs as policy
from referrals.publishing.queries import briefs as queries

LONGEST: Final = 1000
LONGEST_LINK: Final = 300


@dataclass(frozen=True, kw_only=True)
class Done:
    """One thing the MP did: a code of brief_answers, its day, and perhaps where it can be read and in words."""

    kind: str
    happened_on: date | None
    link: str = ""
    words: str = ""


def answer_brief(brief: Brief, done: Done, *, by: Viewer) -> BriefAnswer:
    """Say what the MP did; whoever wrote the brief is told. It may be said as often as something is done.

    Raises NotFound, NotAllowed, and Invalid under "kind", "happened_on", "link" and "words".
    """
    policy.must_answer(brief, by)
    faults = _faults(brief, done)
    if faults:
        raise Invalid(faults)
    answer = BriefAnswer(
        brief_id=brief.id,
        kind=done.kind,
        happened_on=done.happened_on,
        answered_at=clock.now(),
        answered_by_id=by.person_id,
        link=done.link,
        words=done.words,
    )
    db.session.add(answer)
    facts = {"kind": done.kind, "happened_on": done.happened_on}
    record("brief.answered", by=by, subject=("brief", brief.id), facts=facts)
    told = mail_recipients(brief.organisation_id, policy.WRITERS)
    queue(BriefAnswered(path=f"/briefs/{brief.id}"), to=[one for one in told if one.person_id != by.person_id])
    return answer


def note_on_results(brief: Brief, referral_ids: Collection[UUID], *, by: Viewer) -> int:
    """Add to the results of these referrals that the MP raised the wider issue, and say of how many.

    Only results that the group has not answered yet: what it has agreed to stays what it was. Raises NotFound,
    NotAllowed, and Invalid under "referrals" where one of them is not, or no longer, to be had.
    """
    policy.must_answer(brief, by)
    wanted = set(referral_ids)
    there = {line.id for line in queries.behind(brief, by) if line.is_open and not line.has_code}
    if not wanted or wanted - there:
        raise Invalid({"referrals": "Choose from the results that can still be added to"})
    for referral_id in sorted(wanted):
        add_code(cases.referral(referral_id, by), queries.RAISED, by=by)
    return len(wanted)


def _faults(brief: Brief, done: Done) -> dict[str, str]:
    faults = {}
    assert brief.sent_at is not None
    if done.kind not in lists.codes("brief_answers"):
        faults["kind"] = "Choose what the MP did"
    if done.happened_on is None or not clock.local_day(brief.sent_at) <= done.happened_on <= clock.today():
        faults["happened_on"] = "Enter a day between the day the brief was sent and today"
    if done.link and not _is_address(done.link):
        faults["link"] = "Enter a web address, like https://hansard.parliament.uk/"
    if len(done.words) > LONGEST:
        faults["words"] = f"Write {LONGEST:,} characters or fewer"
    return faults


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return len(text) <= LONGEST_LINK and parts.scheme in {"https", "http"} and "." in parts.netloc and " " not in text
