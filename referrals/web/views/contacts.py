"""An area and its MP: the log of contacts, each story of contacts on its page, and writing one down."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import colleagues, names_of
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.directory.models import Term
from referrals.engagement import actions, policy, queries
from referrals.engagement.models import Contact
from referrals.engagement.queries.meetings import open_meetings
from referrals.foundation.clock import today
from referrals.foundation.errors import NotFound
from referrals.publishing.queries.briefings import briefings_of_contacts
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.choice import Option
from referrals.web.forms.contacts import THE_MP, ContactForm, NewContactForm, owners, usual_rows
from referrals.web.paging import page_asked_for
from referrals.web.posting import answer_to
from referrals.web.presenting import contacts as presenting
from referrals.web.presenting import meetings, publicity
from referrals.web.presenting.members import people_of

blueprint = Blueprint("contacts", __name__, url_prefix="/your-mp")

keeps = needs(Permission.ENGAGEMENT_WRITE)


@blueprint.get("")
@keeps
def index() -> str:
    """The MPs of the area, what is to be done, and the stories of the log."""
    who = viewer()
    organisation_id = policy.must_keep_log(who)
    page = page_asked_for()
    found, pages = queries.stories(organisation_id, who, page=page)
    return render_template(
        "contacts/index.html",
        members=presenting.members_of(queries.members_of(organisation_id), linked=True),
        elected=people_of(queries.known_people(who, None)),
        meetings=meetings.lines_of(open_meetings(who)),
        due=presenting.due_of(queries.due_follow_ups(who, own=False, ahead=None)),
        stories=presenting.lines_of(found),
        page=page,
        pages=pages,
    )


@blueprint.route("/contacts/new", methods=["GET", "POST"])
@keeps
def new() -> ResponseReturnValue:
    """Log a contact, with what is to be done after it, on one page (`?came_of=` an earlier one)."""
    who = viewer()
    organisation_id = policy.must_keep_log(who)
    earlier, terms = _earlier(who), queries.members_of(organisation_id)
    if not terms:
        return render_template("contacts/no_member.html", back_link=url_for(".index"))
    form = NewContactForm(
        happened_on=today(),
        term_id=_first_choice(terms, earlier),
        ours=[str(who.person_id)],
        came_of_id=str(earlier.id) if earlier else None,
        **usual_rows(who.person_id),
    )
    people = colleagues(who)
    here = [Option(str(one.person_id), one.name) for one in people]
    form.offer(terms, here, presenting.staff_of(terms, who))
    form.offer_owners(owners(people, who.person_id))
    form.came_of_id.offer(presenting.choices_of(_with(queries.latest_contacts(who), earlier)))

    def act() -> str:
        came_of = UUID(form.came_of_id.data) if form.came_of_id.data else None
        told = form.told(came_of_id=came_of, to_do=form.to_do())
        return url_for(".show", contact_id=actions.log_contact(told, by=who).id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "It is in the log.")):
        return answer
    back = url_for(".show", contact_id=earlier.id) if earlier else url_for(".index")
    return render_template("contacts/new.html", form=form, back_link=back, earlier=earlier, one_mp=len(terms) == 1)


@blueprint.get("/contacts/<uuid:contact_id>")
@keeps
def show(contact_id: UUID) -> str:
    """The whole story that a contact belongs to."""
    who = viewer()
    found = queries.contact(contact_id, who)
    story = queries.story_of(found)
    return render_template(
        "contacts/show.html",
        form=PlainForm(formdata=None),
        back_link=url_for(".index"),
        publicity=publicity.came_of(story, who),
        may_plan=who.may(Permission.MEETING_PLAN),
        briefings=briefings_of_contacts([one.id for one in story.contacts]),
        **presenting.story_page(story, found, who),
    )


@blueprint.route("/contacts/<uuid:contact_id>/edit", methods=["GET", "POST"])
@keeps
def edit(contact_id: UUID) -> ResponseReturnValue:
    """Correct what the log says of a contact."""
    who = viewer()
    found, home = queries.contact(contact_id, who), url_for(".show", contact_id=contact_id)
    form = ContactForm(
        version=found.version,
        channel=found.channel,
        subject=found.subject,
        happened_on=found.happened_on,
        term_id=str(found.term_id),
        types=found.types,
        ours=found.ours,
        others=found.others,
        staff=found.staff,
        there=[THE_MP] if found.member_there else [],
        theirs=found.theirs,
        contributions=found.contributions,
        agreed=found.agreed,
    )
    terms = _terms_for(found)
    form.offer(terms, _people_for(found, who), presenting.staff_of(terms, who, found.staff))

    def act() -> str:
        kept = queries.contact(contact_id, who)
        actions.correct_contact(kept, form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Corrected.")):
        return answer
    if form.stale:
        form.version.data = queries.contact(contact_id, who).version
    content = render_template("contacts/edit.html", form=form, back_link=home, one_mp=len(terms) == 1)
    return content, 409 if form.stale else 200


@blueprint.route("/contacts/<uuid:contact_id>/remove", methods=["GET", "POST"])
@keeps
def remove(contact_id: UUID) -> ResponseReturnValue:
    """Take a contact out of the log, when that is confirmed."""
    who, form = viewer(), PlainForm()
    found, home = queries.contact(contact_id, who), url_for(".show", contact_id=contact_id)
    policy.must_take_out(found, who)

    def act() -> str:
        actions.take_out_contact(queries.contact(contact_id, who), by=who)
        return url_for(".index")

    if form.validate_on_submit() and (answer := answer_to(form, act, "Taken out of the log.")):
        return answer
    return render_template("contacts/remove.html", form=form, back_link=home, subject=found.subject)


def _first_choice(terms: Sequence[Term], earlier: Contact | None) -> str:
    """The MP chosen before anybody chooses: of the earlier contact, or named by the address, or the usual one."""
    named = [str(term.id) for term in terms if str(term.id) == request.args.get("mp")]
    return str(earlier.term_id) if earlier else (named or [str(terms[0].id)])[0]


def _earlier(who: Viewer) -> Contact | None:
    """The contact that the address names. Raises NotFound for what is none of theirs."""
    text = request.args.get("came_of")
    if not text:
        return None
    try:
        return queries.contact(UUID(text), who)
    except ValueError:
        raise NotFound from None


def _with(found: Sequence[Contact], earlier: Contact | None) -> list[Contact]:
    return [*([earlier] if earlier and earlier.id not in {one.id for one in found} else []), *found]


def _terms_for(found: Contact) -> list[Term]:
    terms = queries.members_of(found.organisation_id)
    known = {term.id for term in terms}
    return terms if found.term_id in known else [*presenting.terms_of([found]).values(), *terms]


def _people_for(found: Contact, who: Viewer) -> list[Option]:
    """The people of the group, and those who have left but were there."""
    here: dict[str, Any] = {str(one.person_id): one.name for one in colleagues(who)}
    gone = [UUID(one) for one in found.ours if one not in here]
    here |= {str(person_id): name for person_id, name in names_of(gone).items()}
    return [Option(person_id, name) for person_id, name in here.items()]
