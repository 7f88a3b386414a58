"""The doors of quarterly briefings, letters to an MP and guides, and who may go through."""

from tests.house.brief_doors import OWN, READERS, WRITERS
from tests.house.doors import GROUPS, LEAD, LEADS, MANAGER, NOBODY, OFFICE, OFFICES, Door

GET, POST = ("GET",), ("POST",)
SENT = {"may": OWN | OFFICE, "hidden": READERS - OWN - OFFICE, "methods": GET}
DRAFT = {"may": LEAD, "hidden": WRITERS - LEAD}

BRIEFINGS = [
    Door("guides.index", "/guides", public=True, methods=GET),
    Door("guides.show", "/guides/contacting-your-mp", public=True, methods=GET),
    Door("mp_letters.index", "/your-mp/letters", GROUPS, methods=GET),
    Door("mp_letters.new", "/your-mp/letters/ask", GROUPS),
    Door("mp_letters.new", "/your-mp/letters/gibberish", NOBODY, GROUPS),
    Door("mp_letters.use", "/your-mp/letters/ask/{term}", OWN, GROUPS - OWN, methods=POST),
    Door("briefings.index", "/briefings", GROUPS | OFFICES, methods=GET),
    # Whoever writes no briefings has no MP to write to; to a lead of elsewhere this is none of theirs.
    Door("briefings.new", "/briefings/new/{term}", LEAD, LEADS - LEAD, methods=POST),
    Door("briefings.show", "/briefings/{sent_briefing}", **SENT),
    Door("briefings.fetch", "/briefings/{sent_briefing}/file", **SENT),
    Door("briefings.show", "/briefings/{draft_briefing}", LEAD, READERS - LEAD, methods=GET),
    Door("briefings.fetch", "/briefings/{draft_briefing}/file", LEAD, READERS - LEAD, methods=GET),
    Door("briefings.edit", "/briefings/{draft_briefing}/edit", **DRAFT),
    Door("briefings.approve", "/briefings/{draft_briefing}/approve", **DRAFT),
    Door("briefings.ask", "/briefings/{draft_briefing}/ask", **DRAFT, methods=POST),
    Door("briefings.send", "/briefings/{approved_briefing}/send", **DRAFT),
    Door("briefings.discard", "/briefings/{draft_briefing}/discard", **DRAFT),
    # What was sent is not written in any more, by nobody.
    Door("briefings.edit", "/briefings/{sent_briefing}/edit", NOBODY, WRITERS - MANAGER),
]
