"""Where a draft goes: by postcode, to nobody, or to an office chosen by hand with a reason."""

from collections.abc import Callable

import pytest

from tests import people
from tests.people import VOLUNTEER
from tests.plugins.visitors import Visitor
from tests.web.intake import load, path_of, start, walk

BY_HAND = {"office": str(people.EALING.id), "routing": "moved_recently", "routing_note": "Moves on Friday"}


@pytest.fixture
def volunteer(visit: Callable[..., Visitor]) -> Visitor:
    load()
    return visit(VOLUNTEER)


def at_office(volunteer: Visitor, **person: str) -> str:
    """The page that says where it goes, for a person with this postcode."""
    draft = start(volunteer)
    where = path_of(volunteer.send(f"{draft}/person", {"name": "Ann Example", **person}))
    assert where == f"{draft}/office"
    return where


def test_the_postcode_names_the_mp_and_the_constituency(volunteer: Visitor) -> None:
    where = at_office(volunteer, postcode="W12 7QT")
    page = volunteer.get(where).text
    assert "This goes to the office of Rowan Ashdown MP" in page
    assert "Hammersmith and Chiswick" in page
    assert path_of(volunteer.send(where)).endswith("/contact")


def test_the_other_half_of_the_area_goes_to_the_other_office_without_a_word(volunteer: Visitor) -> None:
    page = volunteer.get(at_office(volunteer, postcode=people.WORMHOLT_POSTCODE)).text
    assert "This goes to the office of Priya Calder MP" in page
    assert "Warning" not in page


def test_a_postcode_whose_mp_does_not_use_the_service_says_what_to_do_instead(volunteer: Visitor) -> None:
    where = at_office(volunteer, postcode=people.LONELY_POSTCODE)
    page = volunteer.get(where).text
    assert "What you can do instead" in page
    assert "A Seat Without" in page
    assert volunteer.send(where).status_code == 422


def test_an_unknown_postcode_asks_to_check_it(volunteer: Visitor) -> None:
    page = volunteer.get(at_office(volunteer, postcode="ZZ9 9ZZ")).text
    assert "We do not know the postcode ZZ9 9ZZ" in page
    assert "Change the postcode" in page


def test_without_a_postcode_the_office_is_chosen_by_hand_with_a_reason(volunteer: Visitor) -> None:
    where = at_office(volunteer, postcode="", no_postcode="y")
    assert "There is no postcode to decide it" in volunteer.get(where).text
    assert volunteer.send(where, {"office": str(people.EALING.id)}).status_code == 422
    assert path_of(volunteer.send(where, BY_HAND)).endswith("/contact")
    assert "You chose <strong>Ealing Central and Acton</strong> by hand" in volunteer.get(where).text


def test_an_office_that_is_not_the_postcodes_is_warned_about_twice_and_still_possible(volunteer: Visitor) -> None:
    draft = walk(volunteer, office=BY_HAND)
    for page in (volunteer.get(f"{draft}/office").text, volunteer.get(f"{draft}/check").text):
        assert "Warning" in page
        assert "Hammersmith and Chiswick" in page
    assert "Moved recently" in volunteer.get(f"{draft}/check").text


def test_choosing_nothing_gives_the_choice_back_to_the_postcode(volunteer: Visitor) -> None:
    where = at_office(volunteer, postcode="W12 7QT")
    volunteer.send(where, BY_HAND)
    volunteer.send(where, {"office": "", "routing": "", "routing_note": ""})
    assert "This goes to the office of Rowan Ashdown MP" in volunteer.get(where).text


def test_another_postcode_later_asks_for_a_new_agreement(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    changed = volunteer.send(f"{draft}/person?change=1", {"postcode": people.WORMHOLT_POSTCODE})
    assert path_of(changed) == f"{draft}/consent"
    assert "the office of Priya Calder MP" in volunteer.get(changed.location).text
    assert path_of(volunteer.send(changed.location, {"agreed": "by_phone"})) == f"{draft}/check"
