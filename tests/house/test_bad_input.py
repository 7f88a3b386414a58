"""Whatever is typed into any field: a designed answer, never a fault, and nothing that was typed is lost."""

from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals.foundation.clock import today
from tests import markup, people
from tests.house.contents import events
from tests.house.desk import FORMS, ONE_OF_EACH, Desk, faults, lost_texts
from tests.house.endpoints import Door
from tests.house.scene import Set

VALUES: dict[str, str] = {
    "nothing": "",
    "spaces": " \t\n ",
    "a byte that ends texts": "before\0after",
    "a long text": "long words " * 9_000,
    "other scripts": "👩🏽‍🦽 مرحبا 漢字 Ω é",
    "markup": "<script>alert(1)</script> & \"quoted\" {{ 7 * 7 }} 'x' --",
    "lines": "first\r\nBcc: somebody@elsewhere.example\r\n\r\nsecond",
    "a negative number": "-5",
    "a huge number": "9" * 60,
    "no number": "NaN",
    "a number with a power": "1e999",
    "somebody else's id": str(people.OTHER_CASEWORKER.id),
    "an unknown code": "no_such_code",
    "marks that cannot be seen": "a\u0301\ufeff\u200b\u2028\ufffe \u202eright to left\u202c",
}
# What anybody may type in good faith: where it is refused, it must stand in its field again.
KEPT = frozenset({"other scripts", "markup"})
LONG = "a long text"
# What databases stumble over, each in its own way.
HARDEST = ("a byte that ends texts", "other scripts", "a huge number")
DAYS: dict[str, tuple[str, str, str]] = {
    "31 February": ("31", "2", "2026"),
    "the year 0": ("1", "1", "0"),
    "the year 9999": ("31", "12", "9999"),
    "the year 10000": ("1", "1", "10000"),
    "all zero": ("0", "0", "0"),
    "huge": ("9" * 30, "9" * 30, "9" * 30),
    "negative": ("-1", "-1", "-2026"),
    "words": ("first", "of", "May"),
    "half": ("1", "", ""),
    "digits that are none": ("²", "③", "੨੦੨੬"),
}
PLAIN = "A few plain words"
on_one_database = pytest.mark.only_on("sqlite")
every_form = pytest.mark.parametrize("door", FORMS, ids=str)


@on_one_database
@every_form
def test_odd_texts_in_all_fields_at_once(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong, seen = Desk(world, door), [], set()
        for number, (name, value) in enumerate(VALUES.items()):
            answer = desk.send(desk.form.filled(value, today() + timedelta(days=number % 2)))
            if answer.mimetype != "text/html":
                wrong += [f"{name}: {fault}" for fault in faults(answer)]
                continue
            kind = (answer.status_code, answer.text.count("govuk-error-message"))
            # Parsing takes its time: each kind of answer once, and not the longest.
            shown = answer.status_code // 100 != 3 and name != LONG and (kind not in seen or name in KEPT)
            page = markup.read(answer.text) if shown else None
            wrong += [f"{name}: {fault}" for fault in faults(answer, page=page)]
            if page and name in KEPT:
                wrong += [f"{name}: {lost}" for lost in lost_texts(desk.form, page, value)]
            if (
                name == LONG
                and any(map(desk.form.is_up, desk.form.texts))
                and answer.status_code in {200, 422}
                and value[:200] not in answer.text
            ):
                wrong.append(f"{name}: is lost")
            seen.add(kind)
    assert not wrong, "\n".join(wrong)


@on_one_database
@every_form
def test_one_field_left_out_or_odd_and_all_others_well(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong, odd = Desk(world, door), [], cycle(VALUES.items())
        for number, field in enumerate(desk.form.names()):
            kind, value = next(odd)
            ways = {"without": [], f"{kind} in": value, "two of": ["no_such_code", PLAIN]}
            for way, sent in ways.items():
                data = {**desk.form.filled(PLAIN, today() + timedelta(days=number % 2)), field: sent}
                wrong += [f"{way} {field}: {fault}" for fault in faults(desk.send(data))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("door", ONE_OF_EACH, ids=str)
def test_what_databases_stumble_over(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong = Desk(world, door), []
        for name in HARDEST:
            answers = [desk.send(desk.form.filled(VALUES[name], today()))]
            # And what a form carries along, which nobody sees and anybody can change.
            carried = dict.fromkeys(desk.form.hidden.keys() - {"csrf_token"}, VALUES[name])
            answers += [desk.send({**desk.form.filled(PLAIN, today()), **carried})] if carried else []
            wrong += [f"{name}: {fault}" for answer in answers for fault in faults(answer)]
    assert not wrong, "\n".join(wrong)


@on_one_database
@every_form
def test_days_that_cannot_be_are_refused(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong = Desk(world, door), []
        for kind, parts in DAYS.items() if desk.form.days else ():
            data = desk.form.filled(PLAIN, today())
            for name in desk.form.days:
                data |= dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), parts, strict=True))
            answer = desk.send(data)
            wrong += [f"{kind}: {fault}" for fault in faults(answer)]
            if answer.status_code // 100 == 3:
                wrong.append(f"{kind}: was taken for a day")
    assert not wrong, "\n".join(wrong)


def good_answers(desk: Desk, days: int) -> dict[str, Any]:
    """A form filled in as well as one can who does not know it."""
    known = {"email": "new.person@elsewhere.example", "phone": "020 7946 0123", "postcode": people.WHITE_CITY_POSTCODE}
    filled = desk.form.filled(PLAIN, today() + timedelta(days=days))
    return filled | {name: value for name, value in known.items() if name in desk.form.texts}


@on_one_database
@every_form
def test_choices_that_were_not_offered_are_refused(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong = Desk(world, door), []
        # Some forms ask for a day to come, others for one that is over.
        days = next((days for days in (0, 1) if desk.send(good_answers(desk, days)).status_code // 100 == 3), 0)
        for field in filter(desk.form.is_up, desk.form.choices):
            if desk.form.choices[field] == ["y"]:
                # A box to tick has no code: whatever it sends, it is ticked.
                continue
            # Real people and organisations, but strangers here.
            for value in ("no_such_code", str(people.OTHER_CASEWORKER.id), str(people.OTHER_PROGRAMME.id)):
                data = {**good_answers(desk, days), field: value}
                before = events()
                if desk.send(data).status_code // 100 == 3 and events() > before:
                    wrong.append(f"{field}: {value} was taken")
    assert not wrong, "\n".join(wrong)


# The forms through which words go furthest: into the search, into sealed columns, to the check of a password.
DEEP = [door for door in FORMS if door.endpoint in {"find.show", "notes.message", "sessions.sign_in", "joining.join"}]


@pytest.mark.parametrize("door", DEEP, ids=str)
def test_any_text_at_all(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk = Desk(world, door)

        @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
        def send(text: str) -> None:
            answer = desk.visitor.client.post(desk.path, data=desk.form.filled(text, today()))
            assert list(faults(answer)) == []

        send()
