"""The stationery in words: each kind of letter with whose text it has, its fields, and the letterhead."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from referrals.correspondence.fields import fields_for
from referrals.correspondence.letters import KINDS, LetterKind
from referrals.correspondence.queries import TextInUse
from referrals.correspondence.senders import Sender
from referrals.web.filters import day
from referrals.web.presenting.case import Rows
from referrals.web.presenting.writing import GROUPS


def kinds_of(texts: Mapping[str, TextInUse]) -> list[dict[str, Any]]:
    """Every kind of letter under whom it is for: {title, rows: [{text, about, href}]}."""
    return [
        {"title": title, "rows": [_row(kind, texts[kind.code]) for kind in KINDS.values() if kind.audience is audience]}
        for audience, title in GROUPS.items()
    ]


def fields_of(kind: LetterKind) -> list[dict[str, str]]:
    """The fields that may stand in a kind of letter, as they are typed, and what each is."""
    return [{"name": f"(({row.name}))", "about": row.about} for row in fields_for(kind)]


def head_rows(sender: Sender) -> Rows:
    """The letterhead as a list."""
    labels = {
        "member": "MP",
        "office": "Office",
        "address": "Address",
        "phone": "Telephone",
        "email": "Email",
        "web": "Website",
    }
    return [{"key": label, "value": value} for name, label in labels.items() if (value := sender.plain()[name])]


def _row(kind: LetterKind, now: TextInUse) -> dict[str, str]:
    whose = f"Your own text, since {day(now.saved_at)}" if now.own else "The text of the service"
    return {"text": kind.title, "about": whose, "href": url_for("stationery.text", kind=kind.code)}
