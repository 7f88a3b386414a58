"""Published case studies, for everybody: the index, each on a page of its own, and as a file.

One that ended answers 410 with a page that says so, and not 404: who holds a link or a copy learns that it was taken
down on purpose and must not be used on, and search engines drop it at once. The address alone tells nothing of anybody.
"""

from flask import Blueprint, Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.directory.queries import names_of
from referrals.foundation.errors import NotFound
from referrals.notifications import settings
from referrals.stories import queries
from referrals.stories.models import PublishedStory
from referrals.stories.rendering import MEDIA_TYPES, Form, file_name, made
from referrals.stories.rendering.sheet import Sheet, sheet_of
from referrals.web.access import public
from referrals.web.downloads import download
from referrals.web.paging import page_asked_for

blueprint = Blueprint("case_studies", __name__, url_prefix="/case-studies")

# What was taken down is to be gone from the copies of search engines too.
ROBOTS = "noarchive, nosnippet"


@blueprint.get("")
@public
def index() -> str:
    """All that are shown today, the latest first."""
    page = page_asked_for()
    return render_template("case_studies/index.html", front=queries.front(page), page_url=_page_url)


def _page_url(number: int) -> str:
    return url_for("case_studies.index", page=number)


@blueprint.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One case study, while the person agrees that it is shown."""
    published = queries.shown(slug)
    if published is None:
        return gone(slug)
    as_file = queries.is_shown(published, "file")
    answer = make_response(
        render_template(
            "case_studies/show.html",
            sheet=sheet_for(published),
            slug=slug,
            files=list(Form) if as_file else [],
            back_link=url_for(".index"),
            back_text="All case studies",
        )
    )
    answer.headers["X-Robots-Tag"] = ROBOTS
    return answer


@blueprint.get("/<slug>/file/<form>")
@public
def fetch(slug: str, form: str) -> ResponseReturnValue:
    """One case study as a file, where the person agreed to that too."""
    if form not in set(Form):
        raise NotFound
    published = queries.shown(slug, "file")
    if published is None:
        return gone(slug)
    answer: Response = download(
        made(sheet_for(published), Form(form)), file_name(slug, Form(form)), MEDIA_TYPES[Form(form)]
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def gone(slug: str) -> ResponseReturnValue:
    """The page where there was one. Raises NotFound where there never was, or where only the page is shown."""
    if not queries.was_shown(slug) or queries.shown(slug) is not None:
        raise NotFound
    return render_template("case_studies/gone.html"), 410


def sheet_for(published: PublishedStory) -> Sheet:
    """Everything that stands on it, with the whole address of its page."""
    teller = names_of([published.organisation_id]).get(published.organisation_id, "")
    address = settings.current().base_url + url_for("case_studies.show", slug=published.slug)
    return sheet_of(published, teller, address)
