"""The form by which a referral is offered to another office, with what the resident said to it."""

from collections.abc import Iterable
from typing import Any, Final

from referrals.casework.workflow import TRANSFERS
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox, Option, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.moves import FIELDS
from referrals.web.forms.wording import Required

RECORDED, NOW, NOT_YET = "recorded", "now", "not_yet"
# Nobody but the resident, or who speaks for them, can agree to this.
NOBODY: Final = frozenset({"nobody", "none"})


class OfferForm(GovForm):
    """What every offer asks; those about a resident ask for their agreement too."""

    office = Select("Which office?", (), thing="an office", required="Choose the office to offer it to")
    reason, words = (FIELDS[ask.kind](ask, ()) for ask in TRANSFERS["offer_transfer"].asks)


class AgreedOfferForm(OfferForm):
    """The same, with what the resident said."""

    agreed = Radios(
        "Has the resident agreed that this office may have their case?",
        (),
        thing="whether the resident has agreed",
        required="Say whether the resident has agreed",
    )
    given_by = Radios(
        "Who agreed?",
        lambda: _but_nobody("consent_capacities"),
        required=False,
        look={"classes": "govuk-radios--small"},
    )
    method = Radios(
        "How did they agree?",
        lambda: _but_nobody("consent_methods"),
        required=False,
        look={"classes": "govuk-radios--small"},
    )
    given_on = Day("On which day?", thing="the day", required=False, past=True)
    covers_health = Checkbox("They also agreed, in so many words, that health information goes along")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for who, how and when only where an agreement is recorded with the offer."""
        if self.agreed.data == NOW:
            for field, message in _NEEDED.items():
                self[field].validators = [Required(message), *self[field].validators]
        return super().validate(extra_validators)

    def agreement(self) -> dict[str, Any] | None:
        """The fields of the agreement to record with the offer; None where none is."""
        if self.agreed.data != NOW:
            return None
        return {name: self[name].data for name in ("given_by", "method", "given_on", "covers_health")}


class TransferConsentForm(GovForm):
    """What the resident said to one other office having their case, before anybody offers it."""

    office = Select("Which office may have it?", (), thing="an office", required="Choose the office that may have it")
    given_by = Radios("Who agreed?", lambda: _but_nobody("consent_capacities"), required="Say who agreed")
    method = Radios("How did they agree?", lambda: _but_nobody("consent_methods"), required="Say how they agreed")
    given_on = Day("On which day?", thing="the day", required="Enter the day they agreed", past=True)
    covers_health = Checkbox("They also agreed, in so many words, that health information goes along")

    def agreement(self) -> dict[str, Any]:
        """The fields of the agreement."""
        return {name: self[name].data for name in ("given_by", "method", "given_on", "covers_health")}


_NEEDED: Final = {
    "given_by": "Say who agreed",
    "method": "Say how they agreed",
    "given_on": "Enter the day they agreed",
}


def offer_form(
    offices: Iterable[tuple[str, str]], recorded: Iterable[str], *, about_a_resident: bool, **values: Any
) -> OfferForm:
    """The form for one referral. `offices` are (id, words); `recorded` names those the resident agreed to already."""
    form = AgreedOfferForm(**values) if about_a_resident else OfferForm(**values)
    form.office.offer(offices)
    if isinstance(form, AgreedOfferForm):
        form.agreed.offer(_answers(list(recorded)))
    return form


def _answers(recorded: list[str]) -> list[Option]:
    found = [Option(NOW, "Yes, and I record it now"), Option(NOT_YET, "Not yet")]
    if recorded:
        found.insert(0, Option(RECORDED, "Yes, and it is recorded", hint=f"For {', '.join(recorded)}"))
    return found


def _but_nobody(list_code: str) -> list[Any]:
    return [entry for entry in lists.current(list_code) if entry.code not in NOBODY]
