"""The timeline of a referral: what happened, what was written, and what the resident agreed to, for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.models import Person
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Consent, Milestone, Move, Note, Referral
from referrals.casework.queries.one import consents_of
from referrals.casework.workflow import TRANSITIONS, AskKind, Transition
from referrals.directory import lists
from referrals.directory.queries import names_of
from referrals.foundation.clock import local_day
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

# How much a resident must let a group know for it to read what the office did.
STATUS = "status"
SEEN_TITLE = "Seen by the MP’s office"
SERVICE_NAME = "The service"
# The sources of steps that enquiries fill in (actions/filling.py).
FROM_ENQUIRIES = ("enquiry_sent", "enquiry_answered")
# The kinds of agreement that only an office asks for.
OFFICE_CONSENTS = ("agency", "transfer")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `words` and `facts` are pairs of a label and a text (or a date), in order."""

    at: datetime
    # move, seen, note, milestone, consent
    kind: str
    # The transition's name, the milestone's or the consent's code; "note" for a note.
    code: str
    title: str
    by_name: str
    # group, office, service
    side: str
    words: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str | date], ...] = ()
    # For a note: whether only the viewer's own side reads it.
    private: bool = False
    # For a note that the other side reads too: since when.
    shared_at: datetime | None = None
    # For a milestone: the day it happened.
    happened_on: date | None = None
    # The id of the note, milestone or consent.
    id: UUID | None = field(default=None)
    # The role they acted in, where it was noted.
    role: str | None = None
    # Who they acted for, and what it is called where that is neither the group nor the office that has it now.
    organisation_id: UUID | None = None
    organisation: str = ""

    @property
    def day(self) -> date:
        """The London day under which it stands."""
        return local_day(self.at)


def timeline(row: Referral, viewer: Viewer) -> list[TimelineEntry]:
    """Everything the viewer may read of what happened, newest first; five queries. Raises NotFound to strangers."""
    policy.must_see(row, viewer)
    moves = _rows(Move, row)
    hears = policy.may_be_told(row, viewer, STATUS)
    found_notes = notes(row, viewer)
    steps = _rows(Milestone, row) if policy.may_be_told(row, viewer, "outcome") else []
    consents = consents_of(row, viewer)
    people = _names([*moves, *found_notes, *steps, *consents])
    entries = [
        *(_move(made, row, viewer, people) for made in moves if _is_shown(made, viewer, hears=hears)),
        *(_note(note, people) for note in found_notes),
        # What an enquiry made stands there as the enquiry itself.
        *(_milestone(step, row, people) for step in steps if step.source not in FROM_ENQUIRIES),
        *(_consent(given, people) for given in consents),
        *(_taken_back(given) for given in consents if given.withdrawn_at),
    ]
    return sorted(named(entries, row), key=lambda entry: entry.at, reverse=True)


def named(entries: list[TimelineEntry], row: Referral) -> list[TimelineEntry]:
    """The entries, with the name of the organisation where it was an office that had the referral before.

    No query unless there is one.
    """
    others = {entry.organisation_id for entry in entries} - {None, row.group_id, row.office_id}
    names = names_of([found for found in others if found])
    return [
        replace(entry, organisation=names[entry.organisation_id]) if entry.organisation_id in names else entry
        for entry in entries
    ]


def notes(row: Referral, viewer: Viewer) -> list[Note]:
    """The notes that the viewer may read, oldest first: their own side's, and what the other side shared."""
    policy.must_see(row, viewer)
    own = Note.organisation_id == viewer.organisation_id
    reaches = policy.may_be_told(row, viewer, "full")
    readable = or_(own, Note.shared_at.is_not(None)) if reaches else own
    query = select(Note).where(Note.referral_id == row.id, readable).order_by(Note.created_at, Note.id)
    return list(db.session.scalars(query))


def own_note(row: Referral, note_id: UUID, viewer: Viewer) -> Note:
    """One note on this referral by the viewer's own organisation. Raises NotFound."""
    policy.must_see(row, viewer)
    found = db.session.get(Note, note_id)
    if found is None or found.referral_id != row.id or found.organisation_id != viewer.organisation_id:
        raise NotFound
    return found


def milestones(row: Referral, viewer: Viewer) -> list[Milestone]:
    """The dated steps, in the order they happened; none where the resident did not agree that the group hears them."""
    policy.must_see(row, viewer)
    if not policy.may_be_told(row, viewer, "outcome"):
        return []
    return sorted(_rows(Milestone, row), key=lambda step: (step.happened_on, step.id))


def _rows(model: type[Any], row: Referral) -> list[Any]:
    # The referral is in the session, so that reading a child's words asks the database nothing more.
    return list(db.session.scalars(select(model).where(model.referral_id == row.id).order_by(model.id)))


def _names(rows: Sequence[Any]) -> dict[UUID, str]:
    ids = ({_who(row) for row in rows} | {_assignee(row) for row in rows}) - {None}
    if not ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}


def _who(row: Any) -> UUID | None:
    for name in ("by_id", "author_id", "recorded_by_id"):
        if hasattr(row, name):
            found: UUID | None = getattr(row, name)
            return found
    return None


def _assignee(row: Any) -> UUID | None:
    given = (row.facts.get("assignee") or row.facts.get("referrer")) if isinstance(row, Move) else None
    return UUID(given) if given else None


def _is_shown(made: Move, viewer: Viewer, *, hears: bool) -> bool:
    """`hears` is whether the resident lets the viewer know how it stands: else only what concerns the group itself."""
    row = TRANSITIONS.get(made.transition)
    if not hears and _side(made.role) is not Side.GROUP and (row is None or row.told != policy.SCOPES[0]):
        return False
    if row is None or Side.GROUP in row.shown_to:
        return row is None or viewer.side in row.shown_to
    # What only an office reads is for the office that did it, also when another one has the referral now.
    return viewer.side in row.shown_to and made.organisation_id == viewer.organisation_id


def _move(made: Move, referral: Referral, viewer: Viewer, people: dict[UUID, str]) -> TimelineEntry:
    row = TRANSITIONS.get(made.transition)
    if row is None:
        return TimelineEntry(
            made.at,
            "seen",
            made.transition,
            SEEN_TITLE,
            _by(made.by_id, people),
            Side.OFFICE,
            organisation_id=made.organisation_id,
        )
    side = _side(made.role)
    readable = side is Side.GROUP or policy.may_be_told(referral, viewer, row.told)
    words = _words(row, made.words or {}) if readable else ()
    return TimelineEntry(
        at=made.at,
        kind="move",
        code=row.name,
        title=_title(row),
        by_name=_by(made.by_id, people),
        side=side,
        role=made.role,
        organisation_id=made.organisation_id,
        words=words,
        facts=_facts(row, made.facts, people) if readable else (),
    )


def _title(row: Transition) -> str:
    return row.past.replace("_", " ").capitalize()


def _words(row: Transition, given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((ask.shown_as, given[ask.name]) for ask in row.asks if ask.name in given)


def _facts(row: Transition, given: dict[str, Any], people: dict[UUID, str]) -> tuple[tuple[str, str | date], ...]:
    found: list[tuple[str, str | date]] = []
    for ask in row.asks:
        value = given.get(ask.name)
        if value is None:
            continue
        if ask.kind is AskKind.CHOICE and ask.list_code:
            found.append((ask.shown_as, lists.label(ask.list_code, value)))
        elif ask.kind is AskKind.DATE:
            found.append((ask.shown_as, date.fromisoformat(value)))
        elif ask.kind is AskKind.YESNO:
            found.append((ask.shown_as, "Yes" if value else "No"))
        elif ask.kind is AskKind.PERSON:
            found.append((ask.shown_as, _by(UUID(value), people)))
    return tuple(found)


def _note(note: Note, people: dict[UUID, str]) -> TimelineEntry:
    shared = note.shared_at is not None
    return TimelineEntry(
        at=note.created_at,
        kind="note",
        code="note",
        title="Message" if shared else "Private note",
        by_name=_by(note.author_id, people),
        side=_side(note.role),
        role=note.role,
        organisation_id=note.organisation_id,
        words=(("", note.words or ""),),
        private=not shared,
        shared_at=note.shared_at,
        id=note.id,
    )


def _milestone(step: Milestone, row: Referral, people: dict[UUID, str]) -> TimelineEntry:
    return TimelineEntry(
        at=step.created_at,
        kind="milestone",
        code=step.code,
        title=lists.label("milestones", step.code),
        by_name=_by(step.recorded_by_id, people),
        side=Side.GROUP if step.organisation_id == row.group_id else Side.OFFICE,
        organisation_id=step.organisation_id,
        words=(("", step.words),) if step.words else (),
        happened_on=step.happened_on,
        id=step.id,
    )


def _consent(given: Consent, people: dict[UUID, str]) -> TimelineEntry:
    facts: list[tuple[str, str | date]] = [
        ("Who agreed", lists.label("consent_capacities", given.given_by)),
        ("How", lists.label("consent_methods", given.method)),
    ]
    if given.scope:
        facts.append(("How much", lists.label("consent_scopes", given.scope)))
    if given.ground != policy.OWN_REQUEST:
        facts.append(("Ground", lists.label("consent_grounds", given.ground)))
    return TimelineEntry(
        at=given.created_at,
        kind="consent",
        code=given.kind,
        title=lists.label("consent_kinds", given.kind),
        by_name=_by(given.recorded_by_id, people),
        side=Side.OFFICE if given.kind in OFFICE_CONSENTS else Side.GROUP,
        facts=tuple(facts),
        id=given.id,
    )


def _taken_back(given: Consent) -> TimelineEntry:
    assert given.withdrawn_at is not None
    title = f"Taken back: {lists.label('consent_kinds', given.kind)}"
    return TimelineEntry(given.withdrawn_at, "consent", given.kind, title, "", Side.GROUP, id=given.id)


def _side(role: str | None) -> Side:
    return ROLES[Role(role)].side if role else Side.SERVICE


def _by(person_id: UUID | None, people: dict[UUID, str]) -> str:
    return people.get(person_id, SERVICE_NAME) if person_id else SERVICE_NAME
