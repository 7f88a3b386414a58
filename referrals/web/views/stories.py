"""Case studies of an organisation: all of them, beginning one on a finished referral, and one as it stands."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import queries as cases
from referrals.foundation.database import transaction
from referrals.stories import actions, policy, queries
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import answer_to
from referrals.web.presenting import stories as presenting

blueprint = Blueprint("stories", __name__, url_prefix="/stories")


@blueprint.get("")
@needs(Permission.STORY_WRITE)
def index() -> str:
    """Every case study of the viewer's organisation, by how it stands, and those they may answer."""
    return render_template("stories/index.html", lists=presenting.lists_of(queries.listed(viewer())))


@blueprint.route("/new/<of>", methods=["GET", "POST"])
@needs(Permission.STORY_WRITE)
def new(of: str) -> ResponseReturnValue:
    """Begin a case study on a finished referral, after what it takes has been said."""
    who, form = viewer(), PlainForm()
    referral = cases.referral(of, who)
    policy.must_start(referral, who)

    def act() -> str:
        study = actions.start_case_study(cases.referral(of, who), by=who)
        return url_for("stories.show", study_id=study.id)

    if form.validate_on_submit():
        answer = answer_to(form, act, "Case study started.")
        if answer is not None:
            return answer
    back_link = url_for("referrals.show", reference=referral.reference)
    return render_template("stories/new.html", form=form, referral=referral, back_link=back_link)


@blueprint.get("/<uuid:study_id>")
@needs(Permission.STORY_WRITE, writes=True)
def show(study_id: UUID) -> ResponseReturnValue:
    """One case study: what is written and missing, or as it will be shown; reading it leaves its event."""
    who = viewer()
    with transaction():
        study = queries.study(study_id, who)
        actions.record_reading(study, by=who)
        shown = presenting.page_for(study, who)
    return render_template("stories/show.html", shown=shown, back_link=url_for(".index"), back_text="Case studies")


@blueprint.get("/<uuid:study_id>/preview")
@needs(Permission.STORY_WRITE, writes=True)
def preview(study_id: UUID) -> ResponseReturnValue:
    """A case study as it would be shown; reading it leaves its event."""
    who = viewer()
    with transaction():
        study = queries.study(study_id, who)
        policy.must_read(study, who)
        actions.record_reading(study, by=who)
        sheet = presenting.preview_of(study)
    return render_template("stories/preview.html", sheet=sheet, back_link=url_for(".show", study_id=study_id))
