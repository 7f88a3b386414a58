"""Letters in words: what each is, to whom, how it was sent, who can see it, and what can be done with it."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.correspondence import policy
from referrals.correspondence.letters import KINDS, Audience
from referrals.correspondence.models import Letter
from referrals.correspondence.queries import Letters
from referrals.correspondence.queries.made import channel_words, title_of
from referrals.correspondence.rendering import Form
from referrals.web.filters import day
from referrals.web.presenting.case import safe_contact_advice

FORMS: Final = {Form.PDF: "PDF, to print", Form.DOCX: "Word", Form.TXT: "Plain text, for an email"}
AFTER: Final = "{group} can then read it, and is told by an email that names nobody."


def letters_for(letters: Letters, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What the section of letters shows; newest first, asks nothing."""
    may_write = policy.may_write(referral, viewer)
    return {
        "rows": [letter_row(letter, letters, referral, viewer) for letter in reversed(letters.rows)],
        "write": url_for("writing.choose", reference=referral.reference) if may_write else None,
        "shown": may_write or bool(letters.rows),
    }


def letter_row(letter: Letter, letters: Letters, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """One letter as a list shows it; it names no address."""
    made = f"Made by {letters.name_of(letter.made_by_id)} on {day(letter.made_at)}"
    sent = f"Sent on {day(letter.sent_on)}: {channel_words(letter).lower()}" if letter.sent_at else "Not sent yet"
    own = letter.organisation_id == viewer.organisation_id
    return {
        "title": title_of(letter),
        "href": url_for("letters.show", reference=referral.reference, letter_id=letter.id),
        "about": f"{sent}. {made}.",
        "waits": letter.sent_at is None,
        "private_to": viewer.side.value if letter.shared_at is None else None,
        "seen_by": _seen_by(letter, own),
        "words": letter.words or "",
    }


def page_of(letter: Letter, letters: Letters, viewer: Viewer, sides: Mapping[Side, str]) -> dict[str, Any]:
    """What the page of one letter shows besides its words."""
    referral = letter.referral
    own = letter.organisation_id == viewer.organisation_id and policy.may_write(referral, viewer)
    where: dict[str, Any] = {"reference": referral.reference, "letter_id": letter.id}
    sent = letter.sent_at is not None
    may_share = own and sent and letter.shared_at is None and policy.reaches_group(referral)
    return {
        **letter_row(letter, letters, referral, viewer),
        "heading": KINDS[letter.kind].heading if letter.kind in KINDS else "",
        "recipient": letter.recipient or {},
        "advice": _advice(letter) if own else [],
        "after": AFTER.format(group=sides[Side.GROUP]) if _is_for_group(letter) else "",
        "version": version_words(letter.text_version) if own else "",
        "files": [
            {"text": words, "href": url_for("letters.fetch", **where, form=form.value)} for form, words in FORMS.items()
        ],
        "send": url_for("letters.sent", **where) if own and not sent else None,
        "discard": url_for("letters.discard", **where) if own and not sent else None,
        "share": url_for("letters.share", **where) if may_share else None,
        "group": sides[Side.GROUP],
    }


def _is_for_group(letter: Letter) -> bool:
    return letter.audience == Audience.GROUP or letter.through_group


def _advice(letter: Letter) -> list[str]:
    """What to know before a letter that names where a person lives; the group's hands need no address."""
    resident = letter.referral.resident
    return safe_contact_advice(resident) if letter.audience == Audience.RESIDENT and resident else []


def version_words(number: int) -> str:
    """From which text a letter was made."""
    return f"Made from version {number} of your office’s own text." if number else "Made from the text of the service."


def home_of(referral: Referral) -> str:
    """The letters on the page of a referral."""
    return url_for("referrals.show", reference=referral.reference, _anchor="letters")


def _seen_by(letter: Letter, own: bool) -> str:
    if letter.shared_at is None:
        return ""
    return "The group can read it." if own else "From the MP’s office."
