"""Documents of a referral or a draft: adding, opening, sharing and removing them."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions as casework
from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.documents import actions, policy, queries
from referrals.documents.cleaning.kinds import LARGEST, MEDIA_TYPES, MEGABYTE, Kind
from referrals.documents.models import Document
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.files import AddDocumentsForm, RemoveDocumentForm
from referrals.web.posting import carry_out
from referrals.web.presenting.documents import document_row, documents_for, place_of
from referrals.web.presenting.referral import other_side, sides_of
from referrals.web.security import takes_bodies_of
from referrals.web.taking_in import Circumstances, take_in

blueprint = Blueprint("documents", __name__)

# Ten files of the largest size, and the form around them.
LARGEST_BODY: Final = policy.MOST * LARGEST + MEGABYTE


def on_both(rest: str, **options: Any) -> Callable[[Any], Any]:
    """The same page under a referral and under a draft."""

    def register(view: Any) -> Any:
        for rule in (f"/referrals/<reference>/documents{rest}", f"/drafts/<uuid:draft_id>/documents{rest}"):
            blueprint.add_url_rule(rule, view_func=view, **options)
        return view

    return register


def find(who: Viewer, reference: str = "", draft_id: UUID | None = None) -> Referral:
    """What the documents are on. Raises NotFound."""
    return cases.draft(draft_id, who) if draft_id else cases.referral(reference, who)


@blueprint.get("/drafts/<uuid:draft_id>/documents")
@needs(Permission.DOCUMENT_WRITE, writes=True)
def index(draft_id: UUID) -> ResponseReturnValue:
    """The documents of a draft; those of a referral are on its page."""
    who = viewer()
    with transaction():
        referral = find(who, draft_id=draft_id)
        policy.must_add(referral, who)
        look(referral, who)
        shown = documents_for(referral, who, sides_of(referral))
    return render_template(
        "documents/index.html", documents=shown, back_link=url_for("drafts.check", draft_id=draft_id)
    )


@on_both("/add", methods=["GET", "POST"])
@needs(Permission.DOCUMENT_WRITE)
@takes_bodies_of(LARGEST_BODY)
def add(**where: Any) -> ResponseReturnValue:
    """Add documents, several at once. Those that cannot be taken are named with the reason; the others are kept."""
    who = viewer()
    # Nothing is held while files are made safe and stored.
    with only_reading():
        referral = find(who, **where)
        policy.must_add(referral, who)
        around = Circumstances.of(referral, who, home(referral))
    form = AddDocumentsForm()
    form.set_audience(around.own, around.other, around.first)
    kept: tuple[str, ...] = ()
    if form.validate_on_submit():
        taken = take_in(form, around, partial(find, who, **where), who)
        if not form.files.errors:
            return taken.answer
        kept = taken.kept
    return render_template("documents/add.html", form=form, kept=kept, around=around, back_link=around.home)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_much(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """All that was chosen is together more than is taken at once: nothing of it was read or is known."""
    return render_template("documents/too_much.html", again=request.path), 413


@on_both("/<uuid:document_id>", methods=["GET"])
@needs(Permission.REFERRAL_READ, writes=True)
def fetch(document_id: UUID, **where: Any) -> Response:
    """A document as a download; the reading leaves its event before anything is given out."""
    who = viewer()
    with only_reading():
        document = queries.document(find(who, **where), document_id, who)
        content = actions.content_of(document, who)
        name, kind = document.name or queries.LOST_NAME, Kind(document.kind)
    with transaction():
        actions.record_reading(queries.document(find(who, **where), document_id, who), by=who)
    return download(content, name, MEDIA_TYPES[kind])


@on_both("/<uuid:document_id>/share", methods=["GET", "POST"])
@needs(Permission.DOCUMENT_WRITE, writes=True)
def share(**where: Any) -> ResponseReturnValue:
    """Show which document it is, and share it with the other side when that is confirmed."""
    return change(PlainForm(), "share", where, "Document shared", actions.share)


@on_both("/<uuid:document_id>/remove", methods=["GET", "POST"])
@needs(Permission.DOCUMENT_WRITE, writes=True)
def remove(**where: Any) -> ResponseReturnValue:
    """Take a document away, with a reason."""
    form = RemoveDocumentForm()

    def act(document: Document, *, by: Viewer) -> None:
        actions.remove(document, form.reason.data or "", by=by)

    answer = change(form, "remove", where, "Document removed", act)
    if isinstance(answer, Response) and answer.status_code == 303:
        # Now that the change is saved; what cannot be deleted at once is cleared away by the worker.
        actions.delete_content(where["document_id"])
    return answer


def change(
    form: GovForm, page: str, address: dict[str, Any], done: str, verb: Callable[..., None]
) -> ResponseReturnValue:
    """Carry out a verb on one's own document, or show the page that asks; looking at it leaves its event."""
    who, where = viewer(), dict(address)
    document_id: UUID = where.pop("document_id")
    with only_reading():
        policy.must_be_own(queries.document(find(who, **where), document_id, who), who)

    def act() -> str:
        referral = find(who, **where)
        verb(queries.document(referral, document_id, who), by=who)
        return home(referral)

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except (IllegalMove, NotAllowed) as refused:
            form.form_errors.append(refused.message)
        else:
            flash(f"{done}.", "success")
            return answer
    with transaction():
        referral = find(who, **where)
        look(referral, who)
        shown = around_one(referral, document_id, who)
    return render_template(f"documents/{page}.html", form=form, **shown)


def look(referral: Referral, who: Viewer) -> None:
    """Leave the event of a reading: of a referral, or of a draft."""
    if referral.reference:
        casework.open_referral(referral.reference, by=who)
    else:
        actions.read_draft_list(referral, by=who)


def home(referral: Referral) -> str:
    """Where documents are listed."""
    if referral.reference:
        return url_for("referrals.show", reference=referral.reference, _anchor="documents")
    return url_for("documents.index", **place_of(referral))


def around_one(referral: Referral, document_id: UUID, who: Viewer) -> dict[str, Any]:
    """What the page about one document needs besides its form."""
    sides = sides_of(referral)
    line = next(line for line in queries.documents_of(referral, who) if line.id == document_id)
    return {
        "caption": referral.reference or "Draft",
        "document": document_row(line, referral, who, sides),
        "side": who.side.value,
        "other_side": sides[other_side(who)],
        "sent": referral.submitted_at is not None,
        "back_link": home(referral),
    }
