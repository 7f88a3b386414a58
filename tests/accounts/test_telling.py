"""How mail comes to a person: at once, after quiet hours, once a day, or not; urgent things always at once."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.accounts.actions import choose_telling, send_digests
from referrals.accounts.models import Membership, Person
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.cli.jobs import JOBS
from referrals.cli.worker import Worker
from referrals.foundation.clock import LONDON, clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid
from referrals.notifications import queries, settings
from referrals.notifications.actions import queue, read_all
from referrals.notifications.messages import LimitNear, Message, NoteShared, PasswordChanged, Recipient
from referrals.notifications.models import OutboxMessage
from referrals.notifications.queries import Wish, waiting_since
from referrals.notifications.rendering import render
from referrals.notifications.settings import SmtpSecurity, Transport
from referrals.notifications.wishes import DAILY, NEVER
from tests.notifications.mail_server import Conversation, mail_server
from tests.notifications.test_actions import stored
from tests.people import CASEWORKER, LEAD, VOLUNTEER, Someone

pytestmark = pytest.mark.usefixtures("app")
REFERENCE, OTHER = "R-7K3F-92X", "R-2M4N-6PQ"
# A Wednesday evening.
EVENING = datetime(2026, 11, 25, 20, 30, tzinfo=LONDON)
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=LONDON)
NIGHTS = Wish(quiet_from=19, quiet_until=8)
DIGEST = Wish(DAILY, digest_hour=8)


@pytest.fixture(autouse=True)
def usual(app: Flask) -> Iterator[None]:
    """An evening, and the mail settings as they were."""
    before = settings.current()
    with clock_at(EVENING):
        yield
    settings.configure(before)


def choose(wish: Wish, who: Someone = VOLUNTEER) -> None:
    with transaction():
        choose_telling(wish, by=who.viewer)


def tell(message: type[Message] = NoteShared, who: Someone = VOLUNTEER, reference: str = REFERENCE) -> None:
    named = {} if message is PasswordChanged else {"reference": reference}
    with transaction():
        queue(message(path=f"/referrals/{reference}", **named), to=[Recipient(who.email, who.id, who.place.id)])


def kinds() -> list[str]:
    return [row.kind for row in stored()]


def unread(who: Someone = VOLUNTEER) -> int:
    return len(queries.notices(who.viewer)[0])


def digest() -> int:
    with transaction():
        return send_digests()


def words(row: OutboxMessage) -> str:
    letter = render(row.kind, json.loads(row.params or "{}"), settings.current())
    return f"{letter.subject}\n{letter.body}"


def test_mail_comes_at_once_to_who_chose_nothing() -> None:
    tell()
    (row,) = stored()
    assert (row.due_at, row.not_before) == (EVENING.astimezone(UTC), None)
    assert unread() == 1


def test_mail_waits_for_the_end_of_the_quiet_hours() -> None:
    choose(NIGHTS)
    tell()
    (row,) = stored()
    assert row.due_at == row.not_before == MORNING
    assert unread() == 1
    # It waits on purpose: nobody should be alarmed.
    assert waiting_since() is None
    with clock_at(MORNING - timedelta(seconds=1)):
        assert Worker(jobs=()).deliver() == 0
    with clock_at(MORNING + timedelta(minutes=10)):
        assert waiting_since() == MORNING
        assert Worker(jobs=()).deliver() == 1


@pytest.mark.parametrize("wish", [NIGHTS, DIGEST, Wish(NEVER), Wish(quiet_weekends=True)], ids=lambda wish: wish.way)
@pytest.mark.parametrize("message", [LimitNear, PasswordChanged])
def test_urgent_things_and_account_mail_come_at_once(wish: Wish, message: type[Message]) -> None:
    choose(wish)
    # On a Saturday night.
    with clock_at(EVENING + timedelta(days=3)):
        tell(message)
        (row,) = stored()
        assert row.due_at == EVENING + timedelta(days=3)
    assert unread() == (message is LimitNear)
    with clock_at(EVENING + timedelta(days=5)):
        assert digest() == 0


def test_who_wants_no_mail_finds_it_in_the_notices() -> None:
    choose(Wish(NEVER))
    tell()
    assert stored() == []
    assert unread() == 1
    with clock_at(MORNING):
        assert digest() == 0


def test_an_address_without_an_account_is_told_in_any_case() -> None:
    choose(Wish(NEVER))
    with transaction():
        queue(NoteShared(path="/referrals/x", reference=REFERENCE), to=[Recipient("desk@office.example")])
    assert kinds() == ["NoteShared"]


def test_a_digest_is_one_mail_with_what_is_unread() -> None:
    choose(DIGEST)
    tell()
    tell()
    tell(reference=OTHER)
    assert stored() == []
    with clock_at(MORNING - timedelta(minutes=1)):
        assert digest() == 0
    with clock_at(MORNING):
        assert digest() == 1
        assert digest() == 0
    (row,) = stored()
    text = words(row)
    assert row.kind == "Digest"
    assert "Your daily summary: 3 unread notices" in text
    assert f"{REFERENCE}: 2\nhttp://localhost/referrals/{REFERENCE}" in text
    assert f"{OTHER}: 1" in text
    assert "http://localhost/notices" in text
    # The next has only what is new.
    with clock_at(MORNING + timedelta(hours=3)):
        tell(reference=OTHER)
        assert digest() == 0
    with clock_at(MORNING + timedelta(days=1)):
        assert digest() == 1
    assert "1 unread notice\n" in words(stored()[-1])


def test_what_comes_in_after_a_morning_without_a_digest_waits_for_the_next() -> None:
    choose(DIGEST)
    with clock_at(MORNING + timedelta(hours=2)):
        assert digest() == 0
        tell()
        assert digest() == 0
    with clock_at(MORNING + timedelta(hours=15)):
        assert digest() == 0
    with clock_at(MORNING + timedelta(days=1)):
        assert digest() == 1


def test_of_many_referrals_a_digest_counts_the_rest() -> None:
    choose(DIGEST)
    for number in range(25):
        tell(reference=f"R-AAAA-{number:03}")
    with clock_at(MORNING):
        assert digest() == 1
    assert "And 5 more." in words(stored()[0])


def test_what_was_read_needs_no_mail() -> None:
    choose(DIGEST)
    tell()
    with transaction():
        read_all(queries.notices(VOLUNTEER.viewer)[0][0].id, by=VOLUNTEER.viewer)
    with clock_at(MORNING):
        assert digest() == 0
    assert stored() == []


def test_a_digest_waits_for_the_end_of_a_quiet_weekend() -> None:
    choose(replace(DIGEST, quiet_weekends=True))
    with clock_at(EVENING + timedelta(days=2)):
        tell()
    for days in (2, 3):
        with clock_at(MORNING + timedelta(days=days)):
            assert digest() == 0
    with clock_at(MORNING + timedelta(days=4)):
        assert digest() == 1


@pytest.mark.parametrize("night", [datetime(2026, 3, 28, 12, tzinfo=LONDON), datetime(2026, 10, 24, 12, tzinfo=LONDON)])
def test_a_digest_comes_at_its_hour_when_the_clocks_change(night: datetime) -> None:
    with clock_at(night):
        choose(replace(DIGEST, digest_hour=1))
        tell()
    # Wall clocks: one in the morning, which is two where the hour is left out.
    hour = datetime(night.year, night.month, night.day + 1, 1, tzinfo=LONDON).astimezone(UTC)
    with clock_at(hour - timedelta(seconds=1)):
        assert digest() == 0
    with clock_at(hour):
        assert digest() == 1
    with clock_at(hour + timedelta(hours=1)):
        tell()
        assert digest() == 0


def test_who_changes_back_to_mail_at_once_loses_nothing() -> None:
    choose(DIGEST)
    tell()
    choose(NIGHTS)
    assert kinds() == ["Digest"]
    with clock_at(MORNING):
        assert digest() == 0


def test_a_digest_chosen_late_in_the_day_begins_tomorrow() -> None:
    choose(DIGEST)
    tell()
    assert digest() == 0
    with clock_at(MORNING):
        assert digest() == 1


def test_who_has_left_or_is_disabled_gets_none() -> None:
    for who in (VOLUNTEER, LEAD, CASEWORKER):
        choose(DIGEST, who)
        tell(who=who)
    with transaction() as session:
        session.get_one(Person, LEAD.id).disabled_at = EVENING
        record("person.disabled", by=LEAD.viewer, subject=("person", LEAD.id))
        session.get_one(Membership, VOLUNTEER.membership_id).ended_at = EVENING
        record("person.left", by=LEAD.viewer, subject=("person", VOLUNTEER.id))
    with clock_at(MORNING):
        assert digest() == 1
    assert [row.to_address for row in stored()] == [CASEWORKER.email]


def test_two_workers_at_once_make_one_digest(app: Flask) -> None:
    choose(DIGEST)
    tell()
    start = Barrier(4)

    def work(_: int) -> int:
        with app.app_context():
            start.wait()
            try:
                return digest()
            finally:
                db.session.remove()

    with clock_at(MORNING), ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    (row,) = stored()
    # The name of the mail is that of the day: made again, it would be the same mail.
    assert row.message_id.startswith("<")


def test_a_digest_that_is_undone_is_made_again_under_the_same_name() -> None:
    choose(DIGEST)
    tell()
    with clock_at(MORNING):
        with transaction() as session:
            assert send_digests() == 1
            session.flush()
            (first,) = session.scalars(select(OutboxMessage.message_id))
            session.rollback()
        assert stored() == []
        assert digest() == 1
    assert [row.message_id for row in stored()] == [first]


def test_a_digest_arrives_by_a_real_mail_server() -> None:
    conversation = Conversation(to_content=["451 4.3.0 Try again later"])
    choose(DIGEST)
    tell()
    with mail_server(conversation) as port:
        server = {"transport": Transport.SMTP, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_timeout": 5.0}
        plain = {"smtp_security": SmtpSecurity.NONE, "sender": "Referrals <no-reply@referrals.example>"}
        settings.configure(replace(settings.current(), **server, **plain))
        with clock_at(MORNING):
            Worker(jobs=[job for job in JOBS if job.name == "send digests"]).round()
        with clock_at(MORNING + timedelta(minutes=5)):
            Worker(jobs=()).round()
    first, second = conversation.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert second["Subject"] == "Your daily summary: 1 unread notice"
    assert second["To"] == VOLUNTEER.email
    assert f"http://localhost/referrals/{REFERENCE}" in second.get_content().splitlines()
    assert [row.state for row in stored()] == ["sent"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish("sometimes"), "way"),
        (Wish(quiet_from=8), "quiet_until"),
        (Wish(quiet_until=8), "quiet_from"),
        (Wish(quiet_from=8, quiet_until=8), "quiet_until"),
        (Wish(quiet_from=24, quiet_until=8), "quiet_from"),
        (Wish(DAILY, digest_hour=-1), "digest_hour"),
        (Wish(DAILY, digest_hour=22, quiet_from=20, quiet_until=7), "digest_hour"),
    ],
)
def test_what_cannot_be_is_refused(wish: Wish, field: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        choose_telling(wish, by=VOLUNTEER.viewer)
    assert set(refused.value.errors) == {field}


def test_the_choice_is_recorded_without_the_hours() -> None:
    choose(NIGHTS)
    (event,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.telling_chosen"))
    assert event.facts == {"way": "at_once", "quiet": True, "quiet_weekends": False}
