"""The doors of an area's small grants and of its publicity, after those of its log: to an MP's office there is none."""

from tests import people
from tests.house.doors import COORDINATORS, GROUPS, LEAD, LEADS, NOBODY, Door, People
from tests.house.engagement_doors import CORA, GET, KEPT, OWN, TAKEN_OUT
from tests.house.engagement_doors import ENGAGEMENT as LOG
from tests.house.knowledge_doors import KNOWLEDGE
from tests.house.meeting_doors import MEETINGS

READERS: People = GROUPS | COORDINATORS
# Read by the group and by the coordinators of its programme; kept by its lead.
READ = {"may": OWN | CORA, "hidden": READERS - OWN - CORA}
LED = {"may": LEAD, "hidden": frozenset({people.OTHER_LEAD})}

ENGAGEMENT = [
    *LOG,
    *MEETINGS,
    *KNOWLEDGE,
    Door("grants.index", "/grants", READERS, methods=GET),
    Door("grants.new", "/grants/rounds/new", LEADS),
    Door("grants.numbers", "/grants/numbers", LEADS),
    Door("grants.show", "/grants/rounds/{grant_round}", **READ, methods=GET),
    Door("grants.edit", "/grants/rounds/{grant_round}/edit", **LED),
    Door("grants.award", "/grants/rounds/{grant_round}/awards/new", **LED),
    Door("grants.change", "/grants/awards/{award}/edit", **LED),
    Door("grants.withdraw", "/grants/awards/{other_award}/withdraw", **LED),
    Door("grants.fetch", "/grants/rounds/{grant_round}/file/json", **READ, methods=GET),
    Door("grants.fetch", "/grants/rounds/{grant_round}/file/gibberish", NOBODY, READERS, methods=GET),
    Door("grants.fetch_all", "/grants/file/csv", **LED, methods=GET),
    Door("publicity.index", "/publicity", GROUPS, methods=GET),
    Door("publicity.new", "/publicity/new", GROUPS),
    Door("publicity.new", "/publicity/new?came_of={contact}", **KEPT),
    Door("publicity.show", "/publicity/{publicity}", **KEPT, methods=GET),
    Door("publicity.edit", "/publicity/{publicity}/edit", **KEPT),
    Door("publicity.remove", "/publicity/{spare_publicity}/remove", **TAKEN_OUT),
    Door("publicity.share", "/publicity/{publicity}/share", **KEPT, methods=GET),
    Door("publicity.share", "/publicity/{publicity}/share?use=gibberish", NOBODY, GROUPS, methods=GET),
    Door("publicity.pack", "/publicity/{publicity}/share/pack", **KEPT, methods=GET),
    Door("pieces.new", "/publicity/{publicity}/add/quote", **KEPT),
    Door("pieces.new", "/publicity/{publicity}/add/gibberish", NOBODY, GROUPS),
    Door("pieces.permit", "/publicity/pieces/{piece}/permission", **KEPT),
    Door("pieces.remove", "/publicity/pieces/{spare_piece}/remove", **KEPT),
    Door("pieces.change", "/publicity/permissions/{permission}/change", **KEPT),
    Door("pieces.take_back", "/publicity/permissions/{permission}/take-back", **KEPT),
]
