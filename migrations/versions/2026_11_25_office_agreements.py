"""An agreement that a body may be contacted is for the office that asked the resident for it.

Revision: office_agreements
Follows: lean_tokens
"""

import sqlalchemy as sa
from alembic import op

revision = "office_agreements"
down_revision = "lean_tokens"
branch_labels = None
depends_on = None

_CONSENTS = sa.table(
    "consents",
    sa.column("kind", sa.String()),
    sa.column("referral_id", sa.Uuid()),
    sa.column("to_organisation_id", sa.Uuid()),
)
_REFERRALS = sa.table("referrals", sa.column("id", sa.Uuid()), sa.column("office_id", sa.Uuid()))
_TRANSFERS = sa.table("transfers", sa.column("referral_id", sa.Uuid()), sa.column("standing", sa.String()))


def upgrade() -> None:
    office = sa.select(_REFERRALS.c.office_id).where(_REFERRALS.c.id == _CONSENTS.c.referral_id).scalar_subquery()
    # Of a case that was handed on nobody can tell any more for which office it was given: it is asked for anew.
    handed_on = sa.select(_TRANSFERS.c.referral_id).where(_TRANSFERS.c.standing == "accepted")
    given = sa.update(_CONSENTS).where(_CONSENTS.c.kind == "agency", _CONSENTS.c.referral_id.not_in(handed_on))
    op.execute(given.values(to_organisation_id=office))


def downgrade() -> None:
    op.execute(sa.update(_CONSENTS).where(_CONSENTS.c.kind == "agency").values(to_organisation_id=None))
