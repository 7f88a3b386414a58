"""What each referral counts as, in codes, days and pence; and the same added up for each owner and month.

Days are numbers, counted from 1 January 2000 in London; months from January 2000. Nothing here points to the tables of
casework by a key, so that a referral can go there and is taken out of the counts afterwards.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base

# The kinds of CountedPart.
CODE: Final = "code"
MONEY: Final = "money"
ENQUIRY: Final = "enquiry"
# The money of a result once more, beside each of its codes.
GAIN: Final = "gain"
# The condition of an index, written out, because one with a parameter would not be known again by it.
IS_MONEY: Final = "kind = 'money'"


class CountedReferral(Base):
    """A referral that counts: sent, and not by mistake."""

    __tablename__ = "counted_referrals"
    __table_args__ = (
        Index(None, "office_id", "sent"),
        Index(None, "group_id", "sent"),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID | None]
    group_id: Mapped[UUID]
    programme_id: Mapped[UUID | None]
    # The code of its group among the organisations, by which groups are compared.
    group_code: Mapped[str] = mapped_column(String(60))
    # 1 for a request for advice, which is about no resident.
    is_advice: Mapped[int] = mapped_column(SmallInteger)
    # 1 while the office decides, or has asked for something before it does.
    undecided: Mapped[int] = mapped_column(SmallInteger)
    # "" where there is none.
    category: Mapped[str] = mapped_column(String(40))
    # The days on which it came to each of its stages; None where it has not.
    sent: Mapped[int]
    seen: Mapped[int | None]
    accepted: Mapped[int | None]
    started: Mapped[int | None]
    outcome: Mapped[int | None]
    ended: Mapped[int | None]
    # The state in which it ended, or "answered" for a request for advice.
    ended_as: Mapped[str] = mapped_column(String(30))
    # A code of the list that its end asks for; "" where it has not ended, or for no reason.
    end_reason: Mapped[str] = mapped_column(String(60))
    # 1 when its words can never be read again.
    erased: Mapped[int] = mapped_column(SmallInteger)
    # Days that the resident had waited when it was sent, where that is known.
    waited: Mapped[int | None]
    # Days that each stage took; None where it has not ended, or began anew since.
    took_seen: Mapped[int | None]
    took_accepted: Mapped[int | None]
    took_started: Mapped[int | None]
    took_result: Mapped[int | None]
    took_answered: Mapped[int | None]
    took_whole: Mapped[int | None]
    # The claim that stands: when it was recorded, what it says, and what the group says to it.
    outcome_id: Mapped[UUID | None]
    recorded: Mapped[int | None]
    resolution: Mapped[str] = mapped_column(String(40))
    standing: Mapped[str] = mapped_column(String(20))
    evidenced: Mapped[int] = mapped_column(SmallInteger)


class CountedPart(Base):
    """What a referral can have several of: a code of its result, money of one kind, its gains by code, an enquiry."""

    __tablename__ = "counted_parts"
    __table_args__ = (
        Index(None, "office_id", "kind", "day"),
        Index(None, "group_id", "kind", "day"),
        # For the largest sum of a month, which decides whether a programme may read of the money at all.
        Index(None, "programme_id", "day", sqlite_where=text(IS_MONEY), postgresql_where=text(IS_MONEY)),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    # The code of the outcome, the kind of money or gain, or the code of the body that was asked.
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    # For money and gains: on what the sum is based.
    basis: Mapped[str] = mapped_column(String(20), primary_key=True)
    # For enquiries: which one of this referral to this body. For gains: which code of the result.
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # For money: the category of the referral. For gains: the code of the result.
    part: Mapped[str] = mapped_column(String(60))
    office_id: Mapped[UUID | None]
    # None where it counts for the office alone.
    group_id: Mapped[UUID | None]
    programme_id: Mapped[UUID | None]
    # The day it was recorded, or the enquiry sent.
    day: Mapped[int]
    # For codes: what the group says to the result. For enquiries: answered, waiting, no_reply or given_up.
    standing: Mapped[str] = mapped_column(String(20))
    evidenced: Mapped[int] = mapped_column(SmallInteger)
    # For money and gains, in pence: all of it, and of it what is confirmed and what is evidenced.
    claimed: Mapped[int] = mapped_column(BigInteger)
    confirmed: Mapped[int] = mapped_column(BigInteger)
    proved: Mapped[int] = mapped_column(BigInteger)
    # For enquiries: the day it ended, and the day by which the body promises an answer.
    ended: Mapped[int | None]
    target: Mapped[int | None]


class CountedTurn(Base):
    """A turn that is over, of a referral that counts: of the office, of the group, or of a body that was asked."""

    __tablename__ = "counted_turns"
    __table_args__ = (
        Index(None, "office_id", "turn"),
        Index(None, "group_id", "turn"),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    # Which one of this kind of turn.
    turn: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID | None]
    group_id: Mapped[UUID]
    programme_id: Mapped[UUID | None]
    # The day on which it ended, and how many days it lasted.
    ended: Mapped[int]
    days: Mapped[int]


class CountedAgreement(Base):
    """An agreement of a resident. Those of a draft count for its group alone."""

    __tablename__ = "counted_agreements"
    __table_args__ = (
        Index(None, "office_id", "kind"),
        Index(None, "group_id", "kind"),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID | None]
    group_id: Mapped[UUID]
    programme_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(30))
    # How far it goes; "" where its kind has no extent.
    extent: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(40))
    # Whether its ground is approved, waits to be, or needs it not ("").
    approval: Mapped[str] = mapped_column(String(10))
    # 1 while the referral is open.
    is_open: Mapped[int] = mapped_column(SmallInteger)
    # The days on which it was recorded and taken back, and its last.
    given: Mapped[int]
    withdrawn: Mapped[int | None]
    until: Mapped[int | None]


class CountedAnswer(Base):
    """What came of asking a resident, at closing or four weeks later, with the answers that were given."""

    __tablename__ = "counted_answers"
    __table_args__ = (
        Index(None, "office_id", "moment"),
        Index(None, "group_id", "moment"),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    moment: Mapped[str] = mapped_column(String(10), primary_key=True)
    # Which one of this moment.
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID | None]
    group_id: Mapped[UUID]
    programme_id: Mapped[UUID | None]
    category: Mapped[str] = mapped_column(String(40))
    # The day on which it was closed, or from which somebody was to ask.
    day: Mapped[int]
    # Whether somebody answered, or why not.
    said: Mapped[str] = mapped_column(String(20))
    # "" where there is no answer.
    helped_forward: Mapped[str] = mapped_column(String(20))
    is_solved: Mapped[str] = mapped_column(String(20))
    less_worried: Mapped[str] = mapped_column(String(20))


class ReportSum(Base):
    """How many things of one measure an owner (an office, a group or a programme) has in one month.

    What divides a measure and what does not is in measures/; where it does not, "" or 0 stands.
    """

    __tablename__ = "report_sums"
    __table_args__ = ({"sqlite_with_rowid": False},)

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    month: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    category: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    aspect: Mapped[str] = mapped_column(String(20), primary_key=True)
    evidenced: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    # Medians are found by it.
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Both can be 0 where something was counted once, and is no more.
    number: Mapped[int] = mapped_column(BigInteger)
    pence: Mapped[int] = mapped_column(BigInteger)


class CountedBook(Base):
    """Up to which entry of an audit book everything has been counted."""

    __tablename__ = "counted_books"

    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class Recount(Base):
    """A count from nothing that is under way; there is one row, or none."""

    __tablename__ = "recounts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The last referral that was counted; None before the first.
    last_id: Mapped[UUID | None]
    done: Mapped[int] = mapped_column(BigInteger)
