"""Keeping what somebody is still typing: on the server, offered again with its form, and gone once it is sent.

A form is known by where it is sent to: what stands in its address after that of the referral, the draft or the case
study. What is typed into a case study is kept with its referral, under its whole address.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import Flask, request, url_for

from referrals.accounts.roles import Permission
from referrals.casework import actions, queries
from referrals.foundation.clock import local_day, today
from referrals.web.access import viewer, viewer_or_none
from referrals.web.filters import clock as time_of_day
from referrals.web.filters import moment
from referrals.web.forms.base import GovForm, flat_fields
from referrals.web.forms.text import LongText, is_refused

_ADDRESS: Final = re.compile(
    r"/(?:referrals/(?P<reference>[^/]+)|drafts/(?P<draft>[0-9a-f-]{36})|stories/(?P<study>[0-9a-f-]{36}))"
    r"/(?P<form>.{1,120})"
)
# How the address of a form asks for what was kept of it.
USE: Final = "kept"


@dataclass(frozen=True, slots=True)
class Place:
    """A form of a referral (named by its reference), of a draft, or of a case study (named by their ids)."""

    of: str | UUID | None
    form: str
    study: UUID | None = None

    @property
    def kept_as(self) -> str:
        """The name that what is typed into it is kept under."""
        return f"stories/{self.study}/{self.form}" if self.study else self.form

    def address(self, endpoint: str) -> str:
        """Where to keep what is typed into the form, or to throw it away."""
        if self.study:
            return url_for(endpoint, form=self.form, study_id=self.study)
        where = {"draft_id": self.of} if isinstance(self.of, UUID) else {"reference": self.of}
        return url_for(endpoint, form=self.form, **where)


def set_up(app: Flask) -> None:
    """Give the macros of forms what they ask; call once."""
    app.jinja_env.globals.update(keep_address=keep_address, kept_offer=kept_offer)


def place_of(path: str) -> Place | None:
    """The form that an address is of; None for addresses below no referral, draft or case study."""
    found = _ADDRESS.fullmatch(path)
    if found is None:
        return None
    try:
        if found["study"]:
            return Place(None, found["form"], UUID(found["study"]))
        return Place(UUID(found["draft"]) if found["draft"] else found["reference"], found["form"])
    except ValueError:
        return None


def keep_address(form: GovForm, action: str | None = None) -> str:
    """Where the page's script keeps what is typed into a form; nothing for one without long texts or of no referral."""
    place = place_of(action or request.path)
    if place is None or not long_texts(form) or not _may_keep():
        return ""
    return place.address("kept.save")


def kept_offer(form: GovForm, action: str | None = None) -> dict[str, Any] | None:
    """What was kept of a form that is opened anew: {when, use, forget}; put into its fields where that was asked.

    None for a form that was sent, and where nothing was kept or it says what the form says already. One question.
    """
    place = place_of(action or request.path)
    if request.method != "GET" or place is None or not long_texts(form) or not _may_keep():
        return None
    kept = queries.kept_text(place.of, place.kept_as, viewer())
    fields = {field.name: field for field in long_texts(form)}
    words = {name: readable(text) for name, text in (kept.words or {}).items() if name in fields} if kept else {}
    if kept is None or all(fields[name].data == text for name, text in words.items()):
        return None
    used = USE in request.args
    for name, text in words.items() if used else ():
        fields[name].data = text
    return offer(kept.at, place, used=used)


def offer(at: datetime, place: Place, *, used: bool = False) -> dict[str, Any]:
    """What `kept_banner` of macros/form.html reads: when it was, and where it is used or thrown away."""
    return {
        "when": time_of_day(at) if local_day(at) == today() else moment(at),
        "used": used,
        "use": place.address("kept.save").replace("/kept/", "/", 1) + f"?{USE}=use",
        "forget": place.address("kept.forget"),
    }


def forget_sent() -> None:
    """Throw away what was kept of the form that this request sends; part of the transaction that carries it out."""
    place = place_of(request.path)
    if place is not None:
        actions.forget_text(place.of, place.kept_as, by=viewer())


def long_texts(form: GovForm) -> list[LongText]:
    """The fields of a form that take several lines."""
    return [field for field in flat_fields(form) if isinstance(field, LongText)]


def readable(text: str) -> str:
    """The text without characters that a form would refuse."""
    return "".join(character for character in text.replace("\r\n", "\n") if not is_refused(character))


def _may_keep() -> bool:
    found = viewer_or_none()
    return found is not None and (found.may(Permission.REFERRAL_READ) or found.may(Permission.REFERRAL_DRAFT))
