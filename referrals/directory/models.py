"""Organisations and places: programmes, groups, constituencies, MPs with dated terms, offices and agencies."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referrals.foundation.database import Base, Identified


class Organisation(Identified, Base):
    """A body whose people use the service; `kind` is programme, group, office or service."""

    __tablename__ = "organisations"

    kind: Mapped[str] = mapped_column(String(20), index=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    closed_on: Mapped[date | None]


class Programme(Base):
    """A funder's programme over many groups; its coordinators see figures, never residents."""

    __tablename__ = "programmes"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # Counts under this are hidden in what a coordinator sees.
    small_count: Mapped[int] = mapped_column(default=10)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class Group(Base):
    """A community group (a Big Local area and its like) with the body that holds its money and answers for it."""

    __tablename__ = "groups"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.organisation_id"), index=True)
    region: Mapped[str | None] = mapped_column(String(40))
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    trusted_body_name: Mapped[str | None] = mapped_column(String(160))
    # "council", "charity", "housing_association" and so on: a code of the list agency_kinds.
    trusted_body_kind: Mapped[str | None] = mapped_column(String(40))
    priorities: Mapped[list[str]] = mapped_column(default=list)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    constituencies: Mapped[list["Constituency"]] = relationship(secondary="group_constituencies")


class Constituency(Identified, Base):
    """A parliamentary constituency by its ONS code (E14…), 2024 boundaries."""

    __tablename__ = "constituencies"

    gss_code: Mapped[str] = mapped_column(String(9), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    nation: Mapped[str] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(40))


group_constituencies = Table(
    "group_constituencies",
    Base.metadata,
    Column("group_id", ForeignKey("groups.organisation_id"), primary_key=True),
    Column("constituency_id", ForeignKey("constituencies.id"), primary_key=True),
)


class Member(Identified, Base):
    """A Member of Parliament as a person, whatever seat they sit for."""

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(String(120))
    parliament_id: Mapped[int | None] = mapped_column(unique=True)

    terms: Mapped[list["Term"]] = relationship(back_populates="member")


class MemberSkill(Identified, Base):
    """Something an MP knows by profession or holds as a role, dated, with where it was read; all of it is public."""

    __tablename__ = "member_skills"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    # A code of the list member_skills.
    skill: Mapped[str] = mapped_column(String(40))
    # In words, like "Consultant in emergency medicine".
    role: Mapped[str] = mapped_column(String(120))
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # The address of the page where it was read, and when somebody last looked.
    source: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date]


class Term(Identified, Base):
    """One MP's time in one seat. A new MP is a new term, and a new office."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("member_id", "constituency_id", "begins_on"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    constituency_id: Mapped[UUID] = mapped_column(ForeignKey("constituencies.id"), index=True)
    party: Mapped[str | None] = mapped_column(String(60))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(40))

    member: Mapped[Member] = relationship(back_populates="terms", lazy="joined", innerjoin=True)
    constituency: Mapped[Constituency] = relationship(lazy="joined", innerjoin=True)


class Office(Base):
    """The office of one MP for one term: the controller of the casework it accepts."""

    __tablename__ = "offices"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"), unique=True)
    # Working days per clock where the office differs from the defaults of casework/clocks.py.
    clocks: Mapped[dict[str, Any]] = mapped_column(default=dict)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    term: Mapped[Term] = relationship(lazy="joined", innerjoin=True)


class Agency(Identified, Base):
    """A body that a referral is about: a department, a council, a landlord, an NHS body."""

    __tablename__ = "agencies"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    retired_on: Mapped[date | None]


class Postcode(Base):
    """Where a postcode lies; `postcode` is upper case with one space ("W12 7RQ")."""

    __tablename__ = "postcodes"

    postcode: Mapped[str] = mapped_column(String(8), primary_key=True)
    constituency_id: Mapped[UUID] = mapped_column(ForeignKey("constituencies.id"), index=True)

    constituency: Mapped[Constituency] = relationship(lazy="joined", innerjoin=True)


class ListItem(Base):
    """A code that a closed list has had, kept so that nothing stored under it ever loses its meaning."""

    __tablename__ = "list_items"

    list_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    parent_code: Mapped[str | None] = mapped_column(String(60))
    position: Mapped[int]
    retired_on: Mapped[date | None]
