"""The doors of briefs for an MP, and of what is known of an MP's skills, and who may go through."""

from tests import people
from tests.house.doors import (
    ADMINISTRATORS,
    AUTHORS,
    COORDINATORS,
    GROUPS,
    LEAD,
    LEADS,
    MANAGERS,
    NOBODY,
    OFFICE,
    OFFICES,
    STRANGE_OFFICES,
    Door,
    People,
)

GET, POST = ("GET",), ("POST",)
READERS: People = GROUPS | OFFICES | COORDINATORS
WRITERS: People = LEADS | MANAGERS | COORDINATORS
OWN: People = AUTHORS | {people.SECOND_VOLUNTEER}
SENT = {"may": OWN | OFFICE, "hidden": READERS - OWN - OFFICE, "methods": GET}
DRAFT = {"may": LEAD, "hidden": WRITERS - LEAD}
RECEIVED = {"may": OFFICE, "hidden": STRANGE_OFFICES}

BRIEFS = [
    Door("briefs.index", "/briefs", READERS, methods=GET),
    # No pattern of the scene reaches the threshold.
    Door("briefs.new", "/briefs/new?issue=pension&body={hammersmith}&office={hammersmith}", NOBODY, WRITERS),
    Door("briefs.show", "/briefs/{sent_brief}", **SENT),
    Door("briefs.show", "/briefs/{draft_brief}", LEAD, READERS - LEAD, methods=GET),
    Door("briefs.fetch", "/briefs/{sent_brief}/file", **SENT),
    Door("briefs.meeting", "/briefs/{sent_brief}/meeting.ics", **SENT),
    Door("briefs.fetch", "/briefs/{draft_brief}/file", LEAD, READERS - LEAD, methods=GET),
    Door("briefs.edit", "/briefs/{draft_brief}/edit", **DRAFT),
    # What was sent is not written in any more, by nobody.
    Door("briefs.edit", "/briefs/{sent_brief}/edit", NOBODY, LEAD | (WRITERS - LEAD - OFFICE)),
    Door("briefs.approve", "/briefs/{draft_brief}/approve", **DRAFT),
    Door("briefs.ask", "/briefs/{draft_brief}/ask", **DRAFT, methods=POST),
    Door("briefs.send", "/briefs/{draft_brief}/send", **DRAFT, methods=POST),
    Door("briefs.discard", "/briefs/{draft_brief}/discard", **DRAFT),
    Door("briefs.answer", "/briefs/{sent_brief}/answer", **RECEIVED),
    Door("briefs.results", "/briefs/{sent_brief}/results", **RECEIVED),
    Door("skills.new", "/organisations/{hammersmith}/skills/new", ADMINISTRATORS),
    Door("skills.new", "/organisations/{white_city}/skills/new", NOBODY, ADMINISTRATORS),
    Door("skills.remove", "/organisations/{hammersmith}/skills/{skill}/remove", ADMINISTRATORS),
    Door("skills.remove", "/organisations/{ealing}/skills/{skill}/remove", NOBODY, ADMINISTRATORS),
]
