"""Two people before the same form of a referral: one wins, and the other sees both versions and keeps the text.

Every form of the table of doors is tried, so that a new one gives the same answer without a test of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from referrals.foundation.clock import today
from tests import people
from tests.house.desk import FORMS, sender_of
from tests.house.endpoints import OFFICE, Door
from tests.house.forms import Shown, main_form
from tests.house.scene import Set
from tests.people import Someone
from tests.plugins.visitors import Visitor

MINE, THEIRS = "My own words about it", "What the other one wrote"
# What adds something, or only leads on, and takes nobody's place: both are carried out.
ADDING = frozenset(
    {
        "deadlines.new",
        "enquiries.chase",
        "enquiries.new",
        "milestones.new",
        "notes.message",
        "notes.private",
        "writing.agree",
        "writing.letter",
        "writing.to",
    }
)
# What takes something away, and holds no words: the second is told that it is not there.
TAKING_AWAY = frozenset({"letters.discard", "links.remove"})
# Forms that ask for more than a stranger to them can fill in; their own tests have two people before them.
OWN_TESTS = frozenset({"any_news.answer", "evidence.attach", "letters.share", "links.new", "packs.new"})
WENT_AHEAD = ("Somebody else was first", "cannot be done now")


def forms_of_referrals() -> list[Door]:
    """Every form on a referral that two people may send."""
    return [
        door
        for door in FORMS
        if door.address.startswith("/referrals/{") and {"GET", "POST"} <= set(door.methods) and len(door.may) > 1
    ]


def another(door: Door, first: Someone) -> Someone:
    """Somebody else who may send it, of the same organisation where there is one."""
    others = sorted(door.may - {first}, key=lambda one: (one.place != first.place, one.name))
    return others[0]


@dataclass
class Seat:
    """One of the two, with the form open before them."""

    visitor: Visitor
    path: str
    form: Shown

    @classmethod
    def take(cls, world: Set, door: Door, who: Someone) -> "Seat":
        """Open the form."""
        visitor, path = Visitor(world.stage.app, who), world.scene.path(door.address, who)
        page = visitor.client.get(path)
        assert page.status_code == 200, path
        return cls(visitor, path, main_form(page))

    def send(self, words: str, days: int) -> TestResponse:
        """Fill everything in and send it."""
        data = self.form.filled(words, today() + timedelta(days=days)) | {"csrf_token": self.visitor.token()}
        # No sum of money, and a time of day where one is asked for.
        data |= {name: "" for name in data if name.startswith("money-")}
        data |= {"moment": "09:30"} if "moment" in data else {}
        # One that there is, and that is another than before.
        data |= {"postcode": people.WORMHOLT_POSTCODE} if "postcode" in data else {}
        # No other referral is the same as this one.
        data |= {"same_as": ""} if "same_as" in data else {}
        return self.visitor.client.post(self.path, data=data)


def both_send(world: Set, door: Door) -> tuple[TestResponse | None, bool]:
    """What the second is answered (None where the first could not send it at all), and whether they typed anything."""
    for days in (0, 1):
        world.restore()
        second_person = sender_of(door)
        assert second_person is not None
        second = Seat.take(world, door, second_person)
        first = Seat.take(world, door, another(door, second_person))
        if first.send(THEIRS, days).status_code == 303:
            return second.send(MINE, days), any(map(second.form.is_up, second.form.texts))
    return None, False


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("door", forms_of_referrals(), ids=str)
def test_one_wins_and_the_other_keeps_the_text(world: Set, door: Door) -> None:
    if door.endpoint in OWN_TESTS:
        return
    with world.stage.app.app_context():
        answer, typed = both_send(world, door)
        assert answer is not None, "nobody could send this form: teach the test, or name it in OWN_TESTS"
        if door.endpoint in ADDING:
            assert answer.status_code == 303
            return
        if door.endpoint in TAKING_AWAY:
            assert answer.status_code == 404
            assert not typed
            return
        assert answer.status_code == 409
        assert any(words in answer.text for words in WENT_AHEAD)
        assert MINE in answer.text or not typed


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("verb", ["change", "end"])
def test_what_was_written_about_a_deadline_that_is_gone_is_given_back(world: Set, verb: str) -> None:
    address = "/referrals/{in_progress}/dates/{date}"
    with world.stage.app.app_context():
        world.restore()
        door = Door("deadlines.change", f"{address}/mr_request/{verb}", OFFICE)
        second = Seat.take(world, door, people.CASEWORKER)
        first = Seat.take(world, Door("deadlines.withdraw", f"{address}/withdraw", OFFICE), people.MANAGER)
        assert first.send(THEIRS, 0).status_code == 303
        answer = second.send(MINE, 0)
        assert answer.status_code == 409
        assert MINE in answer.text
        assert "Somebody else was first" in answer.text


def test_there_are_many_such_forms() -> None:
    assert len(forms_of_referrals()) > 20
    named = {door.endpoint for door in forms_of_referrals()}
    assert named >= ADDING | TAKING_AWAY | OWN_TESTS
