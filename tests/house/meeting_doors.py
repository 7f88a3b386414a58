"""The doors of an area's meetings with its MP: its people read and log them, its leads plan them."""

from tests import people
from tests.house.doors import GROUPS, LEAD, LEADS, NOBODY, Door
from tests.house.engagement_doors import GET, KEPT

PLANNED = {"may": LEAD, "hidden": frozenset({people.OTHER_LEAD})}

MEETINGS = [
    Door("meetings.index", "/your-mp/meetings", GROUPS, methods=GET),
    Door("meetings.new", "/your-mp/meetings/new", LEADS),
    Door("meetings.new", "/your-mp/meetings/new?after={meeting}", **PLANNED),
    Door("meetings.new", "/your-mp/meetings/new?came_of={contact}", **PLANNED),
    Door("meetings.new", "/your-mp/meetings/new?after=gibberish", NOBODY, LEADS),
    Door("meetings.show", "/your-mp/meetings/{meeting}", **KEPT, methods=GET),
    Door("meetings.edit", "/your-mp/meetings/{meeting}/edit", **PLANNED),
    Door("meetings.cancel", "/your-mp/meetings/{spare_meeting}/cancel", **PLANNED),
    Door("meetings.hold", "/your-mp/meetings/{past_meeting}/log", **KEPT),
    Door("meetings.invitation", "/your-mp/meetings/{meeting}/invitation.ics", **KEPT, methods=GET),
]
