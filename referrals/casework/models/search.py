"""The blind index: keyed hashes of words, so that sealed text can be found without being read."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base


class SearchToken(Base):
    """One word of one referral as one organisation's index knows it; removed when the referral is erased."""

    __tablename__ = "search_tokens"
    __table_args__ = (Index(None, "referral_id"), {"sqlite_with_rowid": False})

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    # 16 bytes; covers organisation, kind and word.
    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), primary_key=True)


class MatchToken(Base):
    """One strong mark of one referral that is no organisation's: by it the service sees that two hold the same.

    Never listed, opened or shown: of it only whether there is another is ever told (queries/matching.py).
    """

    __tablename__ = "match_tokens"
    __table_args__ = (Index(None, "referral_id"), {"sqlite_with_rowid": False})

    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), primary_key=True)
