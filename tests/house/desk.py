"""Somebody before one form, who sends it whatever comes to mind, and what must be true of every answer."""

from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse

from tests import markup
from tests.house.endpoints import DOORS, Door
from tests.house.forms import Shown, main_form, shown_in
from tests.house.scene import Set
from tests.people import Someone
from tests.plugins.visitors import Visitor


def sender_of(door: Door) -> Someone | None:
    """Who sends this form: the first, always the same, of those who may."""
    return min(door.may, key=lambda one: one.name, default=None)


def different_forms() -> list[Door]:
    """Every form that somebody may send, each once: the same one of another referral or place adds nothing."""
    found = {}
    for door in DOORS:
        if "POST" in door.methods and (door.may or door.public):
            found.setdefault((door.endpoint, door.address.rpartition("/")[2]), door)
    return list(found.values())


FORMS = different_forms()
# Of the forms that are made in the same way, such as those of all transitions, one.
ONE_OF_EACH = list({door.endpoint: door for door in FORMS}.values())
# Their pages show no form in this world: nothing is to be handed over, nothing proves a result, the text of the service
# is in use, no answer waits for results, and of the MP no address is known. Every other page must show its form.
FORMLESS = frozenset(
    {
        "briefings.send",
        "briefs.results",
        "evidence.attach",
        "handovers.left",
        "handovers.person",
        "stationery.versions",
    }
)
# Bytes of a line that is no page.
SHORT = 60


class Desk:
    """One person before one form, put back to the beginning when something was carried out that cannot be repeated."""

    def __init__(self, world: Set, door: Door) -> None:
        self.world, self.door, self.who = world, door, sender_of(door)
        self.path = world.scene.path(door.address, self.who)
        self.begin()

    def begin(self) -> None:
        """Bring the world back, sign in, and open the form."""
        self.world.restore()
        self.visitor = Visitor(self.world.stage.app, self.who)
        shows = "GET" in self.door.methods and self.door.endpoint not in FORMLESS
        assert self.open() is shows, f"{self.door}: whether its page shows a form is not as said in FORMLESS"

    def open(self) -> bool:
        """Open the form, and say whether it was there."""
        page = self.visitor.client.get(self.path) if "GET" in self.door.methods else None
        self.form = main_form(page) if page is not None and page.status_code == 200 else Shown()
        self.token = self.visitor.token()
        sent = {name: text.format(**self.world.scene.names) for name, text in self.door.data.items()}
        there = bool(self.form.hidden)
        self.form.hidden |= sent | {"csrf_token": self.token}
        return there

    def send(self, data: Any, **how: Any) -> TestResponse:
        """Send something to the form's address."""
        answer = self.visitor.client.post(self.path, data=data, **how)
        # Carried out: where it cannot be done once more, everything begins again.
        if answer.status_code // 100 == 3 and not self.open():
            self.begin()
        return answer


def faults(answer: TestResponse, *, page: markup.Page | None = None) -> Iterator[str]:
    """What is wrong with an answer to bad input; where its page was parsed, with the page too."""
    if answer.status_code >= 500:
        yield f"a fault: {answer.status_code}"
    if answer.status_code // 100 == 3 or not answer.data:
        return
    if answer.mimetype == "text/plain" and len(answer.data) < SHORT:
        # A line that our own script shows beside what somebody is typing.
        return
    if answer.mimetype != "text/html":
        # A file that was asked for may come back from a form; anything else is a page.
        if answer.status_code != 200 or "attachment" not in answer.headers.get("Content-Disposition", ""):
            yield f"not a page: {answer.mimetype}"
        return
    refused = "govuk-error-message" in answer.text or "govuk-error-summary" in answer.text
    if answer.status_code in {200, 422} and refused and "<title>Error: " not in answer.text:
        yield "the title does not say that there is an error"
    yield from page.faults if page else ()


def lost_texts(form: Shown, page: markup.Page, value: str) -> Iterator[str]:
    """The text fields of a form that do not hold any more what was typed; of a day or a sum the beginning is enough.

    A page that made one text of them all, such as a letter, holds it as often as it was typed.
    """
    held, names = shown_in(page.all("form")).texts, list(filter(form.is_up, form.texts))
    together = sum("".join(text.split()).count("".join(value.split())) for text in held.values())
    if not held.keys() & set(names) and together >= len(names):
        return
    for name in names:
        kept, sent = ("".join(text.split()) for text in (held.get(name, ""), value))
        if kept != sent and not (len(kept) > 100 and sent.startswith(kept)):
            yield f"lost what was typed in {name}"
