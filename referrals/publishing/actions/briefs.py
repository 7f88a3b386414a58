"""Writing a brief: drafted from a pattern, edited, approved by a second person where there is one, and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import people
from referrals.accounts.roles import ROLES, Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.notifications.actions import queue
from referrals.notifications.messages import BriefApprovalAsked, BriefSent
from referrals.publishing.briefs import skills, wording
from referrals.publishing.models import PARTS, Brief
from referrals.publishing.policy import briefs as policy
from referrals.publishing.queries import briefs as queries
from referrals.publishing.queries.patterns import Counted, counted
from referrals.publishing.queries.talks import next_talk_on
from referrals.reporting.queries import DAYS

TOO_FEW: Final = "Too few different people came with this to write a brief about it."


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A brief as a form gives it: a text for each of PARTS, codes of brief_asks, and the next meeting if known."""

    words: Mapping[str, str]
    asks: Sequence[str]
    meeting_on: date | None = None
    # The last part of the address of a published case study.
    story_slug: str | None = None


def draft_brief(issue_type: str, agency_id: UUID, office_id: UUID, *, by: Viewer) -> Brief:
    """Draft a brief from a pattern, with its figures as they may leave the house, a first text, and the next meeting.

    Raises NotAllowed, NotFound for a pattern that does not reach the threshold, and IllegalMove where the same is
    drafted already, or was sent in the last 90 days: two briefs over the same days could be subtracted.
    """
    organisation_id = policy.must_write_briefs(by)
    must_be_new(issue_type, agency_id, office_id, organisation_id)
    found = counted(issue_type, agency_id, office_id, by)
    if found is None:
        raise NotFound
    moment = clock.now()
    brief = Brief(
        organisation_id=organisation_id,
        office_id=office_id,
        issue_type=issue_type,
        agency_id=agency_id,
        first_on=found.first,
        last_on=found.last,
        figures=found.figures.plain(),
        skills=_skills(issue_type, office_id),
        asks=[],
        meeting_on=next_talk_on(office_id, by),
        drafted_at=moment,
        drafted_by_id=by.person_id,
        edited_at=moment,
        edited_by_id=by.person_id,
    )
    brief.words = wording.draft(_subject(brief, found, by), found.figures)
    db.session.add(brief)
    _note("brief.drafted", brief, by, {"issue_type": issue_type, "office": office_id})
    return brief


def must_be_new(issue_type: str, agency_id: UUID, office_id: UUID, organisation_id: UUID) -> None:
    """Raise IllegalMove where there is a draft about the same, or a brief that was sent in the last 90 days."""
    why_not = not_again_yet(queries.latest_about(issue_type, agency_id, office_id, organisation_id))
    if why_not:
        raise IllegalMove(why_not)


def not_again_yet(latest: Brief | None) -> str:
    """Why nothing can be drafted today about what the latest brief is about; nothing where it can."""
    if latest is None:
        return ""
    if latest.sent_at is None:
        return "There is a draft about this already. Go on with it, or throw it away first."
    again = clock.local_day(latest.sent_at) + timedelta(days=DAYS)
    return (
        f"A brief about this was sent. The next can be drafted from {wording.day(again)} on."
        if clock.today() < again
        else ""
    )


def edit_brief(brief: Brief, writing: Writing, *, by: Viewer, version: int | None) -> None:
    """Change what a brief says and asks; what was approved has to be approved again.

    Raises NotFound, NotAllowed, IllegalMove once it was sent, Stale when it is no longer at `version`, and Invalid
    under the names of PARTS, "asks", "meeting_on" and "story_slug".
    """
    policy.must_change(brief, by)
    _must_be_at(brief, version)
    faults = _faults(writing)
    if writing.story_slug and writing.story_slug not in {one.slug for one in queries.stories_for(brief)}:
        faults["story_slug"] = "Choose a case study from the list, or none"
    if faults:
        raise Invalid(faults)
    brief.words = {part: " ".join(text.split()) for part, text in writing.words.items()}
    brief.asks, brief.meeting_on = list(writing.asks), writing.meeting_on
    brief.story_slug = writing.story_slug or None
    assert by.person_id is not None
    brief.edited_at, brief.edited_by_id = clock.now(), by.person_id
    brief.asked_at = brief.approved_at = brief.approved_by_id = None
    brief.approved_alone = False
    _note("brief.edited", brief, by, {"asks": list(writing.asks), "meeting_on": writing.meeting_on})


def ask_for_approval(brief: Brief, *, by: Viewer) -> None:
    """Ask those who may approve a brief as it stands.

    Raises NotFound, NotAllowed, and IllegalMove where there is nobody else, or nothing is asked of the MP yet.
    """
    policy.must_change(brief, by)
    _must_be_complete(brief)
    others = [one for one in approvers(brief, by) if one.person_id != by.person_id]
    if brief.approved_at is not None or not others:
        raise IllegalMove("There is nobody to ask, or nothing to ask for any more.")
    brief.asked_at = clock.now()
    _note("brief.approval_asked", brief, by)
    told = {one.person_id for one in others}
    to = [one for one in people.mail_recipients(brief.organisation_id, policy.WRITERS) if one.person_id in told]
    queue(BriefApprovalAsked(path=f"/briefs/{brief.id}"), to=to)


def approve_brief(brief: Brief, *, by: Viewer, version: int | None) -> None:
    """Approve a brief as it stands: by somebody else than who wrote in it last, where there is somebody else.

    Raises NotFound, NotAllowed, IllegalMove, and Stale when it is no longer at `version`: other words were read.
    """
    policy.must_change(brief, by)
    _must_be_at(brief, version)
    _must_be_complete(brief)
    if brief.approved_at is not None:
        raise IllegalMove("This brief is approved already.")
    if not may_approve(brief, by):
        raise NotAllowed("Somebody else must approve what you have written.")
    brief.approved_at, brief.approved_by_id = clock.now(), by.person_id
    brief.approved_alone = by.person_id == brief.edited_by_id
    _note("brief.approved", brief, by, {"alone": brief.approved_alone})


def may_approve(brief: Brief, by: Viewer) -> bool:
    """Whether the viewer may approve it: they did not write in it last, or there is nobody else."""
    return by.person_id in {one.person_id for one in approvers(brief, by)}


def approvers(brief: Brief, by: Viewer) -> list[people.PersonLine]:
    """Who in the viewer's own organisation may approve a brief: other writers, or without any who wrote in it last."""
    writers = [one for one in people.colleagues(by) if Permission.BRIEF_WRITE in ROLES[one.role].permissions]
    return [one for one in writers if one.person_id != brief.edited_by_id] or writers


def send_brief(brief: Brief, *, by: Viewer) -> None:
    """Send an approved brief to the office; from now on it stays as it is, and the people there are told.

    Raises NotFound, NotAllowed, and IllegalMove for one that is not approved or whose office takes nothing any more.
    """
    policy.must_change(brief, by)
    _lock(brief)
    policy.must_change(brief, by)
    if brief.approved_at is None:
        raise IllegalMove("A brief is sent once it is approved.")
    if brief.office_id not in {line.id for line in directory.offices_in_use()}:
        raise IllegalMove("This office does not take anything any more.")
    brief.sent_at, brief.sent_by_id = clock.now(), by.person_id
    _note("brief.sent", brief, by, {"office": brief.office_id})
    told = people.mail_recipients(brief.office_id, policy.ANSWERERS)
    queue(BriefSent(path=f"/briefs/{brief.id}"), to=[one for one in told if one.person_id != by.person_id])


def discard_brief(brief: Brief, *, by: Viewer) -> None:
    """Throw away a brief that was not sent. Raises NotFound, NotAllowed, IllegalMove."""
    policy.must_change(brief, by)
    _lock(brief)
    policy.must_change(brief, by)
    db.session.delete(brief)
    _note("brief.discarded", brief, by)


def record_taking(brief: Brief, *, by: Viewer) -> None:
    """Leave the event of a brief being taken away as a file, for one that a query has given out."""
    record("brief.taken", by=by, subject=("brief", brief.id))


def _lock(brief: Brief) -> None:
    """Take the row for this transaction, as it is now; what this transaction has changed itself is written first."""
    db.session.flush()
    db.session.refresh(brief, with_for_update=True)


def _must_be_at(brief: Brief, version: int | None) -> None:
    if version is not None and version != brief.version:
        raise Stale


def _must_be_complete(brief: Brief) -> None:
    if not brief.asks:
        raise IllegalMove("Say first what you ask of the MP.")


def _faults(writing: Writing) -> dict[str, str]:
    faults = {
        part: f"Write {wording.LONGEST} characters or fewer: a brief is one page"
        for part in PARTS
        if len(writing.words.get(part, "")) > wording.LONGEST
    }
    if not writing.words.get("happening", "").strip():
        faults["happening"] = "Say what keeps happening"
    if not writing.asks or set(writing.asks) - lists.codes("brief_asks"):
        faults["asks"] = "Choose what you ask of the MP"
    if writing.meeting_on is not None and writing.meeting_on < clock.today():
        faults["meeting_on"] = "The day of the meeting must be today or in the future"
    return faults


def _skills(issue_type: str, office_id: UUID) -> dict[str, Any]:
    office = directory.office_of(office_id)
    assert office is not None
    member = office.term.member
    category = lists.item("issue_types", issue_type).parent or ""
    return skills.fitting(member.name, directory.skills_of(member.id), category)


def _subject(brief: Brief, found: Counted, by: Viewer) -> wording.Subject:
    office, body = directory.office_of(brief.office_id), directory.agency(brief.agency_id)
    assert office is not None
    seat, name = office.term.constituency.name, directory.organisation(brief.organisation_id).name
    return wording.Subject(
        issue=lists.label("issue_types", brief.issue_type),
        body=body.name,
        place=seat if by.side is Side.OFFICE else f"{seat} in {name} areas" if by.side is Side.PROGRAMME else name,
        first=found.first,
        last=found.last,
        target=lists.item(lists.AGENCIES, body.code).target,
    )


def _note(action: str, brief: Brief, by: Viewer, facts: Mapping[str, Any] | None = None) -> None:
    record(action, by=by, subject=("brief", brief.id), facts=facts)
