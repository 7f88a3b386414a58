"""Safe contact: of every combination of what can be said exactly the ways that are safe, and never an address first."""

from itertools import chain, combinations, product
from typing import Any

import pytest
from flask import Flask

from referrals.correspondence import safety
from referrals.correspondence.letters import Channel
from referrals.directory import lists
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed
from tests.correspondence.writing import change_advice, reachable, send, write

WAYS = [item.code for item in lists.items("contact_channels")]
SETS = list(chain.from_iterable(combinations(WAYS, number) for number in range(len(WAYS) + 1)))


def must_be_safe(channel: Channel, advice: dict[str, Any]) -> bool:
    """What the words of the people say, apart from the code."""
    if advice["through"] == "volunteer":
        return False
    said = set(advice["channels"])
    return {
        Channel.POST: "letter" in said,
        Channel.EMAIL: "email" in said,
        Channel.HANDED_OVER: bool(said & {"in_person", "letter"}),
    }[channel]


def test_every_combination_of_what_can_be_said(app: Flask) -> None:
    referral = reachable()
    assert referral.resident is not None
    number = 0
    with db.session.no_autoflush:
        for through, channels, times, message_ok in product(
            ("resident", "volunteer"), SETS, (None, "After 6 pm"), (True, False)
        ):
            advice = {"through": through, "channels": list(channels), "times": times, "message_ok": message_ok}
            referral.resident.safe_contact = advice
            for channel in safety.TO_RESIDENT:
                fault = safety.fault_of(referral, channel)
                assert (fault is None) == must_be_safe(channel, advice), (channel, advice, fault)
                number += 1
    db.session.rollback()
    assert number == 2 * 2**5 * 2 * 2 * 3


@pytest.mark.parametrize("nothing", [None, {}], ids=["none", "empty"])
def test_where_nothing_was_said_nothing_is_safe(app: Flask, nothing: dict[str, Any] | None) -> None:
    referral = reachable(safe=nothing)
    assert {safety.fault_of(referral, channel) for channel in safety.TO_RESIDENT} == {safety.NOTHING_SAID}


def test_what_is_safe_needs_somewhere_to_go(app: Flask) -> None:
    referral = reachable()
    assert referral.resident is not None
    with db.session.no_autoflush:
        referral.resident.address = referral.resident.email = None
        faults = [safety.fault_of(referral, channel) for channel in safety.TO_RESIDENT]
    db.session.rollback()
    assert faults == ["Their address is not known", "Their email address is not known", None]


@pytest.mark.parametrize("to", ["post", "email", "handed_over"])
@pytest.mark.parametrize(
    "safe",
    [
        {"through": "volunteer", "channels": ["email", "letter", "in_person"]},
        {"through": "resident", "channels": ["phone", "text_message"], "message_ok": True},
        None,
    ],
    ids=["through the volunteer", "calls only", "nothing said"],
)
def test_a_letter_that_is_not_safe_cannot_be_made(app: Flask, safe: dict[str, Any] | None, to: str) -> None:
    referral = reachable(safe=safe)
    with pytest.raises(NotAllowed):
        write(referral, "holding_resident", to)


def test_nor_sent_where_it_was_safe_when_it_was_made(app: Flask) -> None:
    referral = reachable()
    letter = write(referral, "holding_resident", "post")
    change_advice(referral, {"through": "volunteer", "channels": ["letter"]})
    with pytest.raises(NotAllowed, match="only through the volunteer"):
        send(letter)


def test_through_the_group_there_is_no_address(app: Flask) -> None:
    letter = write(reachable(safe={"through": "volunteer", "channels": []}), "holding_resident", "through-group")
    assert letter.recipient is not None
    assert letter.recipient["address"] == "By hand of Wormholt and White City Big Local"
    assert (letter.channel, letter.through_group) == ("handed_over", True)


def test_through_the_group_only_where_the_group_may_be_told(app: Flask) -> None:
    with pytest.raises(NotAllowed, match="has not agreed that the group sees letters"):
        write(reachable(told="status"), "holding_resident", "through-group")
