"""What each intake page shows around its questions: names, routes, the words to read out, and fitting lists."""

from collections.abc import Callable
from typing import Any, Final

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import wording
from referrals.casework.actions.drafting import Draft
from referrals.casework.intake import BY_POSTCODE
from referrals.casework.models import Referral
from referrals.casework.queries.duplicates import possible_duplicates
from referrals.casework.queries.matching import held_elsewhere
from referrals.directory import lists, queries
from referrals.web.access import viewer
from referrals.web.forms import Option
from referrals.web.forms.intake import PageForm, issues_of_residents
from referrals.web.presenting.links import alike_in

Context = dict[str, Any]


def prepare(form: PageForm, page: str, draft: Draft) -> None:
    """Give the choices of a page that depend on the draft: bodies that fit the issue, offices in use."""
    if page == "background":
        bodies = queries.agencies(draft.referral.category)
        form["agency"].offer([Option(body.code, body.name) for body in bodies])
    if page == "office":
        lines = queries.offices_in_use()
        form["office"].offer([Option(str(line.id), f"{line.constituency}: {line.member_name} MP") for line in lines])


def background_of(page: str, draft: Draft) -> Context:
    """What the template of a page reads besides its form."""
    return _CONTEXTS.get(page, _nothing)(draft, viewer())


def _nothing(_: Draft, __: Viewer) -> Context:
    return {}


def _issue(_: Draft, __: Viewer) -> Context:
    offered = issues_of_residents()
    return {
        "categories": [
            {"item": category, "types": [one for one in offered if one.parent == category.code]}
            for category in lists.current("categories")
        ]
    }


def _background(draft: Draft, _: Viewer) -> Context:
    group = queries.group_of(draft.referral.group_id)
    return {
        "priorities": group.priorities if group else [],
        "trusted_body": group.trusted_body_name if group else None,
    }


def _office(draft: Draft, _: Viewer) -> Context:
    referral = draft.referral
    postcode = referral.resident.postcode if referral.resident else None
    chosen = queries.route_to(referral.office_id) if referral.office_id else None
    return {
        "postcode": postcode,
        "found": queries.route(postcode) if postcode else None,
        "chosen": chosen,
        "by_hand": referral.routing not in (None, BY_POSTCODE),
    }


def _contact(draft: Draft, _: Viewer) -> Context:
    resident = draft.referral.resident
    return {"has_address": bool(resident and resident.address)}


def _words(draft: Draft, _: Viewer) -> Context:
    referral = draft.referral
    group = queries.organisation(referral.group_id).name
    office = name_of_office(referral)
    words = wording.current()
    return {
        "group_name": group,
        "version": words.version,
        "request_words": words.request(group=group, office=office),
        "health_words": words.health_request(group=group, office=office),
        "feedback_words": {scope: words.feedback(scope, group=group, office=office) for scope in words.office_to_group},
        "needs_health": referral.category == "health",
    }


def name_of_office(referral: Referral) -> str:
    """The office in the middle of a sentence: "the office of Rowan Ashdown MP"; without one yet it still reads well."""
    found = queries.route_to(referral.office_id) if referral.office_id else None
    return f"the office of {found.member_name} MP" if found else "the MP’s office"


def _duplicates(draft: Draft, by: Viewer) -> Context:
    found = [{"one": one, "why": alike_in(one.reasons)} for one in possible_duplicates(draft.referral, by)]
    return {"possible": found, "elsewhere": held_elsewhere(draft.referral, by)}


def _check(draft: Draft, by: Viewer) -> Context:
    approval = {"awaits_approval": draft.awaits_approval, "may_approve": by.may(Permission.CONSENT_APPROVE)}
    return _words(draft, by) | _office(draft, by) | approval


_CONTEXTS: Final[dict[str, Callable[[Draft, Viewer], Context]]] = {
    "issue": _issue,
    "background": _background,
    "office": _office,
    "contact": _contact,
    "consent": _words,
    "feedback": _words,
    "duplicates": _duplicates,
    "check": _check,
}
