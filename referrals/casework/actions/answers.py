"""Checking the answers to what a transition asks: each fault has a field, and a message that says how to mend it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.actions import money
from referrals.casework.models import Referral
from referrals.casework.queries.choices import people_for
from referrals.casework.workflow import Ask, AskKind, When
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.errors import Invalid

FARTHEST_BACK: Final = timedelta(days=3660)
FARTHEST_AHEAD: Final = timedelta(days=731)


class Fault(ValueError):
    """An answer that cannot be accepted; the message is shown beside its field."""


def checked(asks: tuple[Ask, ...], answers: Mapping[str, Any], *, referral: Referral, by: Viewer) -> dict[str, Any]:
    """The answers, each of its kind and only those that were asked. Raises Invalid with every fault at once.

    An answer that is missing, None, blank or an empty list is no answer. Money faults are named `money-0-amount`.
    """
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for ask in asks:
        given = _blank_to_none(answers.get(ask.name))
        if given is None:
            if ask.required:
                errors[ask.name] = ask.missing or "Answer this question"
            continue
        try:
            found[ask.name] = _CHECKS[ask.kind](ask, given, Given(referral, by, found))
        except Fault as fault:
            errors[ask.name] = str(fault)
        except Invalid as several:
            errors.update(several.errors)
    if errors:
        raise Invalid(errors)
    return found


class Given:
    """What a check may look at besides the answer: the referral, who answers, and the answers before."""

    def __init__(self, referral: Referral, by: Viewer, found: Mapping[str, Any]) -> None:
        self.referral = referral
        self.by = by
        self.found = found

    def parent(self, ask: Ask) -> str | None:
        """The parent code under which the ask's list is read, or None for the whole list."""
        if ask.parent is None:
            return None
        answer: str | None = self.found.get(ask.parent)
        return answer or self.referral.category


def _blank_to_none(given: Any) -> Any:
    if isinstance(given, str):
        given = given.replace("\r\n", "\n").strip()
    return None if given in ("", [], ()) else given


def _words(ask: Ask, given: Any, _given: Given) -> str:
    if not isinstance(given, str):
        raise Fault("Enter this in words")
    check_words(given, ask.max_length or LONGTEXT_LENGTH)
    if ask.kind is AskKind.TEXT and "\n" in given:
        raise Fault("Enter this on one line")
    return given


def check_words(given: str, longest: int) -> None:
    """Raise Fault for words that are too long, or that hold what no keyboard makes and no database keeps."""
    if len(given) > longest:
        raise Fault(f"Shorten this to {longest:,} characters or fewer. It has {len(given):,} now")
    if "\x00" in given or any("\ud800" <= character <= "\udfff" for character in given):
        raise Fault("Enter this in words")


def _date(ask: Ask, given: Any, _given: Given) -> date:
    if isinstance(given, str):
        try:
            given = date.fromisoformat(given)
        except ValueError:
            raise Fault("Enter a real date, like 27 3 2026") from None
    if not isinstance(given, date) or isinstance(given, datetime):
        raise Fault("Enter a real date, like 27 3 2026")
    check_day(given, ask.when)
    return given


def check_day(given: date, when: When | None) -> None:
    """Raise Fault for a day that is not plausible: years away, or on the wrong side of today."""
    day = today()
    if when is When.PAST and given > day:
        raise Fault("Enter today’s date or one in the past")
    if when is When.FUTURE and given <= day:
        raise Fault("Enter a date after today")
    if when is When.FROM_TODAY and given < day:
        raise Fault("Enter today’s date or one in the future")
    if not day - FARTHEST_BACK <= given <= day + FARTHEST_AHEAD:
        raise Fault("Check the year of this date")


def _choice(ask: Ask, given: Any, around: Given) -> str:
    if not isinstance(given, str) or given not in _codes(ask, around):
        raise Fault("Choose one of the answers on the list")
    return given


def _several(ask: Ask, given: Any, around: Given) -> list[str]:
    if not isinstance(given, list | tuple) or not all(isinstance(code, str) for code in given):
        raise Fault("Choose answers from the list")
    chosen = list(dict.fromkeys(given))
    if not set(chosen) <= _codes(ask, around):
        raise Fault("Choose answers from the list")
    return chosen


def _codes(ask: Ask, around: Given) -> frozenset[str]:
    return lists.codes(ask.list_code or "", around.parent(ask))


def _yesno(_ask: Ask, given: Any, _given: Given) -> bool:
    if given in (True, "yes"):
        return True
    if given in (False, "no"):
        return False
    raise Fault("Choose yes or no")


def _person(_ask: Ask, given: Any, around: Given) -> UUID:
    person_id = _uuid(given)
    referral, by = around.referral, around.by
    if person_id not in people_for(referral, by):
        raise Fault(f"Choose somebody of your {by.side}")
    if (
        by.side is Side.OFFICE
        and person_id not in (by.person_id, referral.assignee_id)
        and not by.may(Permission.REFERRAL_ASSIGN)
    ):
        raise Fault("Choose yourself. Only an office manager gives work to somebody else")
    return person_id


def _uuid(given: Any) -> UUID:
    try:
        return given if isinstance(given, UUID) else UUID(str(given))
    except ValueError:
        raise Fault("Choose somebody on the list") from None


def _money(_ask: Ask, given: Any, _given: Given) -> list[money.Sum]:
    return money.checked(given)


_CHECKS: Final[dict[AskKind, Callable[[Ask, Any, Given], Any]]] = {
    AskKind.TEXT: _words,
    AskKind.LONGTEXT: _words,
    AskKind.DATE: _date,
    AskKind.CHOICE: _choice,
    AskKind.CODES: _several,
    AskKind.YESNO: _yesno,
    AskKind.PERSON: _person,
    AskKind.MONEY: _money,
}
