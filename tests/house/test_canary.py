"""Canary words planted in a referral and all around it come out in no mail, no notice and no calendar.

Every message of the catalogue is told by the real verb, so that a new one is looked at without a line here.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from referrals.accounts.actions import choose_telling, make_calendar_link, send_digests
from referrals.accounts.models import Person
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework import actions
from referrals.casework.actions.telling import ask_leads, tell
from referrals.casework.models import Referral
from referrals.casework.workflow import OPEN_WITH_OFFICE, Audience
from referrals.cli.worker import Worker
from referrals.directory.lists import load_lists
from referrals.directory.models import Agency, Organisation
from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.notifications import settings
from referrals.notifications.actions import queue
from referrals.notifications.messages import Haste, Message, Recipient, ReferralMessage
from referrals.notifications.models import Notice, OutboxMessage
from referrals.notifications.queries import Wish
from referrals.notifications.wishes import DAILY
from tests import people
from tests.casework import cases
from tests.house.searching import Needles
from tests.people import CASEWORKER, LEAD, VOLUNTEER, Someone
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
# What lists may show to who may see the referral, and nothing else may.
SUMMARY = "Sentinel of the quarry"
RESIDENT = {
    "name": "Ottoline Quarrington",
    "phone": "07700 900987",
    "email": "ottoline@quarrington.example",
    "address": "17 Canary Gardens",
    "household": "Two budgerigars",
}
STORY = {
    "story": "Her chandelier fell on the piano",
    "wanted": "A locksmith on Thursday",
    "tried": "Rang the lighthouse keeper",
    "helpers": "The choir of Pontefract",
    "agency_reference": "ZX81-SPECTRUM",
    "next_action": "Write to the bellringers",
    "urgency_note": "The ferry leaves at noon",
}
PLACES = {
    "agency": "Board of Lanterns",
    "office": "Office of Peregrine Hollowell",
    "group": "Society of Weathercocks",
    "person": "Clementine Ashgrove",
}
# The category and the type of the referrals, as their lists call them.
KINDS = ("Welfare", "disability benefit", "welfare", "disability_benefit")
WORDS = [*RESIDENT.values(), *STORY.values(), *PLACES.values(), *KINDS]
NAMELESS = Needles(WORDS)
SPEECHLESS = Needles([*WORDS, SUMMARY])
TOLD = sorted(name for name, kind in Message.kinds.items() if issubclass(kind, ReferralMessage))
OTHERS = sorted(set(Message.kinds) - set(TOLD))


def plant(state: str = "in_progress") -> Referral:
    """A referral full of canaries, between a group and an office that are called so."""
    with transaction() as session:
        load_lists()
        agency = session.scalars(select(Agency)).first()
        assert agency is not None
        agency.name = PLACES["agency"]
        for place, name in ((people.HAMMERSMITH, PLACES["office"]), (people.WHITE_CITY, PLACES["group"])):
            session.get_one(Organisation, place.id).name = name
        everybody = [person.id for person in people.EVERYBODY]
        naming = update(Person).where(Person.id.in_(everybody)).values(name=PLACES["person"])
        session.execute(naming.execution_options(audit_subjects=everybody, synchronize_session=False))
        for person_id in everybody:
            record("person.renamed", by=SERVICE, subject=("person", person_id))
        agency_id = agency.id
    referral = cases.make_referral(state, agency_id=agency_id)
    with transaction():
        referral.summary = SUMMARY
        for name, words in STORY.items():
            setattr(referral, name, words)
        for name, words in RESIDENT.items():
            setattr(referral.resident, name, words)
        record("referral.draft_saved", by=SERVICE, subject=("referral", referral.id))
    return referral


def mails() -> list[bytes]:
    """The mails that leave now, as they leave."""
    folder: Path = settings.current().folder
    before = set(folder.glob("*.eml")) if folder.exists() else set()
    Worker(jobs=()).round()
    return [path.read_bytes() for path in set(folder.glob("*.eml")) - before]


def notices_shown(visitor: Visitor) -> bytes:
    """The list of notices as somebody reads it, without the frame that names them and their organisation."""
    page = visitor.get("/notices").text
    return page[page.index('id="main-content"') : page.index("</main>")].encode()


@pytest.mark.parametrize("kind", TOLD)
def test_no_mail_and_no_notice_names_anybody_or_anything(app: Flask, visit: Visit, kind: str) -> None:
    referral = plant()
    mails()
    with transaction():
        for audience in (Audience.GROUP, Audience.OFFICE):
            tell(referral, Message.kinds[kind], audience, by=SERVICE)  # type: ignore[arg-type]
    rows = db.session.execute(select(Notice.__table__).where(Notice.kind == kind)).all()
    assert len(rows) >= 2
    assert SPEECHLESS.found_in(repr(rows).encode()) == set()
    left = mails()
    assert len(left) >= 2
    for mail in left:
        assert str(referral.reference).encode() in mail
        assert SPEECHLESS.found_in(mail) == set()
    for who in (VOLUNTEER, CASEWORKER):
        shown = notices_shown(visit(who))
        assert SUMMARY.encode() in shown
        assert NAMELESS.found_in(shown) == set()


@pytest.mark.parametrize("kind", OTHERS)
def test_no_other_mail_does_either(app: Flask, visit: Visit, kind: str) -> None:
    referral = plant()
    mails()
    message = Message.kinds[kind]
    with transaction():
        if kind == "Digest":
            choose_telling(Wish(DAILY, digest_hour=clock.now().astimezone(clock.LONDON).hour), by=LEAD.viewer)
            queue(Message.kinds["NoteShared"](path="/x", reference=referral.reference), to=[told(LEAD)])  # type: ignore[call-arg]
        elif message.haste is Haste.ACCOUNT:
            queue(message(path="/join/token"), to=[told(LEAD)])
        else:
            ask_leads(referral, by=VOLUNTEER.viewer)
    with clock_at(clock.now() + cases.timedelta(days=1, hours=1)):
        with transaction():
            send_digests()
        (mail,) = mails()
    assert SPEECHLESS.found_in(mail) == set()
    assert NAMELESS.found_in(notices_shown(visit(LEAD))) == set()


def told(who: Someone) -> Recipient:
    return Recipient(who.email, who.id, who.place.id)


@pytest.mark.parametrize("state", OPEN_WITH_OFFICE)
@pytest.mark.parametrize("who", [VOLUNTEER, CASEWORKER], ids=lambda who: who.role.value)
def test_no_calendar_does(app: Flask, state: str, who: Someone) -> None:
    referral = plant(state)
    with transaction():
        kind = "benefit_decision"
        actions.record_date(referral, kind, clock.today(), words="The bellringers again", by=CASEWORKER.viewer)
        # So that it is on the calendar of the caseworker whoever has it.
        covers = "all" if who is CASEWORKER else "mine"
        token = make_calendar_link(covers, by=who.viewer)
    found = app.test_client().get(f"/calendar/{token}.ics").data.replace(b"\r\n ", b"")
    assert found.count(b"BEGIN:VEVENT") >= 2
    assert found.count(str(referral.reference).encode()) >= 4
    assert Needles([*WORDS, SUMMARY, "bellringers", "benefit", "mandatory"]).found_in(found) == set()


def test_a_canary_that_flew_would_be_seen(app: Flask, visit: Visit) -> None:
    plant()
    page = visit(CASEWORKER).get(f"/referrals/{db.session.scalar(select(Referral.reference))}").data
    assert {RESIDENT["name"], STORY["story"], PLACES["agency"], PLACES["group"]} <= NAMELESS.found_in(page)
    assert db.session.scalars(select(OutboxMessage)).first() is not None
