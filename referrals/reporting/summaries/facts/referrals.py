"""What each referral counts as."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from referrals.casework.models import Outcome, Referral
from referrals.casework.policy import ANSWERED, REQUEST_FOR_ADVICE
from referrals.casework.workflow import states
from referrals.directory.models import Group, Organisation
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.summaries.facts.tables import REFERRALS, Chosen, counts, named, one_where


def about_a_resident() -> ColumnElement[bool]:
    """Whether a referral is about a resident: a request for advice is not."""
    return or_(Referral.issue_type.is_(None), Referral.issue_type != REQUEST_FOR_ADVICE)


def referrals_now(chosen: Chosen) -> Select[Any]:
    """The rows of `counted_referrals`, column by column."""
    later = aliased(Outcome)
    newer = exists().where(
        later.referral_id == Outcome.referral_id, later.superseded_at.is_(None), later.id > Outcome.id
    )
    standing = and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None), ~newer)
    sent, ended = Referral.submitted_at, Referral.ended_at
    columns: list[Any] = [
        Referral.id,
        Referral.office_id,
        Referral.group_id,
        Group.programme_id,
        func.coalesce(Organisation.code, ""),
        one_where(Referral.issue_type == REQUEST_FOR_ADVICE),
        one_where(Referral.state.in_((states.SUBMITTED, states.INFORMATION_REQUESTED))),
        func.coalesce(Referral.category, ""),
        london_day_number(sent),
        london_day_number(Referral.seen_at),
        london_day_number(Referral.accepted_at),
        london_day_number(Referral.started_at),
        london_day_number(Referral.outcome_at),
        london_day_number(ended),
        _ended_as(),
        func.coalesce(Referral.end_reason, ""),
        one_where(Referral.erased_at.is_not(None)),
        london_day_number(sent) - day_number(Referral.waiting_since),
        _took(sent, Referral.seen_at),
        _took(sent, Referral.accepted_at),
        _took(Referral.accepted_at, Referral.started_at),
        _took(Referral.started_at, Referral.outcome_at),
        _took(Referral.outcome_at, ended),
        _took(sent, ended),
        Outcome.id,
        london_day_number(Outcome.recorded_at),
        func.coalesce(Outcome.resolution, ""),
        func.coalesce(Outcome.standing, ""),
        one_where(Outcome.evidenced),
    ]
    return (
        select(*named(REFERRALS, columns))
        .select_from(Referral)
        .outerjoin(Group, Group.organisation_id == Referral.group_id)
        .outerjoin(Organisation, Organisation.id == Referral.group_id)
        .outerjoin(Outcome, standing)
        .where(chosen(Referral.id), counts())
    )


def _ended_as() -> ColumnElement[str]:
    answered = and_(Referral.issue_type == REQUEST_FOR_ADVICE, Referral.end_reason == ANSWERED)
    return case((Referral.ended_at.is_(None), ""), (answered, ANSWERED), else_=Referral.state)


def _took(begun: InstrumentedAttribute[Any], ended: InstrumentedAttribute[Any]) -> ColumnElement[int | None]:
    # What begins again, in another office or once more, has no stage before it that ended.
    return case((begun <= ended, london_day_number(ended) - london_day_number(begun)), else_=None)
