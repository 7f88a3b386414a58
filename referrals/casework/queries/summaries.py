"""The one line that says what a referral is about, for lists of other things that name it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import load_only

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.one import for_viewer
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db

_COLUMNS = (
    Referral.reference,
    Referral.group_id,
    Referral.office_id,
    Referral.created_by_id,
    Referral.submitted_by_id,
    Referral.trusted_body_conflict,
    Referral.state,
    Referral.submitted_at,
    Referral.ended_at,
    Referral.wrapped_key,
    Referral.wrapping_key_id,
    Referral.summary_sealed,
)


def summaries(references: Collection[str], viewer: Viewer) -> dict[str, str | None]:
    """The summaries of those of these referrals that the viewer may see today, by reference; one query.

    None where the viewer may still know of a referral but no longer read it. A referral that is not theirs is left out.
    """
    if not references:
        return {}
    query = select(Referral).where(visible_to(viewer), Referral.reference.in_(references))
    found = db.session.scalars(query.options(load_only(*_COLUMNS)))
    return {row.reference: for_viewer(row, viewer).summary for row in found if row.reference}
