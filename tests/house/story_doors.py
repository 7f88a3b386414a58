"""The doors of case studies: before they are published for their two sides, and for everybody from then on."""

from tests.house.doors import AUTHORS, BOTH, GROUPS, LEAD, NOBODY, OFFICE, OFFICES, STRANGERS, VERA, Door, People

GET = ("GET",)
WRITE = GROUPS | OFFICES


def of_study(endpoint: str, rest: str, may: People = AUTHORS, refused: People = NOBODY, **more: object) -> Door:
    """A page of a case study; to everybody else who writes case studies there is none."""
    return Door(endpoint, f"/stories/{rest}", may, WRITE - may - refused, **more)  # type: ignore[arg-type]


STORIES = [
    Door("case_studies.index", "/case-studies", public=True, methods=GET),
    Door("case_studies.show", "/case-studies/{slug}", public=True, methods=GET),
    Door("case_studies.fetch", "/case-studies/{slug}/file/pdf", public=True, methods=GET),
    Door("stories.index", "/stories", WRITE, methods=GET),
    Door("stories.new", "/stories/new/{closed}", BOTH, STRANGERS),
    of_study("stories.show", "{draft_study}", methods=GET),
    of_study("stories.show", "{announced_study}", BOTH, methods=GET),
    of_study("stories.preview", "{draft_study}/preview", methods=GET),
    of_study("story_pages.section", "{draft_study}/write/situation"),
    of_study("story_pages.section", "{draft_study}/write/gibberish", NOBODY),
    of_study("story_pages.facts", "{draft_study}/facts"),
    of_study("story_pages.checks", "{draft_study}/checks"),
    of_study("story_pages.agreement", "{draft_study}/agreement"),
    of_study("kept.save", "{draft_study}/kept/write/situation", methods=("POST",)),
    of_study("kept.forget", "{draft_study}/forget/write/situation", methods=("POST",)),
    of_study("story_steps.new", "{draft_study}/submit"),
    of_study("story_steps.new", "{draft_study}/withdraw"),
    of_study("story_steps.new", "{draft_study}/gibberish", NOBODY),
    of_study("story_steps.new", "{waiting_study}/approve", LEAD, VERA),
    of_study("story_steps.new", "{waiting_study}/send-back", LEAD, VERA),
    of_study("story_steps.new", "{waiting_study}/take-back"),
    of_study("story_steps.new", "{announced_study}/publish", LEAD, VERA | OFFICE),
    of_study("story_steps.new", "{announced_study}/answer", OFFICE, AUTHORS),
]
