"""Stories of who gets what: the postcode chooses the office, and nobody else ever meets the referral."""

import pytest

from tests import people
from tests.journeys.steps import Story
from tests.people import CASEWORKER, OTHER_CASEWORKER, OTHER_LEAD, OTHER_MANAGER, VOLUNTEER, Someone

STRANGERS = (OTHER_CASEWORKER, OTHER_MANAGER, OTHER_LEAD)


@pytest.mark.parametrize(
    ("postcode", "own", "foreign"),
    [
        (people.WHITE_CITY_POSTCODE, CASEWORKER, OTHER_CASEWORKER),
        (people.WORMHOLT_POSTCODE, OTHER_CASEWORKER, CASEWORKER),
    ],
    ids=["White City", "Wormholt"],
)
def test_two_halves_of_one_area_go_to_two_offices(story: Story, postcode: str, own: Someone, foreign: Someone) -> None:
    story.sends(person={"postcode": postcode})
    assert story.reference in story.visit(own).get("/queue?tab=team").text
    assert own.place.name in story.reads(VOLUNTEER)
    story.finds_nothing(foreign)


def test_a_foreign_office_finds_nothing_all_along(story: Story) -> None:
    story.sends()
    for person, transition in (
        (CASEWORKER, "accept"),
        (CASEWORKER, "request-information"),
        (VOLUNTEER, "provide-information"),
        (CASEWORKER, "record-outcome"),
        (VOLUNTEER, "confirm-outcome"),
        (CASEWORKER, "reopen"),
    ):
        story.does(person, transition)
        for stranger in STRANGERS[:2]:
            story.finds_nothing(stranger)
    assert story.visit(OTHER_LEAD).get(story.path).status_code == 404
