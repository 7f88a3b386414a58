"""Organisations as the administrator tends them: finding one, its people, and adding more."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import policy
from referrals.accounts import queries as accounts
from referrals.accounts.roles import Permission, Side
from referrals.directory import actions, lists, queries
from referrals.directory.models import Organisation
from referrals.foundation.errors import Invalid
from referrals.web.access import needs, viewer
from referrals.web.forms.base import GovForm
from referrals.web.forms.organisations import GroupForm, OfficeForm, ProgrammeForm
from referrals.web.paging import page_asked_for
from referrals.web.posting import carry_out
from referrals.web.presenting.skills import skills_of

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")
manages = needs(Permission.ORGANISATION_MANAGE)

PAGE_SIZE = 25
KINDS = {
    "": "All",
    Side.GROUP.value: "Groups",
    Side.OFFICE.value: "Offices",
    Side.PROGRAMME.value: "Programmes",
    Side.SERVICE.value: "The service",
}
KIND_WORDS = {"group": "Group", "office": "MP's office", "programme": "Programme", "service": "The service"}


@blueprint.get("")
@manages
def index() -> str:
    """Organisations by kind and name, a page at a time."""
    text = request.args.get("name", "").replace("\0", "").strip()[:120]
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = page_asked_for()
    found, total = queries.find_organisations(text, kind or None, page=page, size=PAGE_SIZE)
    return render_template(
        "organisations/index.html",
        organisations=found,
        heads=accounts.head_counts([organisation.id for organisation in found]),
        kind_words=KIND_WORDS,
        kind=kind,
        name=text,
        tabs=_tabs(kind, text),
        total=total,
        page=page,
        pages=-(-total // PAGE_SIZE),
        page_url=lambda number: _index_url(kind, text, number),
        wide=True,
    )


@blueprint.get("/<uuid:organisation_id>")
@manages
def show(organisation_id: UUID) -> str:
    """One organisation: what is known about it, and its people."""
    organisation = queries.organisation(organisation_id)
    people = accounts.people_of(organisation_id, viewer())
    keeper = policy.KEEPERS.get(Side(organisation.kind))
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        facts=_facts(organisation),
        people=people,
        invitations=accounts.invitations_of(organisation_id, viewer()),
        without_keeper=keeper is not None and not any(p.role is keeper and not p.disabled for p in people),
        own_id=viewer().person_id,
        back_link=url_for("organisations.index"),
        **skills_of(organisation_id),
    )


@blueprint.route("/new/programme", methods=["GET", "POST"])
@manages
def new_programme() -> ResponseReturnValue:
    """Add a programme."""
    form = ProgrammeForm(data={"small_count": "10"})

    def add() -> UUID:
        return actions.add_programme(
            name=form["name"].data,
            begins_on=form.begins_on.data,
            ends_on=form.ends_on.data,
            small_count=int(form.small_count.data),
            by=viewer(),
        ).organisation_id

    return _added(form, add, "organisations/new_programme.html")


@blueprint.route("/new/group", methods=["GET", "POST"])
@manages
def new_group() -> ResponseReturnValue:
    """Add a community group."""
    form = GroupForm()
    form.programme_id.offer([(str(p.organisation_id), p.organisation.name) for p in queries.programmes()])
    seats = [(str(seat.id), seat.name) for seat in queries.constituencies()]
    form.constituency.offer(seats)
    form.second_constituency.offer(seats)

    def add() -> UUID:
        chosen = {form.constituency.data, form.second_constituency.data} - {None, ""}
        return actions.add_group(
            name=form["name"].data,
            programme_id=UUID(form.programme_id.data) if form.programme_id.data else None,
            constituency_ids=[UUID(seat) for seat in chosen],
            trusted_body_name=form.trusted_body_name.data or None,
            trusted_body_kind=form.trusted_body_kind.data or None,
            email=form.email.data or None,
            phone=form.phone.data or None,
            by=viewer(),
        ).organisation_id

    return _added(form, add, "organisations/new_group.html")


@blueprint.route("/new/office", methods=["GET", "POST"])
@manages
def new_office() -> ResponseReturnValue:
    """Add the office of an MP."""
    terms = {str(term.id): term for term in queries.terms_without_office()}
    form = OfficeForm()
    form.term_id.offer([(key, f"{term.constituency.name}: {term.member.name}") for key, term in terms.items()])

    def add() -> UUID:
        return actions.add_office(
            term=terms[form.term_id.data],
            email=form.email.data or None,
            phone=form.phone.data or None,
            by=viewer(),
        ).organisation_id

    return _added(form, add, "organisations/new_office.html", none_left=not terms)


def _added(form: GovForm, add: Callable[[], UUID], template: str, **page: object) -> ResponseReturnValue:
    """Show the form, or add the organisation and go on to its page, where its first person is invited."""
    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, lambda: url_for("organisations.show", organisation_id=add()))
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            flash("The organisation is added. Invite its first person next.", "success")
            return answer
    return render_template(template, form=form, back_link=url_for("organisations.index"), **page)


def _tabs(kind: str, text: str) -> list[dict[str, object]]:
    """The kinds of organisation to look among, keeping what was searched for."""
    return [{"text": words, "href": _index_url(code, text), "active": code == kind} for code, words in KINDS.items()]


def _index_url(kind: str, text: str, page: int | None = None) -> str:
    return url_for("organisations.index", kind=kind or None, name=text or None, page=page)


def _facts(organisation: Organisation) -> list[dict[str, str]]:
    """What is known about an organisation, for a summary list."""
    known = {"Kind": KIND_WORDS[organisation.kind], "Code": organisation.code}
    known |= {"Email address": organisation.email or "Not known", "Telephone number": organisation.phone or "Not known"}
    group, office = queries.group_of(organisation.id), queries.office_of(organisation.id)
    if group:
        programme = queries.names_of([group.programme_id]) if group.programme_id else {}
        known["Programme"] = next(iter(programme.values()), "None")
        known["Constituencies"] = ", ".join(seat.name for seat in group.constituencies) or "None named"
        body_kind = lists.label("agency_kinds", group.trusted_body_kind) if group.trusted_body_kind else ""
        known["Locally trusted organisation"] = (
            ", ".join(filter(None, (group.trusted_body_name, body_kind))) or "Not known"
        )
    if office:
        known["MP"] = office.term.member.name
        known["Constituency"] = office.term.constituency.name
    return [{"key": key, "value": value} for key, value in known.items()]
