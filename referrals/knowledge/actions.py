"""What is done with the answers of an area: written down, checked, corrected, found to be right still, taken down."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import mail_recipients
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.faults import length_fault, refuse, words_fault
from referrals.foundation.locks import hold
from referrals.knowledge import policy, queries
from referrals.knowledge.models import SHOWN, TAKEN_DOWN, WAITING, KnowledgeEntry
from referrals.knowledge.pointing import pointing
from referrals.notifications.actions import queue
from referrals.notifications.messages import AnswerToCheck
from referrals.stories.recognising import Finding

LONGEST_QUESTION: Final = 300
LONGEST_ANSWER: Final = 4_000
LONGEST_SOURCE: Final = 300


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer as its form gives it; codes of categories and of agencies."""

    question: str
    answer: str
    category: str
    agency: str | None = None
    source: str = ""


def write_entry(referral: Referral, told: Told, *, by: Viewer) -> KnowledgeEntry:
    """Write the answer of a request for advice down for the area; it waits for somebody else to check it.

    Raises NotFound, NotAllowed, IllegalMove for what is no answered request or has an answer there already, and Invalid
    under the names of `Told`.
    """
    policy.must_begin(referral, by)
    hold(f"knowledge of {referral.id}")
    if queries.entry_of(referral) is not None:
        raise IllegalMove("The answer to this request is kept already.")
    refuse(_faults(told))
    assert by.person_id is not None
    assert referral.office_id is not None
    made = KnowledgeEntry(
        group_id=referral.group_id,
        office_id=referral.office_id,
        asked_in_id=referral.id,
        right_on=clock.local_day(referral.ended_at) if referral.ended_at else clock.today(),
    )
    _take(made, told, by)
    db.session.add(made)
    _note("knowledge.written", made, by, {"category": made.category})
    _ask_for_a_check(made, by)
    return made


def correct_entry(found: KnowledgeEntry, told: Told, *, by: Viewer, version: int | None) -> None:
    """Write an answer anew. It leaves the page until somebody else has checked it.

    Raises NotFound, NotAllowed, Stale, and Invalid under the names of `Told`.
    """
    _must_write(found, by, version)
    refuse(_faults(told))
    _take(found, told, by)
    found.right_on, found.checked_at, found.checked_by_id = clock.today(), None, None
    _note("knowledge.corrected", found, by, {"category": found.category})
    _ask_for_a_check(found, by)


def check_entry(found: KnowledgeEntry, ticked: Collection[str], *, by: Viewer, version: int | None) -> None:
    """Put an answer on the page, after everything on the list was looked for.

    Raises NotFound, NotAllowed also to who wrote it, IllegalMove, Stale, and Invalid under "checks" where something was
    not looked for, or where the text holds what may not be there.
    """
    policy.must_check(found, by)
    if version is not None and version != found.version:
        raise Stale
    missing = [item.label for item in lists.current("knowledge_checks") if item.code not in ticked]
    if missing:
        raise Invalid({"checks": f"Tick all of them, or correct the answer: {missing[0].lower()}"})
    sure = [one for one in findings_in(found) if one.sure]
    if sure:
        raise Invalid({"checks": f"The text holds {sure[0].what}: {sure[0].words}. Correct it first"})
    found.state, found.checked_at, found.checked_by_id = SHOWN, clock.now(), by.person_id
    _note("knowledge.checked", found, by)


def confirm_entry(found: KnowledgeEntry, *, by: Viewer) -> None:
    """Say that an answer on the page is right still. Raises NotFound, NotAllowed, IllegalMove for what waits."""
    _must_write(found, by, None)
    if found.state != SHOWN:
        raise IllegalMove("This answer waits to be checked.")
    found.right_on = clock.today()
    _note("knowledge.confirmed", found, by)


def take_down(found: KnowledgeEntry, why: str, *, by: Viewer, version: int | None) -> None:
    """Take an answer down with every word of it. Raises NotFound, NotAllowed, Stale, and Invalid under "why"."""
    _must_write(found, by, version)
    if why not in lists.codes("knowledge_endings"):
        raise Invalid({"why": "Say why it is taken down"})
    found.state, found.why_down = TAKEN_DOWN, why
    found.question_sealed = found.answer_sealed = found.source_sealed = None
    _note("knowledge.taken_down", found, by, {"why": why})


def findings_in(found: KnowledgeEntry) -> list[Finding]:
    """What in an answer may point at somebody; what is sure keeps it off the page."""
    texts = {"Question": found.question or "", "Answer": found.answer or "", "Source": found.source or ""}
    return pointing(texts, queries.reference_of(found))


def _ask_for_a_check(entry: KnowledgeEntry, by: Viewer) -> None:
    """Tell both sides: small groups and small offices may have nobody else."""
    sides = (entry.group_id, entry.office_id)
    to = [one for side in sides for one in mail_recipients(side, policy.CHECKERS) if one.person_id != by.person_id]
    queue(AnswerToCheck(path=f"/answers/{entry.id}"), to=to)


def _must_write(found: KnowledgeEntry, by: Viewer, version: int | None) -> None:
    by.must(Permission.KNOWLEDGE_WRITE)
    policy.must_read(found, by)
    if version is not None and version != found.version:
        raise Stale


def _faults(told: Told) -> dict[str, str]:
    return {
        "question": words_fault(told.question, LONGEST_QUESTION, "Write the question in one line"),
        "answer": words_fault(told.answer, LONGEST_ANSWER, "Write the answer"),
        "source": length_fault(told.source, LONGEST_SOURCE),
        "category": "" if told.category in lists.codes("categories") else "Choose what it is about",
        "agency": "" if told.agency is None or told.agency in lists.codes("agencies") else "Choose a body on the list",
    }


def _take(found: KnowledgeEntry, told: Told, by: Viewer) -> None:
    found.state, found.category, found.agency_id = WAITING, told.category, _agency(told.agency)
    found.question, found.answer, found.source = told.question.strip(), told.answer.strip(), told.source.strip()
    assert by.person_id is not None
    found.written_at, found.written_by_id = clock.now(), by.person_id


def _agency(code: str | None) -> UUID | None:
    known = {agency.code: agency.id for agency in directory.agencies()} if code else {}
    return known.get(code) if code else None


def _note(action: str, found: KnowledgeEntry, by: Viewer, facts: dict[str, Any] | None = None) -> None:
    record(action, by=by, subject=("knowledge", found.id), facts={"referral": found.asked_in_id, **(facts or {})})
