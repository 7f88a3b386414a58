"""Writing a referral page by page: starting a draft, reading and keeping each page's answers, throwing a draft away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import answering
from referrals.casework.actions.agreeing import approve_consent
from referrals.casework.actions.draft_pages import consents_of, route_by_postcode, write
from referrals.casework.actions.telling import ask_leads
from referrals.casework.cleaning import clean
from referrals.casework.intake import (
    BY_CODE,
    NONE_FOUND,
    TO_OFFICE,
    Page,
    consent_of,
    is_about_a_resident,
    pages_for,
)
from referrals.casework.models import Consent, Referral
from referrals.casework.policy import is_approved
from referrals.casework.queries.duplicates import possible_duplicates
from referrals.casework.queries.matching import held_elsewhere, may_compare
from referrals.casework.queries.visible import visible_to
from referrals.casework.workflow.states import DRAFT
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotFound, Stale

# The pages after which it is looked at again whether somebody sent the same before.
COMPARED: Final = frozenset({"background", "person", "contact", "consent"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral being written, with its consents; after sending, `referral.state` says so."""

    referral: Referral
    consents: list[Consent]

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self.referral.state == DRAFT

    @property
    def awaits_approval(self) -> bool:
        """Whether it rests on a ground that no lead has approved yet."""
        consent = consent_of(self.consents, TO_OFFICE)
        return consent is not None and not is_approved(consent)

    def pages(self) -> list[Page]:
        """The pages it asks, in order."""
        return pages_for(self.referral, self.consents)

    def answers(self, code: str) -> dict[str, Any]:
        """The stored answers of one page; KeyError for a page that does not exist."""
        return answering.answers(self.referral, self.consents, code)

    def missing(self) -> dict[str, str]:
        """What must still be answered, a sentence for each question's name."""
        return answering.missing(self.referral, self.consents)

    def unfinished(self) -> list[Page]:
        """The pages on which something needed is missing, in order."""
        return answering.unfinished(self.referral, self.consents)


def start_draft(*, by: Viewer) -> Referral:
    """Begin an empty draft of the viewer's group. Raises NotAllowed."""
    by.must(Permission.REFERRAL_DRAFT)
    if by.person_id is None or by.organisation_id is None:
        raise TypeError("a draft is begun by a person of a group")
    moment = clock.now()
    referral = Referral(
        group_id=by.organisation_id,
        created_by_id=by.person_id,
        state=DRAFT,
        waiting_on="referrer",
        waiting_on_since=moment,
        created_at=moment,
        updated_at=moment,
    )
    referral.make_key()
    db.session.add(referral)
    db.session.flush()
    record("referral.drafted", by=by, subject=("referral", referral.id))
    return referral


def find_draft(draft_id: UUID, *, by: Viewer, to_change: bool = False) -> Draft:
    """A draft the viewer may write, or what became of it once sent; `to_change` locks it until the transaction ends.

    Raises NotFound for everybody else's, for one that was thrown away, and for one that never was.
    """
    by.must(Permission.REFERRAL_DRAFT)
    query = select(Referral).where(Referral.id == draft_id, visible_to(by))
    if to_change:
        query = query.with_for_update()
    referral = db.session.scalar(query.execution_options(populate_existing=to_change))
    if referral is None:
        raise NotFound
    return Draft(referral, consents_of(referral))


def read_page(draft: Draft, code: str, *, by: Viewer) -> dict[str, Any]:
    """The stored answers of one page, or of all with the code "check"; a page that shows any leaves its event."""
    codes = [page.code for page in draft.pages()] if code == "check" else [code]
    found = {name: value for one in codes for name, value in draft.answers(one).items()}
    # The page of the office says which postcode leads there.
    beside = draft.answers("person").values() if code == "office" else ()
    # That of possible duplicates tells of others, whatever is answered there.
    if any(found.values()) or any(beside) or code == "duplicates":
        record("referral.draft_read", by=by, subject=("referral", draft.referral.id), facts={"page": code})
    return found


def lacking_on(draft: Draft, code: str, given: Mapping[str, Any]) -> dict[str, str]:
    """What these answers of a page, as typed, would lack: a sentence for each question's name."""
    return answering.lacking(BY_CODE[code], given, draft.referral)


def save_page(
    draft: Draft,
    code: str,
    given: Mapping[str, Any],
    *,
    by: Viewer,
    seen: str | None = None,
    partly: bool = False,
) -> None:
    """Keep the answers of one page of a draft found with `to_change`; what is kept already is not written again.

    `seen` is the fingerprint of the answers that the page showed: when others were stored meanwhile, raises Stale.
    `partly` keeps a page that is not finished, for somebody who comes back later. Raises Invalid, and IllegalMove once
    the referral was sent.
    """
    by.must(Permission.REFERRAL_DRAFT)
    referral, page = draft.referral, BY_CODE[code]
    if not draft.is_open:
        raise IllegalMove
    kept = clean(page, given)
    if code == "office" and referral.office_id is None:
        # An office may have joined since the postcode was typed.
        route_by_postcode(referral)
    if not partly and (lacking := answering.lacking(page, kept, referral)):
        raise Invalid(lacking)
    stored = draft.answers(code)
    if answering.fingerprint(stored) == answering.fingerprint(kept):
        return
    if seen and seen != answering.fingerprint(stored):
        raise Stale
    write(code, referral, kept, by)
    referral.updated_at = clock.now()
    db.session.flush()
    draft.consents[:] = consents_of(referral)
    if code in COMPARED:
        db.session.refresh(referral, ["consents"])
        note_duplicates(draft, by=by)
    record("referral.draft_saved", by=by, subject=("referral", referral.id), facts={"page": code})
    if code == "consent" and draft.awaits_approval:
        ask_leads(referral, by=by)


def note_duplicates(draft: Draft, *, by: Viewer) -> bool:
    """Look again for referrals about the same person; returns whether the page about them has to be answered.

    Changes what the draft knows about it, and records only where other organisations' were looked at too.
    """
    referral = draft.referral
    if not is_about_a_resident(referral) or referral.duplicates_checked not in (None, NONE_FOUND):
        return False
    found = bool(possible_duplicates(referral, by))
    if may_compare(referral, by):
        elsewhere = held_elsewhere(referral, by)
        record("referral.compared", by=by, subject=("referral", referral.id), facts={"elsewhere": elsewhere})
        found = found or elsewhere
    referral.duplicates_checked = None if found else NONE_FOUND
    return found


def check_before_sending(draft: Draft, *, by: Viewer) -> bool:
    """Look for duplicates once more, because others may have been sent meanwhile; returns whether any must be seen."""
    before = draft.referral.duplicates_checked
    found = note_duplicates(draft, by=by)
    if draft.referral.duplicates_checked != before:
        record("referral.draft_saved", by=by, subject=("referral", draft.referral.id), facts={"page": "duplicates"})
    return found


def approve_ground(draft: Draft, *, by: Viewer) -> None:
    """Approve, as a lead, that it is sent without the resident's own request. Raises NotAllowed, IllegalMove."""
    consent = consent_of(draft.consents, TO_OFFICE)
    if consent is None or not draft.is_open:
        raise IllegalMove
    approve_consent(consent, by=by)


def discard_draft(draft: Draft, *, by: Viewer) -> None:
    """Throw away a draft that was never sent, with everything in it; only the event remains. Raises IllegalMove."""
    by.must(Permission.REFERRAL_DRAFT)
    if not draft.is_open:
        raise IllegalMove
    referral = draft.referral
    record("referral.draft_discarded", by=by, subject=("referral", referral.id))
    for consent in draft.consents:
        db.session.delete(consent)
    if referral.resident is not None:
        db.session.delete(referral.resident)
    db.session.flush()
    db.session.delete(referral)
    db.session.flush()
