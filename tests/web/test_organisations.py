"""The organisations pages of the administrator."""

from collections.abc import Callable

import pytest

from referrals.directory import queries
from referrals.directory.models import Organisation
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def only(kind: str) -> list[str]:
    db.session.rollback()
    return [organisation.name for organisation in queries.organisations(kind)]


def test_all_organisations_are_listed_with_how_many_people_they_have(visit: Visit) -> None:
    text = visit(people.ADMINISTRATOR).get("/organisations").get_data(as_text=True)
    assert all(place.name in text for place in people.PLACES)


def test_they_are_found_by_kind_and_by_a_part_of_the_name(visit: Visit) -> None:
    visitor = visit(people.ADMINISTRATOR)
    offices = visitor.get("/organisations?kind=office").get_data(as_text=True)
    assert people.HAMMERSMITH.name in offices
    assert people.WHITE_CITY.name not in offices
    found = visitor.get("/organisations?name=WHITE+city").get_data(as_text=True)
    assert people.WHITE_CITY.name in found
    assert people.THURCROFT.name not in found
    assert "Nothing of that name" in visitor.get("/organisations?name=zzz").get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "kind=%00", "name=%00%25_\\"]
)
def test_no_query_breaks_the_list(visit: Visit, query: str) -> None:
    assert visit(people.ADMINISTRATOR).get(f"/organisations?{query}").status_code == 200


def test_the_list_comes_in_pages(visit: Visit) -> None:
    for number in range(30):
        db.session.add(
            Organisation(kind="agency", code=f"made-{number}", name=f"Made {number:02}", created_at=people.LONG_AGO)
        )
    db.session.commit()
    visitor = visit(people.ADMINISTRATOR)
    first = visitor.get("/organisations?name=made").get_data(as_text=True)
    assert "Page 1 of 2" in first
    assert "Made 24" in first
    assert "Made 25" not in first
    assert "Made 29" in visitor.get("/organisations?name=made&page=2").get_data(as_text=True)


def test_a_group_is_added_with_who_answers_for_it_and_its_lead_invited(visit: Visit) -> None:
    visitor = visit(people.ADMINISTRATOR)
    data = {
        "name": "Arches Local",
        "programme_id": str(people.BIG_LOCAL.id),
        "constituency": str(people.id_of("E14001256")),
        "trusted_body_name": "A housing trust",
        "trusted_body_kind": "",
        "email": "",
        "phone": "",
    }
    answer = visitor.send("/organisations/new/group", data)
    assert answer.status_code == 303
    page = visitor.get(answer.location).get_data(as_text=True)
    for words in (
        "Arches Local",
        "Big Local",
        "A housing trust",
        "Hammersmith and Chiswick",
        "Invite the area lead first",
    ):
        assert words in page
    organisation = queries.organisation_by_code("arches-local")
    assert organisation is not None
    lead = {"name": "Lea Lead", "email": "lea@arches.example", "role": "lead"}
    invited = visitor.send(f"/people/invite/{organisation.id}", lead)
    assert invited.location == f"/organisations/{organisation.id}"
    assert db.session.query(OutboxMessage).one().kind == "Invited"
    assert "Lea Lead" in visitor.get(invited.location).get_data(as_text=True)


def test_a_programme_is_added_and_a_second_of_the_same_name_is_refused(visit: Visit) -> None:
    visitor = visit(people.ADMINISTRATOR)
    data = {"name": "Pride in Place", "begins_on-day": "1", "begins_on-month": "4", "begins_on-year": "2026"}
    assert visitor.send("/organisations/new/programme", data).status_code == 303
    assert "Pride in Place" in only("programme")
    again = visitor.send("/organisations/new/programme", data)
    assert again.status_code == 422
    assert 'href="#name"' in again.get_data(as_text=True)
    backwards = {**data, "name": "Other", "ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2020"}
    assert "after the beginning" in visitor.send("/organisations/new/programme", backwards).get_data(as_text=True)


def test_an_office_is_added_for_an_mp_without_one_and_every_mp_here_has_one(visit: Visit) -> None:
    page = visit(people.ADMINISTRATOR).get("/organisations/new/office").get_data(as_text=True)
    assert "Every MP in the directory has an office here" in page
    refused = visit(people.ADMINISTRATOR).send("/organisations/new/office", {"term_id": str(people.id_of("nothing"))})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "path", ["/organisations", "/organisations/new/group", f"/organisations/{people.WHITE_CITY.id}"]
)
@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER, people.COORDINATOR])
def test_nobody_else_tends_organisations(visit: Visit, person: people.Someone, path: str) -> None:
    assert visit(person).get(path).status_code == 403


def test_what_is_not_there_is_not_found(visit: Visit) -> None:
    assert visit(people.ADMINISTRATOR).get(f"/organisations/{people.id_of('nothing')}").status_code == 404
