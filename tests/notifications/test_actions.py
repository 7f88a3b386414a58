"""Queueing in the transaction of the change, and tending what could not be delivered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotFound
from referrals.foundation.ids import new_id
from referrals.notifications import queries
from referrals.notifications.actions import cancel, forget_delivered, queue, retry, retry_all
from referrals.notifications.messages import Invited, Recipient, ReferralAccepted
from referrals.notifications.models import OutboxMessage
from tests.people import LEAD, VOLUNTEER

pytestmark = pytest.mark.usefixtures("app")
TOKEN = "a-secret-token-in-a-link"


def queued(**values: object) -> OutboxMessage:
    """One saved message, with some columns set by hand."""
    before = {row.id for row in stored()}
    with transaction():
        queue(Invited(path=f"/join/{TOKEN}"), to=[Recipient(VOLUNTEER.email, VOLUNTEER.id)])
    (row,) = [row for row in stored() if row.id not in before]
    with transaction():
        for name, value in values.items():
            setattr(row, name, value)
    return row


def stored() -> list[OutboxMessage]:
    """Every message, as another reader finds it."""
    db.session.rollback()
    db.session.expunge_all()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_message_waits_in_the_outbox_for_each_address() -> None:
    to = [Recipient(LEAD.email, LEAD.id), Recipient(VOLUNTEER.email), Recipient(LEAD.email)]
    with transaction():
        queue(ReferralAccepted(path="/referrals/R-7K3F-92X", reference="R-7K3F-92X"), to=to)
    rows = sorted(stored(), key=lambda row: row.to_address)
    assert [(row.to_address, row.state, row.kind) for row in rows] == [
        (LEAD.email, "waiting", "ReferralAccepted"),
        (VOLUNTEER.email, "waiting", "ReferralAccepted"),
    ]
    assert rows[0].message_id != rows[1].message_id
    assert rows[0].message_id.startswith("<")
    assert rows[0].message_id.endswith("@localhost>")


def test_a_change_that_is_undone_sends_nothing() -> None:
    with transaction() as session:
        queue(Invited(path="/join/x"), to=[Recipient(LEAD.email)])
        session.rollback()
    assert stored() == []


def test_the_link_is_sealed() -> None:
    row = queued()
    assert row.params_sealed is not None
    assert TOKEN.encode() not in row.params_sealed
    assert row.params == f'{{"path":"/join/{TOKEN}"}}'


def test_a_dead_message_is_tried_again_from_the_start() -> None:
    row = queued(state="dead", attempts=8, last_error="SMTPDataError 550")
    with transaction():
        retry(row.id)
    (again,) = stored()
    assert (again.state, again.attempts, again.last_error) == ("waiting", 0, None)
    assert again.message_id == row.message_id


def test_all_dead_messages_are_tried_again() -> None:
    queued(state="dead")
    queued(state="dead")
    queued(state="sent")
    with transaction():
        assert retry_all() == 2
    assert sorted(row.state for row in stored()) == ["sent", "waiting", "waiting"]


@pytest.mark.parametrize("state", ["waiting", "leased", "sent", "cancelled"])
def test_only_a_dead_message_is_tried_again(state: str) -> None:
    row = queued(state=state)
    with pytest.raises(NotFound), transaction():
        retry(row.id)


def test_nothing_is_tried_again_that_is_not_there() -> None:
    with pytest.raises(NotFound), transaction():
        retry(new_id())


def test_a_cancelled_message_forgets_its_link() -> None:
    row = queued(state="dead")
    with transaction():
        cancel(row.id)
    (after,) = stored()
    assert (after.state, after.params_sealed) == ("cancelled", None)
    with pytest.raises(NotFound), transaction():
        cancel(row.id)


def test_what_was_delivered_long_ago_is_forgotten() -> None:
    queued(state="sent")
    queued(state="dead")
    with clock_at(clock.now() + timedelta(days=91)):
        queued(state="sent")
        with transaction():
            assert forget_delivered() == 1
    assert [row.state for row in stored()] == ["dead", "sent"]


def test_the_outbox_page_counts_and_lists() -> None:
    with clock_at(clock.now() - timedelta(hours=1)):
        first = queued(state="dead", last_error="SMTPDataError 550")
    second = queued()
    assert queries.counts() == {"dead": 1, "waiting": 1}
    assert [line.id for line in queries.messages()] == [second.id, first.id]
    (line,) = queries.messages("dead")
    assert (line.kind, line.to_address, line.last_error) == ("Invited", VOLUNTEER.email, "SMTPDataError 550")
    assert [line.id for line in queries.messages(before=second.id)] == [first.id]
