"""The blind index: keyed hashes of words, so that sealed text can be found without being read."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base


class SearchEntry(Base):
    """That a referral is in an organisation's index, and by which tokens; removed when the referral is erased."""

    __tablename__ = "search_entries"
    __table_args__ = ({"sqlite_with_rowid": False},)

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    # Of 16 bytes each, one behind the other: by them its rows of `search_tokens` are found again.
    tokens: Mapped[bytes] = mapped_column(LargeBinary)


class SearchToken(Base):
    """One word of one referral as one organisation's index knows it; written and removed with its entry alone.

    Of all tables by far the longest. So it is its own only index, and the keys to other tables are the entry's.
    """

    __tablename__ = "search_tokens"
    __table_args__ = ({"sqlite_with_rowid": False},)

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    # 16 bytes; covers organisation, kind and word.
    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(primary_key=True)


class MatchToken(Base):
    """One strong mark of one referral that is no organisation's: by it the service sees that two hold the same.

    Never listed, opened or shown: of it only whether there is another is ever told (queries/matching.py).
    """

    __tablename__ = "match_tokens"
    __table_args__ = (Index(None, "referral_id"), {"sqlite_with_rowid": False})

    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), primary_key=True)
