"""What a referral says: the issue, what is wanted, and the person with how to reach them safely."""

from collections.abc import Iterable
from typing import Any

from referrals.casework.models import Referral, Resident
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.web.filters import age, day

Rows = list[dict[str, Any]]


def label_of(list_code: str, code: str | None) -> str:
    """What a code means; nothing for none, and the bare code for one that no list has."""
    if not code:
        return ""
    try:
        return lists.label(list_code, code)
    except LookupError:
        return code


def labels_of(list_code: str, codes: Iterable[str] | None) -> str:
    """What several codes mean, as a list in a sentence."""
    found = ", ".join(small(label_of(list_code, code)) for code in codes or ())
    return found[:1].upper() + found[1:]


def small(words: str) -> str:
    """Words in the middle of a sentence, unless they begin with a name or an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def body_in_sentence(name: str) -> str:
    """A body's name in the middle of a sentence: those without a name of their own begin with an article."""
    return small(name) if name.startswith(("A ", "An ", "Another ")) else name


def issue_rows(referral: Referral, agency_name: str | None) -> Rows:
    """The issue in facts; only what was answered."""
    since = referral.waiting_since
    waiting = f"{day(since)} ({age((today() - since).days)})" if since else ""
    what = " – ".join(
        filter(None, (label_of("categories", referral.category), label_of("issue_types", referral.issue_type)))
    )
    rows = [
        ("Category", what),
        ("Waiting since", waiting),
        ("Key date", _with_words(day(referral.key_date), referral.key_date_note)),
        ("Urgency", _urgency(referral)),
        ("Body concerned", agency_name),
        ("Their reference", referral.agency_reference),
        ("What was tried", referral.tried),
        ("Who else is helping", referral.helpers),
        ("How sensitive", label_of("sensitivities", referral.sensitivity)),
        ("If the MP changes", label_of("transferabilities", referral.transferability)),
        ("One of the area’s priorities", "" if referral.plan_priority is None else _yes(referral.plan_priority)),
        ("Why this office", _routing(referral)),
    ]
    return _answered(rows)


def person_rows(resident: Resident) -> Rows:
    """Who it is about and what they need of whoever speaks with them; no way to reach them."""
    needs = resident.needs or {}
    found = [labels_of("communication_needs", needs.get("needs")), needs.get("language"), needs.get("note")]
    return _answered(
        [
            ("Name", resident.name),
            ("Communication needs", ". ".join(str(words) for words in found if words)),
            ("Household", resident.household),
        ]
    )


def contact_rows(resident: Resident) -> Rows:
    """The ways to reach the person, to be shown only behind the advice."""
    return _answered(
        [
            ("Telephone", resident.phone),
            ("Email", resident.email),
            ("Address", resident.address),
            ("Postcode", resident.postcode),
        ]
    )


def safe_contact_advice(resident: Resident) -> list[str]:
    """What to know before trying to reach the person, in sentences, the most important first."""
    advice = resident.safe_contact or {}
    if not advice:
        return ["Nobody has said what is safe. Ask the group before you contact the person."]
    words = []
    if advice.get("through") == "volunteer":
        words.append("Do not contact the person. Contact the group instead.")
    channels = labels_of("contact_channels", advice.get("channels"))
    if channels:
        words.append(f"Safe ways: {small(channels)}.")
    if advice.get("times"):
        words.append(f"When: {advice['times']}.")
    if advice.get("message_ok") is not None:
        may = advice["message_ok"] in {True, "yes"}
        words.append("You may leave a message." if may else "Do not leave a message.")
    if advice.get("note"):
        words.append(str(advice["note"]))
    return words


def _urgency(referral: Referral) -> str:
    label = label_of("urgencies", referral.urgency)
    by = f" by {day(referral.urgent_by)}" if referral.urgent_by else ""
    return _with_words(f"{label}{by}" if label else "", referral.urgency_note)


def _routing(referral: Referral) -> str:
    if not referral.routing or referral.routing == "by_postcode":
        return ""
    return _with_words(label_of("routing_reasons", referral.routing), referral.routing_note)


def _with_words(fact: str, words: str | None) -> str:
    return ": ".join(filter(None, (fact, words)))


def _yes(answer: bool) -> str:
    return "Yes" if answer else "No"


def _answered(rows: Iterable[tuple[str, str | None]]) -> Rows:
    return [{"key": key, "value": value} for key, value in rows if value]
