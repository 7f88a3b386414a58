"""Making a letter: whom it may go to is checked when it is made, and what it says is kept, sealed, on the referral."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import asking
from referrals.casework.actions.writing import touch
from referrals.casework.models import Referral
from referrals.correspondence import policy
from referrals.correspondence.addressees import Addressee, envelope_of, fault_of, is_one_body
from referrals.correspondence.letters import LetterKind
from referrals.correspondence.merging import clean, fault_of_letter
from referrals.correspondence.models import AgencyAddress, Letter
from referrals.correspondence.queries import sender_of
from referrals.correspondence.queries.facts import kept_address
from referrals.directory.queries import names_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, Stale

LONGEST_NAME: Final = 120
LONGEST_ADDRESS: Final = 400


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A letter as a form gives it; name and address are for who is no resident."""

    words: str
    # Which version of the text it began with; 0 for the service's.
    text_version: int
    name: str = ""
    address: str = ""
    # Theirs, of the case.
    reference: str = ""


def make_letter(
    referral: Referral, kind: LetterKind, to: Addressee, writing: Writing, *, by: Viewer, version: int | None
) -> Letter:
    """Make a letter for a safe and agreed addressee, with no field left open, and keep it.

    Raises NotFound, NotAllowed with the reason (safe contact, consent), Stale when the referral is no longer at
    `version`, and Invalid under "words", "name" and "address".
    """
    must_address(referral, kind, to, by)
    if version is not None and version != referral.version:
        raise Stale
    recipient = _recipient(referral, to, writing)
    errors = {**_faults(recipient, to), **_fault_of_words(writing.words)}
    if errors:
        raise Invalid(errors)
    letter = Letter(
        referral=referral,
        referral_id=referral.id,
        organisation_id=by.organisation_id,
        kind=kind.code,
        audience=to.audience.value,
        agency_id=to.agency.id if to.agency else None,
        enquiry_id=to.enquiry.id if to.enquiry else None,
        text_version=writing.text_version,
        made_at=clock.now(),
        made_by_id=by.person_id,
        role=by.role.value if by.role else "",
        channel=to.channel.value if to.channel else None,
        through_group=to.through_group,
        head=sender_of(by).plain(),
        recipient=recipient,
        words=clean(writing.words).strip(),
    )
    db.session.add(letter)
    _remember(to, recipient, by)
    note("letter.made", letter, by, {"kind": kind.code, "audience": to.audience.value, "channel": letter.channel})
    return letter


def must_address(referral: Referral, kind: LetterKind, to: Addressee, by: Viewer) -> None:
    """Raise NotFound, NotAllowed with the reason, or IllegalMove, unless this letter may go to this addressee now."""
    policy.must_write(referral, by)
    fault = fault_of(referral, to, reaches_group=policy.reaches_group(referral))
    if to.agency is not None:
        asking.must_note(referral, by) if kind.chases else asking.must_ask(referral, by)
        fault = policy.agency_fault(referral, to.agency)
    if fault:
        raise NotAllowed(f"{fault}.")


def discard_letter(letter: Letter, *, by: Viewer) -> None:
    """Throw away a letter that was never sent. Raises NotFound, NotAllowed, and IllegalMove for one that was sent."""
    policy.must_be_own(letter, by)
    must_be_unsent(letter)
    db.session.delete(letter)
    note("letter.discarded", letter, by)


def record_opening(letter: Letter, *, by: Viewer, form: str | None = None) -> None:
    """Leave the event of a reading, or of taking the letter away in a form, for a letter a query has given out."""
    facts = {"letter": str(letter.id)} | ({"form": form} if form else {})
    action = "letter.taken" if form else "letter.read"
    record(action, by=by, subject=("referral", letter.referral_id), facts=facts)


def must_be_unsent(letter: Letter) -> None:
    """Raise IllegalMove for a letter that was sent, as it is now and nobody else's until this is done."""
    db.session.refresh(letter, with_for_update=True)
    if letter.sent_at is not None:
        raise IllegalMove("This letter was sent. It stays as it is.")


def note(
    action: str, letter: Letter, by: Viewer, facts: Mapping[str, Any] | None = None, *, told: bool = False
) -> None:
    """Record an event about a letter, and that its referral has changed; `told` where the group hears of it."""
    referral = letter.referral
    touch(referral.id, told=told)
    db.session.refresh(referral, ["updated_at", "told_at"])
    known = {"letter": str(letter.id), **(facts or {})}
    record(action, by=by, subject=("referral", referral.id), facts=known)


def _recipient(referral: Referral, to: Addressee, writing: Writing) -> dict[str, str]:
    if to.is_typed:
        name, address = writing.name, writing.address
    else:
        name, address = envelope_of(referral, to, names_of([referral.group_id]).get(referral.group_id, ""))
    found = {"name": name, "address": address, "reference": writing.reference}
    return {key: clean(value).strip() for key, value in found.items()}


def _faults(recipient: Mapping[str, str], to: Addressee) -> dict[str, str]:
    errors = {}
    if not recipient["name"]:
        errors["name"] = "Enter to whom the letter goes" if to.is_typed else "The person’s name is not known"
    elif len(recipient["name"]) > LONGEST_NAME and to.is_typed:
        errors["name"] = f"The name must be {LONGEST_NAME} characters or fewer"
    if len(recipient["address"]) > LONGEST_ADDRESS and to.is_typed:
        errors["address"] = f"The address must be {LONGEST_ADDRESS} characters or fewer"
    return errors


def _fault_of_words(words: str) -> dict[str, str]:
    fault = fault_of_letter(words)
    return {"words": fault} if fault else {}


def _remember(to: Addressee, recipient: Mapping[str, str], by: Viewer) -> None:
    if to.agency is None or not is_one_body(to.agency) or not recipient["address"]:
        return
    kept = kept_address(by, to)
    if kept is None:
        kept = AgencyAddress(organisation_id=by.organisation_id, agency_id=to.agency.id, saved_at=clock.now())
        db.session.add(kept)
    if (kept.name, kept.address) != (recipient["name"], recipient["address"]):
        kept.name, kept.address, kept.saved_at = recipient["name"], recipient["address"], clock.now()
