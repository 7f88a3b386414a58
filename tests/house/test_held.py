"""Nothing retyped after signing in again: every form there is, sent after its session had ended, is carried through."""

import pytest

from referrals.accounts import actions
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.house.desk import FORMS, sender_of
from tests.house.endpoints import Door
from tests.house.forms import main_form
from tests.house.scene import Set
from tests.people import Someone
from tests.plugins.visitors import Visitor, forms_of

WORDS = 'She said "never" & <left>.'
# Files cannot be kept: this form says so, and asks for them again.
WITH_FILES = frozenset({"documents.add"})


def forms_of_people() -> list[Door]:
    """Every form with a page of its own that is sent by somebody signed in."""
    return [door for door in FORMS if {"GET", "POST"} <= set(door.methods) and door.may and not door.public]


def end_sessions_of(person: Someone) -> None:
    """As signing out everywhere does, or half an hour without a sign."""
    db.session.rollback()
    with transaction():
        actions.sign_out_everywhere(by=person.viewer)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("door", forms_of_people(), ids=str)
def test_what_was_typed_is_sent_after_signing_in_again(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        world.restore()
        who = sender_of(door)
        assert who is not None
        visitor, path = Visitor(world.stage.app, who), world.scene.path(door.address, who)
        form = main_form(visitor.client.get(path))
        typed = {**form.filled(WORDS, today()), "csrf_token": visitor.token()}
        end_sessions_of(who)
        turned_away = visitor.client.post(path, data=typed)
        if door.endpoint in WITH_FILES:
            assert turned_away.status_code == 303
            assert "choose them again" in visitor.get(turned_away.location).text
            return
        assert turned_away.status_code == 401
        assert "What you typed is kept" in turned_away.text
        assert WORDS not in turned_away.text
        offered = visitor.send(turned_away, {"email": who.email, "password": people.PASSWORD})
        assert "Continue where you were" in offered.text
        _, held = forms_of(offered)[-1]
        assert {name: held.get(name) for name in form.texts} == dict.fromkeys(form.texts, WORDS)
        sent = visitor.send(offered)
        assert sent.status_code not in {400, 401, 403, 404}
        assert "/sign-in" not in (sent.location or "")


def test_there_are_many_such_forms() -> None:
    assert len(forms_of_people()) > 60
    assert {door.endpoint for door in forms_of_people()} >= WITH_FILES
