"""The register of small grants: rounds, their awards and what went to each theme, and the awards as open data."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.engagement import threesixty
from referrals.engagement.actions import giver as giver_actions
from referrals.engagement.actions import granting as actions
from referrals.engagement.models import GrantRound
from referrals.engagement.policy import grants as policy
from referrals.engagement.queries import grants as queries
from referrals.foundation.clock import today
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.grants import (
    AwardForm,
    GiverForm,
    RoundForm,
    WithdrawForm,
    as_kept,
    award_as_kept,
    giver_as_kept,
)
from referrals.web.posting import answer_to
from referrals.web.presenting import grants as presenting

blueprint = Blueprint("grants", __name__, url_prefix="/grants")

reads, keeps = needs(Permission.GRANT_READ), needs(Permission.GRANT_KEEP)
TYPES: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@blueprint.get("")
@reads
def index() -> str:
    """The rounds of one's own group, or of the groups of one's programme."""
    who = viewer()
    found = queries.grant_rounds(who)
    return render_template(
        "grants/index.html",
        rounds=presenting.lines_of(found),
        may_keep=who.may(Permission.GRANT_KEEP),
        any_awards=any(line.awards for line in found),
        back_link=url_for("areas.index" if who.may(Permission.ENGAGEMENT_READ) else "contacts.index"),
    )


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@keeps
def new() -> ResponseReturnValue:
    """Open a round."""
    who, form = viewer(), RoundForm(opens_on=today())

    def act() -> str:
        return url_for(".show", round_id=actions.open_round(form.told(), by=who).id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "The round is in the register.")):
        return answer
    return render_template("grants/new.html", form=form, back_link=url_for(".index"))


@blueprint.get("/rounds/<uuid:round_id>")
@reads
def show(round_id: UUID) -> str:
    """One round: what it gave to each theme, and its awards."""
    who = viewer()
    found = queries.grant_round(round_id, who)
    return render_template("grants/show.html", back_link=url_for(".index"), **presenting.page_of(found, who))


@blueprint.route("/rounds/<uuid:round_id>/edit", methods=["GET", "POST"])
@keeps
def edit(round_id: UUID) -> ResponseReturnValue:
    """Change a round."""
    who, home = viewer(), url_for(".show", round_id=round_id)
    found = queries.grant_round(round_id, who)
    policy.must_keep(found, who)
    form = RoundForm(**as_kept(found, queries.themes_of([round_id])))

    def act() -> str:
        actions.change_round(queries.grant_round(round_id, who), form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Changed.")):
        return answer
    if form.stale:
        form.version.data = queries.grant_round(round_id, who).version
    return _page("edit", form, home)


@blueprint.route("/rounds/<uuid:round_id>/awards/new", methods=["GET", "POST"])
@keeps
def award(round_id: UUID) -> ResponseReturnValue:
    """Enter an award in a round."""
    who, home = viewer(), url_for(".show", round_id=round_id)
    found = queries.grant_round(round_id, who)
    policy.must_keep(found, who)
    form = AwardForm(awarded_on=today())
    form.offer(queries.themes_of([round_id]))

    def act() -> str:
        actions.enter_award(queries.grant_round(round_id, who), form.told(), by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "The award is in the register.")):
        return answer
    return render_template("grants/award.html", form=form, back_link=home, name=found.name)


@blueprint.route("/awards/<uuid:award_id>/edit", methods=["GET", "POST"])
@keeps
def change(award_id: UUID) -> ResponseReturnValue:
    """Change an award."""
    who = viewer()
    made = queries.award(award_id, who)
    policy.must_keep(made, who)
    home = url_for(".show", round_id=made.round_id)
    form = AwardForm(**award_as_kept(made))
    form.offer(queries.themes_of([made.round_id]))

    def act() -> str:
        actions.change_award(queries.award(award_id, who), form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Changed.")):
        return answer
    if form.stale:
        form.version.data = queries.award(award_id, who).version
    return _page("change", form, home)


@blueprint.route("/awards/<uuid:award_id>/withdraw", methods=["GET", "POST"])
@keeps
def withdraw(award_id: UUID) -> ResponseReturnValue:
    """Withdraw an award, with a reason."""
    who = viewer()
    made = queries.award(award_id, who)
    policy.must_keep(made, who)
    home, form = url_for(".show", round_id=made.round_id), WithdrawForm(version=made.version)

    def act() -> str:
        actions.withdraw_award(queries.award(award_id, who), form.why.data, by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Withdrawn. It counts nowhere any more.")):
        return answer
    if form.stale:
        form.version.data = queries.award(award_id, who).version
    return _page("withdraw", form, home, recipient=made.recipient)


@blueprint.route("/numbers", methods=["GET", "POST"])
@keeps
def numbers() -> ResponseReturnValue:
    """Under which numbers the group's awards go out as open data."""
    who, home = viewer(), url_for(".index")
    organisation_id = policy.must_keep_register(who)
    form = GiverForm(**giver_as_kept(queries.giver(organisation_id)))

    def act() -> str:
        giver_actions.number_giver(form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Kept.")):
        return answer
    if form.stale and (found := queries.giver(organisation_id)):
        form.version.data = found.version
    return _page("numbers", form, home, publisher=presenting.publisher_of(organisation_id))


@blueprint.get("/file/<kind>")
@needs(Permission.GRANT_KEEP, writes=True)
def fetch_all(kind: str) -> Response:
    """All awards of the group as open data, in one file; taking it leaves its event."""
    who = viewer()
    with only_reading():
        found = [line.round for line in queries.grant_rounds(who)]
    return _file(policy.must_keep_register(who), found, kind, None)


@blueprint.get("/rounds/<uuid:round_id>/file/<kind>")
@needs(Permission.GRANT_READ, writes=True)
def fetch(round_id: UUID, kind: str) -> Response:
    """The awards of one round as open data; taking it leaves its event."""
    with only_reading():
        found = queries.grant_round(round_id, viewer())
    return _file(found.organisation_id, [found], kind, round_id)


def _file(organisation_id: UUID, rounds: list[GrantRound], kind: str, round_id: UUID | None) -> Response:
    """The file. Raises NotFound where there is nothing to put into it, as the standard knows no empty one."""
    if kind not in TYPES:
        raise NotFound
    ids = [one.id for one in rounds]
    with only_reading():
        publisher = presenting.publisher_of(organisation_id)
        made = threesixty.grants(publisher, rounds, queries.themes_of(ids), queries.awards_of(ids))
    if not made:
        raise NotFound
    with transaction():
        giver_actions.record_taking(organisation_id, round_id, kind, by=viewer())
    content = threesixty.as_csv(made) if kind == "csv" else threesixty.as_json(publisher, made, today())
    return download(content, f"small-grants.{kind}", TYPES[kind])


def _page(name: str, form: GovForm, home: str, **more: object) -> ResponseReturnValue:
    content = render_template(f"grants/{name}.html", form=form, back_link=home, **more)
    return content, 409 if form.stale else 200
