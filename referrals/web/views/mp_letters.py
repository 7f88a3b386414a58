"""Letters and emails to an MP: a text is chosen, filled in, changed, taken away or copied, and logged."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import recipient
from referrals.accounts.roles import Permission
from referrals.correspondence.merging import fault_of_letter
from referrals.correspondence.mp_letters import MP_LETTERS, Known, MpLetter, write
from referrals.correspondence.rendering.to_member import to_member
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.engagement import actions, policy, queries
from referrals.engagement.actions.logging import LONGEST_SUBJECT
from referrals.foundation.clock import today
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.mp_letters import LetterForm, answers_of, form_for
from referrals.web.posting import answer_to

blueprint = Blueprint("mp_letters", __name__, url_prefix="/your-mp/letters")

keeps = needs(Permission.ENGAGEMENT_WRITE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("")
@keeps
def index() -> str:
    """The letters there are, each with when to write it (`?mp=` to one of several)."""
    return render_template(
        "mp_letters/index.html",
        letters=MP_LETTERS.values(),
        term_id=_first_choice(_terms()),
        back_link=url_for("contacts.index"),
    )


@blueprint.route("/<code>", methods=["GET", "POST"])
@keeps
def new(code: str) -> ResponseReturnValue:
    """Ask what only the writer knows, and show the letter with it (`?mp=` one of several)."""
    letter, terms = _letter(code), _terms()
    if not terms:
        return render_template("contacts/no_member.html", back_link=url_for(".index"))
    form = form_for(letter, term_id=_first_choice(terms))
    form.term_id.offer([(str(one.id), f"{one.member.name} MP, {one.constituency.name}") for one in terms])
    if form.validate_on_submit():
        term = next(one for one in terms if str(one.id) == form.term_id.data)
        made = write(letter, _known(term), answers_of(form, letter))
        shown = LetterForm(formdata=None, subject=made.subject, words=made.words, sent_as="email")
        return _page(shown, letter, term, made.missing)
    return render_template(
        "mp_letters/new.html", form=form, letter=letter, one_mp=len(terms) == 1, back_link=url_for(".index")
    )


@blueprint.post("/<code>/<uuid:term_id>")
@keeps
def use(code: str, term_id: UUID) -> ResponseReturnValue:
    """Take the letter away as Word, or say that it has gone: then it is a contact in the log."""
    who, letter, form = viewer(), _letter(code), LetterForm()
    term = queries.term_of(term_id, who)

    def act() -> str:
        told = actions.Told(
            term_id=term.id,
            happened_on=today(),
            channel=form.sent_as.data,
            types=[letter.type],
            subject=form.subject.data[:LONGEST_SUBJECT],
            ours=[who.person_id] if who.person_id else [],
        )
        return url_for("contacts.show", contact_id=actions.log_contact(told, by=who).id)

    if form.validate_on_submit() and _is_finished(form):
        if "log" not in request.form:
            content = to_member(form.subject.data, form.words.data, _known(term), today())
            return download(content, f"letter-{letter.code.replace('_', '-')}.docx", WORD)
        if answer := answer_to(form, act, "It is in the log. Add what is to be done next."):
            return answer
    return _page(form, letter, term)


def _is_finished(form: GovForm) -> bool:
    """Whether nothing is left between double brackets; says beside its field where something is."""
    faults = {name: fault for name in ("subject", "words") if (fault := fault_of_letter(form[name].data))}
    form.take_errors(faults)
    return not faults


def _page(form: GovForm, letter: MpLetter, term: Term, missing: tuple[str, ...] = ()) -> str:
    return render_template(
        "mp_letters/use.html",
        form=form,
        letter=letter,
        term=term,
        missing=missing,
        back_link=url_for(".new", code=letter.code, mp=term.id),
    )


def _letter(code: str) -> MpLetter:
    if code not in MP_LETTERS:
        raise NotFound
    return MP_LETTERS[code]


def _terms() -> list[Term]:
    return queries.members_of(policy.must_keep_log(viewer()))


def _first_choice(terms: list[Term]) -> str | None:
    asked = request.args.get("mp")
    known = {str(one.id) for one in terms}
    return asked if asked in known else str(terms[0].id) if len(terms) == 1 else None


def _known(term: Term) -> Known:
    who = viewer()
    address = recipient(who.person_id) if who.person_id else None
    if address is None:
        raise NotAllowed
    return Known(
        member=term.member.name,
        constituency=term.constituency.name,
        group=directory.organisation(policy.must_keep_log(who)).name,
        writer=who.name,
        email=address.email,
    )
