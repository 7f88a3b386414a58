"""Letters of the demonstration: written as a caseworker would, and an office whose manager has made some its own."""

from collections.abc import Mapping
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.casework import actions as casework
from referrals.casework import asking
from referrals.casework.models import Referral
from referrals.correspondence import actions, queries
from referrals.correspondence.letters import KINDS
from referrals.correspondence.merging import merge
from referrals.correspondence.senders import Sender
from referrals.foundation import clock

OWN: Final = "holding_group"
# What the office of the demonstration says in its own words.
OWN_WORDS: Final = """Dear neighbours at ((group name)),

Referral ((reference)) is with us and moves on. You have not been forgotten.

Next we do this: ((next action)). We have set ourselves ((next action on)) for it.

If anything changes at your end, a line on the referral’s page is enough. ((caseworker name)) reads it the same day.

With our best wishes,

((caseworker name))
Office of ((MP name)), ((constituency))"""


def write_letter(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    """Make a letter with its fields filled in; `sent` says how it goes on the same day, without it it waits.

    `agreed` says how the resident agreed to the body being written to.
    """
    kind = KINDS[step["kind"]]
    to = queries.addressee(kind, step["to"], referral, by)
    if "agreed" in step and to.agency is not None:
        about: dict[str, Any] = {
            "kind": asking.AGENCY,
            "agency_id": to.agency.id,
            "given_by": "resident",
            "given_on": clock.today(),
        }
        casework.record_consent(referral, casework.Agreement(method=step["agreed"], **about), by=by)
    text = queries.text_in_use(kind, by)
    name, address = queries.first_address(referral, to, by) if to.is_typed else ("", "")
    writing = actions.Writing(
        words=merge(text.words, kind, queries.facts_for(referral, kind, to, by)).text,
        text_version=text.made_from,
        name=step.get("name", name),
        address=step.get("address", address),
        reference=(referral.agency_reference or "") if to.agency else "",
    )
    letter = actions.make_letter(referral, kind, to, writing, by=by, version=None)
    if "sent" in step:
        actions.mark_sent(letter, step["sent"], clock.today(), by=by)


def furnish(manager: Viewer) -> None:
    """Give the office of this manager a letterhead and one text of its own."""
    sender = queries.sender_of(manager)
    head = Sender(
        member=sender.member,
        office=sender.office,
        address="Askew Studios, 4 Example Yard\nLondon W12 0AA",
        phone="020 7946 0118",
        email="office@ashdown.example",
        web="ashdown.example",
    )
    actions.save_letterhead(head, version=0, by=manager)
    actions.save_text(KINDS[OWN], OWN_WORDS, version=0, by=manager)
