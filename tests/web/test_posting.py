"""The same form sent many times, one after the other and all at once, is carried out once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from referrals.accounts import queries
from referrals.accounts.models import Invitation, Person
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from referrals.foundation.receipts import carry_out_once, receipt_for
from tests import people
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
KEY = "a-form-key-of-these-tests"


def names_tried(app: Flask) -> int:
    db.session.rollback()
    found = db.session.query(Invitation).count()
    db.session.rollback()
    return found


def test_ten_sendings_at_the_same_moment_make_one_change_and_all_go_to_the_same_place(app: Flask, visit: Visit) -> None:
    visitor = visit(people.LEAD)
    (*_, (_, form)) = forms_of(visitor.get(f"/people/invite/{people.WHITE_CITY.id}"))
    data = {**form, "name": "Nell New", "email": "nell@new.example", "role": "volunteer"}
    with visitor.client.session_transaction() as cookie:
        signed_in = dict(cookie)

    def send(_: int) -> tuple[int, str]:
        client = app.test_client()
        with client.session_transaction() as mine:
            mine.update(signed_in)
        answer = client.post(f"/people/invite/{people.WHITE_CITY.id}", data=data)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(send, range(10)))
    assert answers == {(303, "/people")}
    assert names_tried(app) == 1


def test_what_was_refused_leaves_no_receipt_so_that_the_mended_form_is_carried_out(app: Flask) -> None:
    def refuse() -> str:
        db.session.get_one(Person, people.LEAD.id).name = "Half done"
        raise Invalid({"name": "Enter a name"})

    with pytest.raises(Invalid):
        carry_out_once(KEY, people.LEAD.id, refuse)
    assert receipt_for(KEY, people.LEAD.id) is None
    assert queries.names_of([people.LEAD.id]) == {people.LEAD.id: people.LEAD.name}
    assert carry_out_once(KEY, people.LEAD.id, lambda: "/there") == "/there"


def test_the_key_of_one_person_is_nobody_elses(app: Flask) -> None:
    assert carry_out_once(KEY, people.LEAD.id, lambda: "/first") == "/first"
    assert carry_out_once(KEY, people.LEAD.id, lambda: "/second") == "/first"
    assert carry_out_once(KEY, people.VOLUNTEER.id, lambda: "/theirs") == "/theirs"


@pytest.mark.parametrize("key", ["", "short", "with spaces and more of it", "\0" * 20, "x" * 5000])
def test_a_form_without_a_usable_key_is_still_carried_out(visit: Visit, key: str) -> None:
    visitor = visit(people.LEAD)
    assert visitor.post("/account/name", {"name": "Lena Other", "form_key": key}).status_code == 303
    assert "Lena Other" in visitor.get("/account").get_data(as_text=True)
