"""What is known of an MP's skills and roles, kept on the page of their office by an administrator."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.directory import actions, queries
from referrals.directory.models import Office
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.skills import SkillForm
from referrals.web.posting import answer_to

blueprint = Blueprint("skills", __name__, url_prefix="/organisations/<uuid:office_id>/skills")

manages = needs(Permission.ORGANISATION_MANAGE)


@blueprint.route("/new", methods=["GET", "POST"])
@manages
def new(office_id: UUID) -> ResponseReturnValue:
    """Note a skill or role of the MP of this office."""
    office, form = _office(office_id), SkillForm()
    home = url_for("organisations.show", organisation_id=office_id)

    def act() -> str:
        known = actions.Known(
            skill=form.skill.data,
            role=form.role.data,
            source=form.source.data,
            checked_on=form.checked_on.data,
            begins_on=form.begins_on.data,
            ends_on=form.ends_on.data,
        )
        actions.add_skill(_office(office_id).term.member, known, by=viewer())
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Skill noted. New briefs name it where it fits.")):
        return answer
    return render_template("skills/new.html", form=form, member=office.term.member.name, back_link=home)


@blueprint.route("/<uuid:skill_id>/remove", methods=["GET", "POST"])
@manages
def remove(office_id: UUID, skill_id: UUID) -> ResponseReturnValue:
    """Take a skill or role out, when that is confirmed."""
    office, form = _office(office_id), PlainForm()
    skill = queries.skill(skill_id)
    if skill.member_id != office.term.member_id:
        raise NotFound
    home = url_for("organisations.show", organisation_id=office_id)

    def act() -> str:
        actions.remove_skill(queries.skill(skill_id), by=viewer())
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Taken out.")):
        return answer
    return render_template("skills/remove.html", form=form, skill=skill, member=office.term.member.name, back_link=home)


def _office(office_id: UUID) -> Office:
    office = queries.office_of(office_id)
    if office is None:
        raise NotFound
    return office
