"""The publicity of an area: the register, one entry, and a pack that is ready to be shared."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.engagement import queries as log
from referrals.engagement.actions import publicising as actions
from referrals.engagement.models import Contact
from referrals.engagement.policy import publicity as policy
from referrals.engagement.queries import publicity as queries
from referrals.engagement.sharing import as_zip
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.publicity import PublicityForm, as_kept
from referrals.web.paging import page_asked_for
from referrals.web.posting import answer_to
from referrals.web.presenting import contacts
from referrals.web.presenting import publicity as presenting

blueprint = Blueprint("publicity", __name__, url_prefix="/publicity")

keeps = needs(Permission.ENGAGEMENT_WRITE)
# What a pack is for unless somebody says otherwise.
USUAL: Final = "own_website"


@blueprint.get("")
@keeps
def index() -> str:
    """The register, the newest first, and how many there are of each kind."""
    who = viewer()
    page = page_asked_for()
    found, pages = queries.register(who, page=page)
    return render_template(
        "publicity/index.html",
        lines=presenting.lines_of(found),
        by_kind=presenting.totals_of(queries.numbers_by_kind(who)),
        page=page,
        pages=pages,
        back_link=url_for("contacts.index"),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@keeps
def new() -> ResponseReturnValue:
    """Add an entry (`?came_of=` a contact of the log)."""
    who = viewer()
    earlier = _earlier(who)
    form = PublicityForm(happened_on=today(), contact_id=str(earlier.id) if earlier else None)
    _offer_contacts(form, who, earlier)

    def act() -> str:
        return url_for(".show", publicity_id=actions.log_publicity(form.told(), by=who).id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "It is in the register.")):
        return answer
    back = url_for("contacts.show", contact_id=earlier.id) if earlier else url_for(".index")
    return render_template("publicity/new.html", form=form, back_link=back)


@blueprint.get("/<uuid:publicity_id>")
@keeps
def show(publicity_id: UUID) -> str:
    """One entry, with what may be shown of its quotes and pictures."""
    who = viewer()
    found = queries.publicity(publicity_id, who)
    return render_template("publicity/show.html", back_link=url_for(".index"), **presenting.page_of(found, who))


@blueprint.route("/<uuid:publicity_id>/edit", methods=["GET", "POST"])
@keeps
def edit(publicity_id: UUID) -> ResponseReturnValue:
    """Correct an entry."""
    who, home = viewer(), url_for(".show", publicity_id=publicity_id)
    found = queries.publicity(publicity_id, who)
    form = PublicityForm(**as_kept(found))
    _offer_contacts(form, who, log.contact(found.contact_id, who) if found.contact_id else None)

    def act() -> str:
        kept = queries.publicity(publicity_id, who)
        actions.correct_publicity(kept, form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Corrected.")):
        return answer
    if form.stale:
        form.version.data = queries.publicity(publicity_id, who).version
    content = render_template("publicity/edit.html", form=form, back_link=home)
    return content, 409 if form.stale else 200


@blueprint.route("/<uuid:publicity_id>/remove", methods=["GET", "POST"])
@keeps
def remove(publicity_id: UUID) -> ResponseReturnValue:
    """Take an entry out of the register, when that is confirmed."""
    who, form = viewer(), PlainForm()
    found, home = queries.publicity(publicity_id, who), url_for(".show", publicity_id=publicity_id)
    policy.must_take_out(found, who)

    def act() -> str:
        actions.take_out_publicity(queries.publicity(publicity_id, who), by=who)
        return url_for(".index")

    if form.validate_on_submit() and (answer := answer_to(form, act, "Taken out of the register.")):
        return answer
    return render_template("publicity/remove.html", form=form, back_link=home, title=found.title)


@blueprint.get("/<uuid:publicity_id>/share")
@keeps
def share(publicity_id: UUID) -> str:
    """What may be shared of an entry for one use (`?use=`), ready to be copied."""
    found = queries.publicity(publicity_id, viewer())
    return render_template(
        "publicity/share.html",
        entry=found,
        back_link=url_for(".show", publicity_id=publicity_id),
        download_link=url_for(".pack", publicity_id=publicity_id, use=_use()),
        **presenting.sharing_page(found, _use()),
    )


@blueprint.get("/<uuid:publicity_id>/share/pack")
@needs(Permission.ENGAGEMENT_WRITE, writes=True)
def pack(publicity_id: UUID) -> Response:
    """The same as a file; what is permitted is asked at this moment, and taking it leaves its event."""
    who = viewer()
    with transaction():
        found = queries.publicity(publicity_id, who)
        made, _ = presenting.pack_for(found, _use())
        actions.record_sharing(found, made, by=who)
    return download(as_zip(made, today()), "ready-to-share.zip", "application/zip")


def _use() -> str:
    return request.args.get("use", USUAL)[:40]


def _earlier(who: Viewer) -> Contact | None:
    """The contact that the address names. Raises NotFound for what is none of theirs."""
    text = request.args.get("came_of")
    if not text:
        return None
    try:
        return log.contact(UUID(text), who)
    except ValueError:
        raise NotFound from None


def _offer_contacts(form: PublicityForm, who: Viewer, known: Contact | None) -> None:
    latest = log.latest_contacts(who)
    extra = [known] if known is not None and known.id not in {one.id for one in latest} else []
    form.contact_id.offer(contacts.choices_of([*extra, *latest]))
