"""The doors of an area's meetings with its MP: its people read and log them, its leads plan them."""

from tests import people
from tests.house.doors import GROUPS, LEAD, LEADS, NOBODY, Door
from tests.house.engagement_doors import GET, KEPT, POST

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
    Door("meetings.cancellation", "/your-mp/meetings/{meeting}/cancellation/{dropped}.ics", **KEPT, methods=GET),
    Door("agendas.fetch", "/your-mp/meetings/{meeting}/agenda", **KEPT, methods=GET),
    Door("agendas.draft", "/your-mp/meetings/{meeting}/agenda/draft", **PLANNED, methods=POST),
    Door("agendas.new", "/your-mp/meetings/{meeting}/agenda/new", **PLANNED),
    Door("agendas.word", "/your-mp/meetings/agenda/{agenda_item}", **PLANNED),
    Door("agendas.move", "/your-mp/meetings/agenda/{agenda_item}/up", **PLANNED, methods=POST),
    Door("agendas.move", "/your-mp/meetings/agenda/{agenda_item}/gibberish", NOBODY, LEADS, methods=POST),
]
