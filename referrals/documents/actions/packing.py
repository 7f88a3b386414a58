"""Taking the case away as a file: who may, and the event that says what was taken."""

from collections.abc import Collection

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.documents.packing import Form, Part, forms_for
from referrals.foundation.errors import NotAllowed


def must_take_away(referral: Referral, form: Form, *, by: Viewer) -> None:
    """Raise NotFound to strangers, and NotAllowed where the words are closed or the form is not for this side."""
    policy.must_write(referral, by, Permission.REFERRAL_READ)
    if form not in forms_for(by):
        raise NotAllowed


def record_taking(referral: Referral, form: Form, parts: Collection[Part], *, by: Viewer) -> None:
    """Leave the event, in the transaction that must end before the file is given out."""
    must_take_away(referral, form, by=by)
    facts = {"form": form.value, "parts": sorted(part.value for part in parts)}
    record("pack.taken", by=by, subject=("referral", referral.id), facts=facts)
