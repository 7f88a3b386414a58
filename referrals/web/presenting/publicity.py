"""Publicity as pages show it: the register, one entry with what may be shown of it, and a pack ready to be shared."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.directory import lists
from referrals.engagement import permitting, sharing
from referrals.engagement import queries as log
from referrals.engagement.models import QUOTE, Publicity, PublicityPermission
from referrals.engagement.permitting import Standing
from referrals.engagement.policy import publicity as policy
from referrals.engagement.queries import Story
from referrals.engagement.queries import publicity as queries
from referrals.engagement.queries.publicity import Piece
from referrals.engagement.sharing import Pack
from referrals.foundation.clock import today
from referrals.foundation.errors import NotFound
from referrals.reporting.report import Column, Row, Table, Unit
from referrals.web.filters import day

STANDINGS: Final = {
    Standing.IN_FORCE: ("In force", "green"),
    Standing.NOT_YET: ("Not yet", "yellow"),
    Standing.ENDED: ("Run out", "orange"),
    Standing.WITHDRAWN: ("Taken back", "red"),
}


def lines_of(found: Sequence[Publicity]) -> list[dict[str, Any]]:
    """The register as a list shows it."""
    return [_facts(one) | {"href": url_for("publicity.show", publicity_id=one.id)} for one in found]


def came_of(story: Story, viewer: Viewer) -> list[dict[str, Any]]:
    """The publicity that came of the contacts of a story; one query."""
    return lines_of(queries.came_of([one.id for one in story.contacts], viewer))


def _facts(one: Publicity) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "kind": lists.label("publicity_kinds", one.kind),
        "channel": lists.label("publicity_channels", one.channel),
        "on": one.happened_on,
        "reach": one.reach,
        "counted": _counted(one),
    }


def _counted(one: Publicity) -> str:
    return _within(lists.label("publicity_reach", one.reach_way)) if one.reach_way else ""


def _within(label: str) -> str:
    """A label as it reads within a sentence."""
    return label[:1].lower() + label[1:]


def totals_of(numbers: Mapping[str, int]) -> Table:
    """How many entries there are of each kind, to be drawn and written."""
    kinds = [item for item in lists.items("publicity_kinds") if numbers.get(item.code)]
    return Table(
        key="by-kind",
        title="By kind",
        first="Kind",
        columns=(Column("Entries", Unit.ENTRIES),),
        rows=tuple(Row(item.label, (numbers[item.code],)) for item in kinds),
        total=Row("All kinds", (sum(numbers.values()),)),
        charted=(0,),
        note="How many each reached is not added up: views, copies and guesses are not the same thing.",
    )


def page_of(found: Publicity, viewer: Viewer) -> dict[str, Any]:
    """What the page of an entry reads; three queries at most."""
    return {
        "entry": _facts(found) | {"link": found.link, "words": found.words},
        "contact": _contact(found, viewer),
        "pieces": [_piece(one) for one in queries.pieces_of(found)],
        "may_take_out": policy.may_take_out(found, viewer),
    }


def _contact(found: Publicity, viewer: Viewer) -> dict[str, Any] | None:
    if found.contact_id is None:
        return None
    contact = log.contact(found.contact_id, viewer)
    label = lists.label("mp_channels", contact.channel)
    return {
        "href": url_for("contacts.show", contact_id=contact.id),
        "words": f"{label}, {day(contact.happened_on)}: {contact.subject}",
    }


def _piece(one: Piece) -> dict[str, Any]:
    return {
        "id": one.id,
        "is_quote": one.kind == QUOTE,
        "name": "Quote" if one.kind == QUOTE else "Picture",
        "whose": one.whose,
        "shown": one.shown,
        "permissions": [_permission(permission) for permission in one.permissions],
    }


def _permission(one: PublicityPermission) -> dict[str, Any]:
    standing = permitting.standing(one, today())
    words, tone = STANDINGS[standing]
    return {
        "id": one.id,
        "whose": one.whose,
        "words": words,
        "tone": tone,
        "uses": [_within(lists.label("permission_uses", code)) for code in one.uses],
        "way": lists.label("permission_ways", one.way),
        "given_on": one.given_on,
        "ends_on": one.ends_on,
        "withdrawn_at": one.withdrawn_at,
    }


def pack_for(found: Publicity, use: str) -> tuple[Pack, int]:
    """The pack of an entry for one use, and how many of its pieces may not be in it. Raises NotFound for no use."""
    if use not in lists.codes("permission_uses"):
        raise NotFound
    pieces = queries.pieces_of(found, use)
    shown = [one.shown for one in pieces if one.shown is not None]
    return sharing.pack_of(found, use, shown), len(pieces) - len(shown)


def sharing_page(found: Publicity, use: str) -> dict[str, Any]:
    """What the page of a pack reads."""
    pack, kept_back = pack_for(found, use)
    return {
        "pack": pack,
        "kept_back": kept_back,
        "quotes": [{"text": sharing.said(one), "whose": one.whose, "until": one.until} for one in pack.quotes],
        "pictures": [
            {"text": sharing.described(one), "link": one.link, "whose": one.whose, "until": one.until}
            for one in pack.pictures
        ],
        "uses": [
            {
                "label": item.label,
                "href": url_for("publicity.share", publicity_id=found.id, use=item.code),
                "active": item.code == use,
            }
            for item in lists.current("permission_uses")
        ],
        "use": lists.label("permission_uses", use),
    }
