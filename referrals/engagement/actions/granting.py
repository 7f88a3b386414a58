"""Keeping the register of small grants: rounds are opened and changed, awards entered, changed and withdrawn."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.engagement import giving
from referrals.engagement.giving import Award, Round
from referrals.engagement.models import GrantAward, GrantRound, GrantTheme
from referrals.engagement.policy import grants as policy
from referrals.engagement.queries import grants as queries
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.faults import refuse


def open_round(told: Round, *, by: Viewer) -> GrantRound:
    """Open a round of the viewer's group. Raises NotAllowed, and Invalid under the names of `Round` and "theme_1"."""
    organisation_id = policy.must_keep_register(by)
    refuse(giving.round_faults(told))
    assert by.person_id is not None
    made = GrantRound(organisation_id=organisation_id, begun_at=clock.now(), begun_by_id=by.person_id)
    _take_round(made, told)
    db.session.add(made)
    db.session.flush()
    _take_themes(made, told, {})
    _note("grant_round.opened", made.id, by, {"total_pence": told.total_pence})
    return made


def change_round(found: GrantRound, told: Round, *, by: Viewer, version: int | None) -> None:
    """Change a round. A theme that awards were made under can be renamed, not taken away.

    Raises NotFound, NotAllowed, Stale, and Invalid under the names of `Round` and "theme_1", "theme_2" and so on.
    """
    policy.must_keep(found, by)
    _hold(found)
    if version is not None and version != found.version:
        raise Stale
    faults = giving.round_faults(told)
    given = queries.given_pence(found.id)
    if told.total_pence < given:
        faults.setdefault("total", f"The round has given {giving.in_pounds(given)} already")
    themes = {theme.place: theme for theme in queries.themes_of([found.id])}
    used = {one.theme_id for one in queries.awards_of([found.id])}
    for place, theme in themes.items():
        if place not in told.themes and theme.id in used:
            faults[f"theme_{place}"] = "Awards were made under this theme. Rename it, or change them first"
    refuse(faults)
    _take_round(found, told)
    _take_themes(found, told, themes)
    _note("grant_round.changed", found.id, by, {"total_pence": told.total_pence})


def enter_award(found: GrantRound, told: Award, *, by: Viewer) -> GrantAward:
    """Enter an award. Raises NotFound, NotAllowed, and Invalid under the names of `Award`."""
    policy.must_keep(found, by)
    _hold(found)
    refuse(_award_faults(found, told))
    assert by.person_id is not None
    made = GrantAward(
        organisation_id=found.organisation_id,
        round_id=found.id,
        entered_at=clock.now(),
        entered_by_id=by.person_id,
    )
    _take_award(made, told)
    db.session.add(made)
    _note_award("grant_award.entered", made, by)
    return made


def change_award(made: GrantAward, told: Award, *, by: Viewer, version: int | None) -> None:
    """Change an award that was not withdrawn. Raises as `enter_award`, and IllegalMove and Stale."""
    found = _to_be_changed(made, by, version)
    refuse(_award_faults(found, told, but=made.id))
    _take_award(made, told)
    _note_award("grant_award.changed", made, by)


def withdraw_award(made: GrantAward, why: str, *, by: Viewer, version: int | None) -> None:
    """Withdraw an award: it stays in the register, and counts nowhere. Raises as `change_award`."""
    _to_be_changed(made, by, version)
    if not why.strip():
        raise Invalid({"why": "Say why it is withdrawn"})
    made.withdrawn_at = made.changed_at = clock.now()
    made.withdrawn_by_id, made.why_withdrawn = by.person_id, why.strip()
    _note_award("grant_award.withdrawn", made, by)


def _to_be_changed(made: GrantAward, by: Viewer, version: int | None) -> GrantRound:
    policy.must_keep(made, by)
    found = queries.grant_round(made.round_id, by)
    _hold(found)
    db.session.refresh(made)
    if made.withdrawn_at is not None:
        raise IllegalMove("This award was withdrawn. Enter a new one instead.")
    if version is not None and version != made.version:
        raise Stale
    return found


def _hold(found: GrantRound) -> None:
    """Let nobody else give from the round meanwhile, so that two together do not give more than there is."""
    # Read anew, because somebody may have changed it while we waited.
    db.session.refresh(found, with_for_update=True)


def _award_faults(found: GrantRound, told: Award, but: UUID | None = None) -> dict[str, str]:
    faults = giving.award_faults(told)
    if told.theme_id not in {theme.id for theme in queries.themes_of([found.id])}:
        faults["theme"] = "Choose a theme of this round"
    left = found.total_pence - queries.given_pence(found.id, but)
    if "amount" not in faults and told.amount_pence > left:
        faults["amount"] = f"Only {giving.in_pounds(left)} of the round is left"
    return faults


def _take_round(found: GrantRound, told: Round) -> None:
    found.name, found.total_pence = told.name.strip(), told.total_pence
    found.opens_on, found.closes_on = told.opens_on, told.closes_on


def _take_themes(found: GrantRound, told: Round, themes: Mapping[int, GrantTheme]) -> None:
    for place in giving.PLACES:
        theme, name = themes.get(place), told.themes.get(place, "").strip()
        if theme is None and name:
            theme = GrantTheme(round_id=found.id, place=place)
            theme.name = name
            db.session.add(theme)
        elif theme is not None and not name:
            db.session.delete(theme)
        elif theme is not None and name != theme.name:
            theme.name = name


def _take_award(made: GrantAward, told: Award) -> None:
    assert told.theme_id is not None
    made.theme_id, made.amount_pence, made.awarded_on = told.theme_id, told.amount_pence, told.awarded_on
    made.recipient_kind = told.recipient_kind
    made.recipient_number = giving.tidy_number(told.recipient_number) or None
    made.recipient, made.project, made.purpose = told.recipient.strip(), told.project.strip(), told.purpose.strip()
    made.presenter, made.event, made.presented_on = told.presenter.strip(), told.event.strip(), told.presented_on
    made.changed_at = clock.now()


def _note_award(action: str, made: GrantAward, by: Viewer) -> None:
    _note(action, made.round_id, by, {"award": made.id, "amount_pence": made.amount_pence, "theme": made.theme_id})


def _note(action: str, round_id: UUID, by: Viewer, facts: Mapping[str, Any]) -> None:
    record(action, by=by, subject=("grant_round", round_id), facts=facts)
