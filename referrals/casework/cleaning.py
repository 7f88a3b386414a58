"""Makes the answers of an intake page fit to keep: only what was asked, of the right kind, length and list."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.casework.intake import NOT_ASKED, OWN_REQUEST, Kind, Page, Question
from referrals.directory import lists
from referrals.directory.queries import BadPostcode, normalise_postcode, offices_in_use
from referrals.foundation.clock import today
from referrals.foundation.errors import Invalid

Check = Callable[[Question, Any], Any]

# A wait longer than a life, or a date beyond any plan, is a slip of the keyboard.
LONGEST_PAST: Final = timedelta(days=366 * 100)
LONGEST_COMING: Final = timedelta(days=366 * 10)


def clean(page: Page, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a page as they are kept: every question has a key, and what was not answered is None.

    Text is stripped; an empty answer is None, and a tick that was not set is False. Raises Invalid with a sentence for
    each answer that cannot be kept; whether an answer is needed is not asked here.
    """
    kept: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in page.questions:
        try:
            kept[question.name] = _CHECKS[question.kind](question, given.get(question.name))
        except ValueError as fault:
            errors[question.name] = str(fault)
    if not errors:
        errors = _PAGE_CHECKS.get(page.code, _nothing_wrong)(kept)
    if errors:
        raise Invalid(errors)
    return kept


def _text(question: Question, value: Any) -> str | None:
    if value is None:
        return None
    text = str(value).strip().replace("\0", "")
    if len(text) > question.longest:
        raise ValueError(f"This must be {question.longest:,} characters or fewer")
    return text or None


def _choice(question: Question, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if question.list_code is None or value not in lists.codes(question.list_code):
        raise ValueError("Choose one of the answers on the page")
    return str(value)


def _codes(question: Question, value: Any) -> list[str]:
    return [code for one in value or () if (code := _choice(question, one)) is not None]


def _yes(_: Question, value: Any) -> bool:
    return bool(value)


def _day(_: Question, value: Any) -> date | None:
    if value is None:
        return None
    if not isinstance(value, date) or not today() - LONGEST_PAST <= value <= today() + LONGEST_COMING:
        raise ValueError("Check the year of this date")
    return value


def _past_day(question: Question, value: Any) -> date | None:
    day = _day(question, value)
    if day is not None and day > today():
        raise ValueError("This date must be today or in the past")
    return day


def _coming_day(question: Question, value: Any) -> date | None:
    day = _day(question, value)
    if day is not None and day < today():
        raise ValueError("This date must be today or later")
    return day


def _office(_: Question, value: Any) -> UUID | None:
    if value in (None, ""):
        return None
    chosen = next((line.id for line in offices_in_use() if str(line.id) == str(value)), None)
    if chosen is None:
        raise ValueError("Choose one of the offices on the page")
    return chosen


_CHECKS: Final[Mapping[Kind, Check]] = {
    Kind.LINE: _text,
    Kind.WORDS: _text,
    Kind.CHOICE: _choice,
    Kind.CODES: _codes,
    Kind.YES: _yes,
    Kind.DAY: _day,
    Kind.PAST_DAY: _past_day,
    Kind.COMING_DAY: _coming_day,
    Kind.OFFICE: _office,
}


def _nothing_wrong(_: dict[str, Any]) -> dict[str, str]:
    return {}


def _person(kept: dict[str, Any]) -> dict[str, str]:
    if kept["postcode"] is None:
        return {}
    if kept["no_postcode"]:
        return {"postcode": "Enter a postcode or say that there is none, not both"}
    try:
        kept["postcode"] = normalise_postcode(kept["postcode"])
    except BadPostcode:
        return {"postcode": "Enter a full postcode, like W12 7RQ"}
    return {}


def _contact(kept: dict[str, Any]) -> dict[str, str]:
    if kept["phone"] is None and (kept["message_ok"] or kept["text_ok"]):
        return {"phone": "Enter the phone number too"}
    return {}


def _consent(kept: dict[str, Any]) -> dict[str, str]:
    if kept["ground"] == OWN_REQUEST:
        return {"ground": "Choose one of the answers on the page"}
    # Where nothing else is said, and the page says so: the resident agreed, today.
    kept["given_on"] = kept["given_on"] or today()
    if kept["agreed"] == NOT_ASKED:
        # Nobody agreed, so there is nobody who did, and no explicit yes.
        kept.update(given_by="nobody", covers_health=False)
        return {}
    kept["ground"] = None
    kept["given_by"] = kept["given_by"] or "resident"
    return {"given_by": "Say who agreed"} if kept["given_by"] == "nobody" else {}


_PAGE_CHECKS: Final[Mapping[str, Callable[[dict[str, Any]], dict[str, str]]]] = {
    "person": _person,
    "contact": _contact,
    "consent": _consent,
}
