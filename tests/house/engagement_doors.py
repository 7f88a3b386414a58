"""The doors of an area's work with its MP: to an MP's office there is none of it."""

from tests import people
from tests.house.doors import COORDINATORS, GROUPS, LEAD, LEADS, Door, People

GET, POST = ("GET",), ("POST",)
OWN: People = frozenset({people.VOLUNTEER, people.SECOND_VOLUNTEER, people.LEAD})
# Of the group whose log it is; to other groups there is no such thing.
KEPT = {"may": OWN, "hidden": GROUPS - OWN}
# Where they stand is for leads to say.
JUDGED = {"may": LEAD, "hidden": LEADS - LEAD}
# Whoever wrote it, and the leads.
TAKEN_OUT = {"may": frozenset({people.LEAD}), "hidden": GROUPS - OWN}
CORA: People = frozenset({people.COORDINATOR})

ENGAGEMENT = [
    Door("contacts.index", "/your-mp", GROUPS, methods=GET),
    Door("contacts.new", "/your-mp/contacts/new", GROUPS),
    Door("contacts.new", "/your-mp/contacts/new?came_of={contact}", **KEPT),
    Door("contacts.show", "/your-mp/contacts/{contact}", **KEPT, methods=GET),
    Door("contacts.edit", "/your-mp/contacts/{contact}/edit", **KEPT),
    Door("contacts.remove", "/your-mp/contacts/{spare_contact}/remove", **TAKEN_OUT),
    Door("follow_ups.new", "/your-mp/contacts/{contact}/follow-ups/new", **KEPT),
    Door("follow_ups.change", "/your-mp/follow-ups/{follow_up}", **KEPT),
    Door("follow_ups.done", "/your-mp/follow-ups/{follow_up}/done", **KEPT, methods=POST),
    Door("follow_ups.drop", "/your-mp/follow-ups/{follow_up}/not-needed", **KEPT, methods=POST),
    Door("members.show", "/your-mp/mps/{term}", **KEPT, methods=GET),
    Door("members.interest", "/your-mp/mps/{term}/interests/new", **KEPT),
    Door("members.remove_interest", "/your-mp/interests/{interest}/remove", **KEPT, methods=POST),
    Door("members.stage", "/your-mp/mps/{term}/stage", **JUDGED),
    Door("members.stance", "/your-mp/mps/{term}/stance", **JUDGED),
    Door("known_people.new", "/your-mp/people/new", GROUPS),
    Door("known_people.new", "/your-mp/people/new?mp={term}", **KEPT),
    Door("known_people.show", "/your-mp/people/{known_person}", **KEPT, methods=GET),
    Door("known_people.edit", "/your-mp/people/{known_person}/edit", **KEPT),
    Door("known_people.detail", "/your-mp/people/{known_person}/details/new", **KEPT),
    Door("known_people.end_detail", "/your-mp/details/{detail}/end", **KEPT, methods=POST),
    Door("areas.index", "/areas", COORDINATORS, methods=GET),
    Door("areas.show", "/areas/{white_city}", CORA, COORDINATORS - CORA, methods=GET),
    Door("areas.show", "/areas/{hammersmith}", frozenset(), COORDINATORS, methods=GET),
]
