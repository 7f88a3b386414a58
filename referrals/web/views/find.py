"""Finding a referral by reference, name, postcode or telephone number; what was searched for is never in an address."""

import re
from typing import Any, Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import queries
from referrals.casework.queries import Hit
from referrals.foundation.errors import NotFound
from referrals.foundation.references import BadReference, normalise_reference
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import FindForm

blueprint = Blueprint("find", __name__, url_prefix="/find")

# What was found by, in the middle of a sentence.
WHY: Final = {
    "Reference": "our reference",
    "Agency reference": "the agency’s reference",
    "Phone number": "the telephone number",
    "Postcode": "the postcode",
    "Name": "the name",
    "Words": "words of the story",
}
ALIKE: Final = "Name sounds alike"
# "R-" at the start, or characters and numbers mixed in one word of about the right length.
REFERENCE_LIKE: Final = re.compile(r"\s*(?:R\s*[-‐‑‒–—−_].*|(?=\S*[0-9])(?=\S*[A-Z])[A-Z0-9]{4}[-\s]?[A-Z0-9]{3,4})\s*")


@blueprint.route("", methods=["GET", "POST"])
@needs(Permission.REFERRAL_READ)
def show() -> ResponseReturnValue:
    """The one box; a whole reference leads straight to its page, anything else to what was found."""
    form = FindForm()
    if not form.validate_on_submit():
        return page(form, None)
    who, text = viewer(), form.text.data
    reference, fault = as_reference(text)
    if reference:
        try:
            queries.referral(reference, who)
        except NotFound:
            return page(form, [], no_such=reference)
        return redirect(url_for("referrals.show", reference=reference), 303)
    found = queries.search(who, text, open_only=form.open_only.data)
    hits = [line(hit) for hit in found.hits]
    return page(form, hits, more=found.more, mistyped=fault if not hits else "")


def as_reference(text: str) -> tuple[str, str]:
    """The printed reference that was typed, or what is wrong with what looks like one; both empty for other text."""
    try:
        return normalise_reference(text), ""
    except BadReference as fault:
        return "", str(fault) if REFERENCE_LIKE.fullmatch(text.upper()) else ""


def page(
    form: FindForm, hits: list[dict[str, Any]] | None, *, more: bool = False, mistyped: str = "", no_such: str = ""
) -> str:
    """The page with its box, and below it what was found."""
    return render_template("find/show.html", form=form, hits=hits, more=more, mistyped=mistyped, no_such=no_such)


def line(hit: Hit) -> dict[str, Any]:
    """One referral found, and why."""
    found = hit.line
    return {
        "href": url_for("referrals.show", reference=found.reference),
        "reference": found.reference,
        "summary": found.summary,
        "state": found.state,
        "tag": found.tag,
        "group": found.group_name,
        "sent_at": found.submitted_at,
        "why": why(hit.reasons),
    }


def why(reasons: tuple[str, ...]) -> str:
    """Why it was found, in words: "Found by the name and words of the story"."""
    found = [WHY[reason] for reason in reasons if reason in WHY]
    listed = " and ".join(part for part in (", ".join(found[:-1]), *found[-1:]) if part)
    told = [f"Found by {listed}"] if listed else []
    return ". ".join(told + (["The name sounds alike"] if ALIKE in reasons else []))
