"""The register of small grants as pages show it: rounds in a list, and one round with its totals and its awards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.engagement.giving import as_pounds
from referrals.engagement.models import GrantAward, GrantRound, GrantTheme
from referrals.engagement.policy import grants as policy
from referrals.engagement.queries import grants as queries
from referrals.engagement.queries.grants import RoundLine
from referrals.engagement.threesixty import Publisher
from referrals.foundation.clock import today
from referrals.reporting.report import Column, Row, Table, Unit


def lines_of(found: Sequence[RoundLine]) -> list[dict[str, Any]]:
    """The rounds as a list shows them; one query for the names of their areas."""
    names = directory.names_of({line.round.organisation_id for line in found})
    return [
        _facts(line.round)
        | {
            "href": url_for("grants.show", round_id=line.round.id),
            "area": names[line.round.organisation_id],
            "awards": line.awards,
            "given": as_pounds(line.given_pence),
        }
        for line in found
    ]


def _facts(found: GrantRound) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "opens_on": found.opens_on,
        "closes_on": found.closes_on,
        "is_open": found.opens_on <= today() <= found.closes_on,
        "total": as_pounds(found.total_pence),
    }


def page_of(found: GrantRound, viewer: Viewer) -> dict[str, Any]:
    """What the page of a round reads; three queries and what the policy asks."""
    themes, awards = queries.themes_of([found.id]), queries.awards_of([found.id])
    given = sum(one.amount_pence for one in awards if one.withdrawn_at is None)
    names = {theme.id: theme.name for theme in themes}
    return {
        "round": _facts(found),
        "area": directory.organisation(found.organisation_id).name,
        "given": as_pounds(given),
        "left": as_pounds(found.total_pence - given),
        "by_theme": totals_of(themes, awards),
        "awards": [_award(one, names) for one in awards],
        "counted": sum(one.withdrawn_at is None for one in awards),
        "may_keep": policy.may_keep(found, viewer),
    }


def totals_of(themes: Sequence[GrantTheme], awards: Sequence[GrantAward]) -> Table:
    """How much went to each theme, to be drawn and written; what was withdrawn does not count."""

    def row(label: str, found: Sequence[GrantAward]) -> Row:
        counted = [one for one in found if one.withdrawn_at is None]
        return Row(label, (as_pounds(sum(one.amount_pence for one in counted)), len(counted)))

    counts = any(one.withdrawn_at is None for one in awards)
    rows = [row(theme.name or "", [one for one in awards if one.theme_id == theme.id]) for theme in themes]
    return Table(
        key="by-theme",
        title="By theme",
        first="Theme",
        columns=(Column("Given", Unit.POUNDS), Column("Awards", Unit.AWARDS)),
        rows=tuple(rows) if counts else (),
        total=row("All themes", awards),
        charted=(0,),
        empty="When the first award is in, you see here how much went to each theme.",
    )


def _award(one: GrantAward, themes: dict[UUID, str | None]) -> dict[str, Any]:
    return {
        "id": one.id,
        "recipient": one.recipient,
        "kind": lists.label("grant_recipients", one.recipient_kind),
        "number": one.recipient_number,
        "theme": themes[one.theme_id],
        "amount": as_pounds(one.amount_pence),
        "awarded_on": one.awarded_on,
        "project": one.project,
        "purpose": one.purpose,
        "presenter": one.presenter,
        "event": one.event,
        "presented_on": one.presented_on,
        "withdrawn_at": one.withdrawn_at,
        "why_withdrawn": one.why_withdrawn,
    }


def publisher_of(organisation_id: UUID) -> Publisher:
    """Whose grants those of a group are, as they go out."""
    group, numbers = directory.group_of(organisation_id), queries.giver(organisation_id)
    organisation = directory.organisation(organisation_id)
    return Publisher(
        area=organisation.name,
        code=organisation.code,
        trusted_body=group.trusted_body_name if group else None,
        numbers=numbers,
    )
