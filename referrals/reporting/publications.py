"""Keeping what was shown of a period that is over, so that two readings of it can never be subtracted.

What happened in a quarter changes afterwards: a referral is reopened, a result is replaced. Were it counted anew for
each reader, the difference between two readings would tell of a single resident. So the first reading stays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from referrals.accounts.roles import Side
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.reporting import monthly, neighbours, packing, periods, queries
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Given, Listening, Name, Profile, Shown, guarded, profile_of
from referrals.reporting.models import Publication
from referrals.reporting.nets import net_of
from referrals.reporting.periods import Period
from referrals.reporting.report import Report
from referrals.reporting.reports import outcomes, residents_view
from referrals.reporting.reports.areas import counts as areas
from referrals.reporting.scope import Scope

# The name of the monthly figures among the reports.
FIGURES: Final = "figures"
COUNTING: Final = "Figures are being counted anew just now. Nothing was lost: try again in a few minutes."

# The reports that a group or an office shows others of a quarter: what impact reports and briefings are made from.
OF_ONE: Final = (outcomes.NAME, residents_view.NAME)

Build = Callable[[Scope, Period], Report]
Reports = Mapping[str, Build]


def shown_report(name: str, scope: Scope, period: Period) -> Report | None:
    """The report as it was first shown; None while nobody asked for it. It only reads."""
    found = _publication(name, scope, period)
    return packing.report_of(found.numbers["report"]) if found else None


def is_kept(name: str, scope: Scope, period: Period) -> bool:
    """Whether this report was shown to somebody before."""
    return db.session.scalar(_kept(name, scope).with_only_columns(Publication.id).where(_of(period))) is not None


def publish_report(name: str, reports: Reports, scope: Scope, period: Period) -> int:
    """Make and keep what others are shown of a period, and all that it rests on; says how many reports that were.

    A year rests on its quarters, and half a year on its two. A quarter is kept as a whole, so that it does not matter
    who asked for what first. That of a programme rests on the figures of its months that anybody may read; that of a
    group or an office, which is OF_ONE of the reports, on what others have shown of the same referrals, its programme's
    first. `reports` are all that coordinators read of periods, by their names.
    """
    if is_kept(name, scope, period):
        return 0
    if parts := periods.quarters_of(period):
        made = sum(publish_report(name, reports, scope, part) for part in parts)
        profile = replace(scope.profile, parts=tuple(_given(name, scope, part) for part in parts))
        return made + _publish(name, reports[name], replace(scope, profile=profile), period)
    if scope.side is Side.PROGRAMME:
        months = periods.months_of(period)
        return _publish_quarter(reports, scope, period, _shown_of_months(scope, months), months)
    before: dict[Key, Shown] = {}
    for programme in neighbours.programmes_first(scope):
        publish_report(name, reports, programme, period)
        before |= _shown_of_area(scope, programme, period)
    return _publish_quarter({one: reports[one] for one in OF_ONE}, scope, period, before)


def _publish_quarter(
    reports: Reports, scope: Scope, quarter: Period, before: dict[Key, Shown], months: Sequence[Period] = ()
) -> int:
    """All reports of a quarter, decided together: each says what it would show, and then no two give a number away.

    What was shown before stays: the months that anybody may read, what groups, offices and programmes have shown, and
    reports that were kept when there were fewer.
    """
    threshold = scope.threshold or 0
    exact = _exact_months(scope, months)
    for build in reports.values():
        build(replace(scope, profile=Listening(scope.profile.rules, threshold, heard=exact)), quarter)
    there = {name: _given(name, scope, quarter) for name in reports if is_kept(name, scope, quarter)}
    for given in there.values():
        before |= {key: Shown(value, threshold) for key, value in given.counts.items()}
    profile = _limited(scope.profile, reports, scope, quarter)
    net = [replace(edge, shown=edge.shown and edge.key not in profile.withheld) for edge in net_of(exact)]
    decided = guarded(net, threshold, before, profile.spare)
    scope = replace(scope, profile=replace(profile, decided=decided))
    return sum(_publish(name, reports[name], scope, quarter) for name in reports if name not in there)


def _publish(name: str, build: Build, scope: Scope, period: Period) -> bool:
    scope = replace(scope, profile=replace(scope.profile, given=Given()))
    report = build(scope, period)
    return _keep(name, scope, period, {"report": packing.pack(report), **packing.pack_given(scope.profile.given)})


def _exact_months(scope: Scope, months: Sequence[Period]) -> dict[Key, int]:
    if not months:
        return {}
    found, categories = queries.closings(scope, months), sorted(lists.codes("categories"))
    return {edge.key: edge.value for month in months for edge in monthly.of_month(found, month.code, categories)}


def _shown_of_area(scope: Scope, programme: Scope, period: Period) -> dict[Key, Shown]:
    """What a programme has shown of one of its groups among its areas, by the keys of the group's own reports."""
    found = _publication(areas.NAME, programme, period)
    if scope.side is not Side.GROUP or found is None:
        return {}
    shown, code = packing.given_of(found.numbers).counts, directory.organisation(scope.organisation_id).code
    keys = {areas.of(measure, code): areas.of(measure) for measure in areas.OF_OUTCOMES}
    return {own: Shown(shown[key], found.threshold) for key, own in keys.items() if key in shown}


def _limited(profile: Profile, reports: Reports, scope: Scope, period: Period) -> Profile:
    """The profile with the limits that what others have shown by the same reports sets."""
    for name, build in reports.items():
        kept = _kept_by_all(name, scope, period)
        if kept or scope.side is not Side.PROGRAMME:
            limits = neighbours.limits(build, scope, period, kept)
            profile = replace(
                profile,
                withheld=limits.withheld | set(profile.withheld),
                apart={**profile.apart, **limits.apart},
                spare=limits.spare,
            )
    return profile


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
