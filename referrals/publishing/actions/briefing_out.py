"""Sending an approved briefing: kept as it goes out, mailed to the MP's office, and entered into the log."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import Viewer
from referrals.engagement.actions import Told, log_contact
from referrals.foundation import clock
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.notifications.actions import queue, queue_paper
from referrals.notifications.messages import BriefingSent
from referrals.publishing.actions.briefings import lock, note
from referrals.publishing.briefings.posting import KIND
from referrals.publishing.briefings.sheet import Ready
from referrals.publishing.models import Briefing
from referrals.publishing.periods import period_of
from referrals.publishing.policy.briefs import ANSWERERS
from referrals.publishing.queries import briefings as queries
from referrals.publishing.workflow import ISSUED

CHANNEL: Final = "email"
INFORMING: Final = "informing"


def send_briefing(briefing: Briefing, ready: Ready | None, addresses: Sequence[str], *, by: Viewer) -> None:
    """Send a briefing, made ready by `briefings.sheet.made_ready`, to chosen addresses of the MP's office.

    It stays as it is from now on. It goes into the log as a contact that informs, and people of an office that is on
    this service find it there too. Raises NotFound, NotAllowed, IllegalMove, Stale when it was changed since it was
    made ready, and Invalid under "addresses".
    """
    lock(briefing, "issue", by)
    if ready is None or ready.version != briefing.version:
        raise Stale
    known = {one.email for one in queries.addresses_of(briefing.term_id, by)}
    if not addresses or set(addresses) - known:
        raise Invalid({"addresses": "Choose who gets it"})
    if by.person_id is None:
        raise IllegalMove("A briefing is sent by a person.")
    # First, because from the moment it is stored as sent nothing in it can be changed.
    briefing.contact_id = log_contact(_told(briefing, by.person_id), by=by).id
    briefing.state, briefing.sent_at, briefing.sent_by_id = ISSUED, clock.now(), by.person_id
    briefing.keep(ready.content, ready.sha256, ready.file)
    briefing.addresses = list(addresses)
    note("briefing.sent", briefing, by, sha256=ready.sha256, addresses=len(addresses), alone=briefing.approved_alone)
    queue_paper(KIND, briefing.id, to=addresses)
    office_id = queries.office_of_term(briefing.term_id)
    if office_id is not None:
        told = [one for one in mail_recipients(office_id, ANSWERERS) if one.email not in addresses]
        queue(BriefingSent(path=f"/briefings/{briefing.id}"), to=told)


def _told(briefing: Briefing, sent_by_id: UUID) -> Told:
    return Told(
        term_id=briefing.term_id,
        happened_on=clock.today(),
        channel=CHANNEL,
        types=[INFORMING],
        subject=f"Quarterly briefing, {period_of(briefing.period).label}",
        ours=[sent_by_id],
    )
