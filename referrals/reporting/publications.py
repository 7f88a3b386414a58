"""Keeping what was shown of a period that is over, so that two readings of it can never be subtracted.

What happened in a quarter changes afterwards: a referral is reopened, a result is replaced. Were it counted anew for
each reader, the difference between two readings would tell of a single resident. So the first reading stays.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from referrals.accounts.roles import Side
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.reporting import monthly, neighbours, packing, periods, queries
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Given, Name, Profile, Shown, profile_of
from referrals.reporting.models import Publication
from referrals.reporting.periods import Period
from referrals.reporting.report import Report
from referrals.reporting.scope import Scope

# The name of the monthly figures among the reports.
FIGURES: Final = "figures"
COUNTING: Final = "Figures are being counted anew just now. Nothing was lost: try again in a few minutes."

Build = Callable[[Scope, Period], Report]


def shown_report(name: str, scope: Scope, period: Period) -> Report | None:
    """The report as it was first shown; None while nobody asked for it. It only reads."""
    found = _publication(name, scope, period)
    return packing.report_of(found.numbers["report"]) if found else None


def is_kept(name: str, scope: Scope, period: Period) -> bool:
    """Whether this report was shown to somebody before."""
    return db.session.scalar(_kept(name, scope).with_only_columns(Publication.id).where(_of(period))) is not None


def publish_report(name: str, build: Build, scope: Scope, period: Period) -> bool:
    """Make and keep what others are shown of a period, and all that it rests on; False where that is done.

    A year rests on its quarters, and half a year on its two. A quarter of a programme rests on the figures of its
    months that anybody may read; that of a group or an office on what others have shown of the same referrals, its
    programme's first.
    """
    if is_kept(name, scope, period):
        return False
    parts = periods.quarters_of(period)
    for part in parts:
        publish_report(name, build, scope, part)
    profile = replace(scope.profile, parts=tuple(_given(name, scope, part) for part in parts), given=Given())
    if not parts:
        profile = _beside_others(name, build, scope, period, profile)
    report = build(replace(scope, profile=profile), period)
    return _keep(name, scope, period, {"report": packing.pack(report), **packing.pack_given(profile.given)})


def _beside_others(name: str, build: Build, scope: Scope, period: Period, profile: Profile) -> Profile:
    for programme in neighbours.programmes_first(scope):
        publish_report(name, build, programme, period)
    limits = neighbours.limits(build, scope, period, _kept_by_all(name, scope, period))
    # What a group or an office did month by month is shown to nobody.
    months = periods.months_of(period) if scope.side is Side.PROGRAMME else []
    before = _shown_of_months(scope, months)
    return replace(profile, before=before, withheld=limits.withheld, apart=limits.apart, spare=limits.spare)


def _kept_by_all(name: str, scope: Scope, period: Period) -> dict[UUID, neighbours.Kept]:
    query = select(Publication).where(
        Publication.profile == scope.profile.rules.name, Publication.report == name, _of(period)
    )
    return {
        found.organisation_id: neighbours.Kept(packing.given_of(found.numbers), found.threshold)
        for found in db.session.scalars(query)
    }


def publish_months(scope: Scope, months: Iterable[Period]) -> int:
    """Make and keep the figures of these months that anybody may read; says how many were not there yet."""
    public = replace(scope, profile=public_profile(scope))
    there = figures_of(scope, months)
    missing = [month for month in months if month.code not in there]
    if not missing:
        return 0
    found = queries.closings(public, missing)
    categories = sorted(lists.codes("categories"))
    return sum(_publish_month(public, month, found, categories) for month in missing)


def _publish_month(scope: Scope, month: Period, found: list[queries.Closing], categories: list[str]) -> bool:
    profile = replace(scope.profile, given=Given())
    profile.counts(monthly.of_month(found, month.code, categories))
    return _keep(FIGURES, scope, month, packing.pack_given(profile.given))


def figures_of(scope: Scope, months: Iterable[Period]) -> dict[str, Publication]:
    """What is kept of these months, by their codes; one query."""
    query = _kept(FIGURES, replace(scope, profile=public_profile(scope))).where(
        Publication.period.in_([month.code for month in months])
    )
    return {found.period: found for found in db.session.scalars(query)}


def public_profile(scope: Scope) -> Profile:
    """The profile of anybody, which is never less strict than that of the programme's coordinators."""
    return profile_of(Name.PUBLIC, scope.threshold or 0)


def _shown_of_months(scope: Scope, months: list[Period]) -> dict[Key, Shown]:
    if not months:
        return {}
    publish_months(scope, months)
    return {
        key: Shown(value, month.threshold)
        for month in figures_of(scope, months).values()
        for key, value in packing.given_of(month.numbers).counts.items()
    }


def _given(name: str, scope: Scope, period: Period) -> Given:
    found = _publication(name, scope, period)
    assert found is not None
    return packing.given_of(found.numbers)


def _publication(name: str, scope: Scope, period: Period) -> Publication | None:
    return db.session.scalars(_kept(name, scope).where(_of(period))).one_or_none()


def _of(period: Period) -> ColumnElement[bool]:
    return Publication.period == period.code


def _kept(name: str, scope: Scope) -> Any:
    return select(Publication).where(
        Publication.organisation_id == scope.organisation_id,
        Publication.profile == scope.profile.rules.name,
        Publication.report == name,
    )


def _keep(name: str, scope: Scope, period: Period, numbers: dict[str, Any]) -> bool:
    """Keep it, unless somebody else did so at the same moment: then theirs stays."""
    made = Publication(
        organisation_id=scope.organisation_id,
        profile=scope.profile.rules.name,
        report=name,
        period=period.code,
        made_at=clock.now(),
        threshold=scope.threshold or 0,
        numbers=numbers,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return False
    return True
