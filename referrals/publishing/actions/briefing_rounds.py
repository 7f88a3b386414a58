"""When a quarter is over: the briefings of each area are drafted, and its leads are told of them, once."""

from typing import Final

from sqlalchemy import or_, select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.directory import queries as directory
from referrals.directory.models import Group, Organisation, Term
from referrals.engagement.policy import LEADS
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove
from referrals.notifications.actions import queue
from referrals.notifications.messages import BriefingsDrafted
from referrals.publishing.actions.briefings import drafted, kept_figures, last_quarter, note
from referrals.publishing.models import BriefingRound
from referrals.publishing.queries.briefings import briefing_over, last_sent
from referrals.reporting.periods import Period

# Figures of an area are kept while it is drafted, which takes a while.
BATCH: Final = 5


def draft_briefings(limit: int = BATCH) -> int:
    """Draft the briefings of the last quarter for at most `limit` areas that have none yet; how many were drafted.

    An area that sent nothing in the quarter and never had a briefing before is left alone. While figures are being
    counted anew, it waits.
    """
    period = last_quarter()
    done = select(BriefingRound.id).where(
        BriefingRound.organisation_id == Group.organisation_id, BriefingRound.period == period.code
    )
    query = (
        select(Group)
        .join(Organisation, Organisation.id == Group.organisation_id)
        .where(~done.exists(), or_(Organisation.closed_on.is_(None), Organisation.closed_on > clock.today()))
        .order_by(Group.organisation_id)
        .limit(limit)
    )
    try:
        return sum(_draft_for(group, period) for group in db.session.scalars(query))
    except IllegalMove:
        return 0


def _draft_for(group: Group, period: Period) -> int:
    organisation_id = group.organisation_id
    terms, leads = directory.terms_of_group(organisation_id), mail_recipients(organisation_id, LEADS)
    made = _drafts(group, terms, period) if terms and leads else 0
    row = BriefingRound(organisation_id=organisation_id, period=period.code, at=clock.now())
    db.session.add(row)
    record("briefing_round.drafted", by=SERVICE, subject=("group", organisation_id), facts={"period": period.code})
    if made:
        queue(BriefingsDrafted(path="/briefings"), to=leads)
    return made


def _drafts(group: Group, terms: list[Term], period: Period) -> int:
    figures = kept_figures(group, period)
    made = 0
    for term in terms:
        known = last_sent(group.organisation_id, term.id) is not None
        if (figures["is_empty"] and not known) or briefing_over(group.organisation_id, term.id, period.code):
            continue
        note("briefing.drafted", drafted(group, term.id, period, figures, None), SERVICE)
        made += 1
    return made
