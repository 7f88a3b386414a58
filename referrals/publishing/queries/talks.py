"""What an area and its MP could talk about when they meet: what was agreed, what was written up, what is open."""

from datetime import date
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.casework.queries import with_office
from referrals.directory import queries as directory
from referrals.engagement.actions.agendas import BRIEF, FOLLOW_UP, REFERRAL
from referrals.engagement.models import Meeting
from referrals.engagement.queries.agendas import open_follow_ups_with
from referrals.engagement.queries.meetings import meetings_of_person
from referrals.foundation.clock import local_day
from referrals.publishing.queries.briefs import NOTHING_YET, answers_of, own_briefs


def open_for(found: Meeting, viewer: Viewer) -> list[tuple[str, UUID]]:
    """Each as its source and its id, the most pressing of a source first: open follow-ups, briefs that nothing came of
    yet, and open referrals that the viewer may see; five queries.
    """
    office = directory.office_of_term(found.term_id)
    waiting = with_office.open_with(office.organisation_id, viewer) if office else []
    written = [one for one in own_briefs(viewer) if office and one.office_id == office.organisation_id]
    acted = {key for key, answers in answers_of(written).items() if any(one.kind != NOTHING_YET for one in answers)}
    return [
        *((FOLLOW_UP, one.id) for one in open_follow_ups_with(found.term_id, viewer)),
        *((BRIEF, one.id) for one in written if one.id not in acted),
        *((REFERRAL, one.id) for one in waiting),
    ]


def next_talk_on(office_id: UUID, viewer: Viewer) -> date | None:
    """The day on which the viewer's group next meets the MP of an office, where that is planned; two queries.

    None for everybody else, because only groups plan meetings here.
    """
    office = directory.office_of(office_id)
    ahead = meetings_of_person(viewer, everything=True) if office else []
    return next((local_day(one.starts_at) for one in ahead if office and one.term_id == office.term_id), None)
