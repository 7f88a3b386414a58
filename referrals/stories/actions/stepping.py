"""The steps before a case study is published: sent for approval, approved by somebody else, answered, sent back."""

from typing import Final

from referrals.accounts.viewer import Viewer
from referrals.casework.clocks import add_working_days
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.errors import Invalid
from referrals.notifications.messages import CaseStudyAnswered, CaseStudySentBack
from referrals.stories import policy
from referrals.stories.actions.telling import tell_approvers, tell_other_side, tell_writers
from referrals.stories.actions.writing import as_it_is, note
from referrals.stories.models import CaseStudy
from referrals.stories.queries import held_by
from referrals.stories.recognising import Finding, findings
from referrals.stories.sections import QUOTE, SECTIONS
from referrals.stories.workflow import DAYS_TO_OBJECT, DRAFT, STEPS, Step

LONGEST_WORDS: Final = 1000


def submit_case_study(study: CaseStudy, *, by: Viewer, version: int | None) -> None:
    """Send a finished draft to those who may approve it.

    Raises NotFound, NotAllowed, IllegalMove, Stale, and Invalid with each thing that is missing or says who it is.
    """
    step = take(study, "submit", by, version)
    errors = faults_of(study, by)
    if errors:
        raise Invalid(errors)
    _go(study, step, by)
    tell_approvers(study, by=by)


def faults_of(study: CaseStudy, by: Viewer) -> dict[str, str]:
    """What keeps a draft from being sent for approval, by section, check or "agreement"."""
    checks = [item.code for item in lists.current("story_checks")]
    errors = {code: _missing(code) for code in policy.missing(study, checks)}
    for found in findings_in(study, by):
        if found.sure:
            errors.setdefault(found.section, says_who(found))
    quoted = bool((study.words or {}).get(QUOTE))
    fault = policy.agreement_fault(study, clock.today(), quoted=quoted)
    return errors | ({"agreement": fault} if fault else {})


def findings_in(study: CaseStudy, by: Viewer) -> list[Finding]:
    """What in the words of a draft says, or may say, who it is about."""
    facts = "\n".join(value for _, value in study.facts or [])
    return findings({**(study.words or {}), "facts": facts}, held_by(study.referral, by))


def says_who(found: Finding) -> str:
    """What was found, in one sentence; the words themselves stand beside it, on the page alone."""
    section = SECTIONS.get(found.section)
    where = f"“{section.heading}”" if section else "The facts beside the story"
    return f"{where} holds {found.what}. Take it out"


def approve_case_study(study: CaseStudy, *, by: Viewer, version: int | None) -> None:
    """Approve what somebody else wrote, as it was read at `version`, and ask the other side whether it objects.

    Raises NotFound, NotAllowed (also to who wrote in it), IllegalMove, Stale, and Invalid as for sending it.
    """
    step = take(study, "approve", by, version)
    errors = faults_of(study, by)
    if errors:
        raise Invalid(errors)
    study.approved_by_id, study.approved_at = by.person_id, clock.now()
    study.answer, study.answered_by_id = None, None
    _go(study, step, by)
    told = tell_other_side(study, by=by)
    if policy.is_for_office(study):
        # Who wrote it goes on with it.
        tell_writers(study, CaseStudyAnswered, by=by)
    # Where nobody may be told there is nobody to wait for.
    study.answer_by = add_working_days(clock.today(), DAYS_TO_OBJECT) if told else None


def answer_case_study(study: CaseStudy, answer: str, words: str, *, by: Viewer) -> None:
    """Say, for the other side, that there is nothing against it, or what is: then it is a draft again.

    Raises NotFound, NotAllowed, IllegalMove, and Invalid under "answer" and "words".
    """
    step = take(study, "answer", by, None)
    words = words.strip()
    offered = {item.code for item in lists.current("story_answers")} - _withheld(study)
    errors = {}
    if answer not in offered:
        errors["answer"] = "Choose what you say to it"
    if answer == policy.OBJECTS and not words:
        errors["words"] = "Say what should change"
    if len(words) > LONGEST_WORDS:
        errors["words"] = f"This must be {LONGEST_WORDS:,} characters or fewer"
    if errors:
        raise Invalid(errors)
    study.answered_by_id, study.updated_at = by.person_id, clock.now()
    study.answer, study.said = answer, words or None
    if answer == policy.OBJECTS:
        _back_to_draft(study)
    note(f"case_study.{step.past}", study, by, {"answer": answer})
    tell_writers(study, CaseStudyAnswered, by=by)


def _withheld(study: CaseStudy) -> set[str]:
    """What the other side is not asked: only an office can have the MP named, and only where that is wanted."""
    is_office = study.organisation_id == study.referral.group_id
    return set() if is_office and study.names_mp else {policy.NAMED}


def send_back(study: CaseStudy, words: str, *, by: Viewer) -> None:
    """Make it a draft again and say why. Raises NotFound, NotAllowed, IllegalMove, and Invalid under "words"."""
    step = take(study, "send_back", by, None)
    words = words.strip()
    if not words:
        raise Invalid({"words": "Say what should change"})
    if len(words) > LONGEST_WORDS:
        raise Invalid({"words": f"This must be {LONGEST_WORDS:,} characters or fewer"})
    told = study.writers
    study.said = words
    _go(study, step, by)
    _back_to_draft(study)
    tell_writers(study, CaseStudySentBack, by=by, others=told)


def take_back(study: CaseStudy, *, by: Viewer) -> None:
    """Make it a draft again to change it. Raises NotFound, NotAllowed, and IllegalMove."""
    _go(study, take(study, "take_back", by, None), by)
    _back_to_draft(study)


def take(study: CaseStudy, name: str, by: Viewer, version: int | None) -> Step:
    """The step, when the viewer may take it now with what they saw. Raises NotFound, NotAllowed, IllegalMove, Stale."""
    step = STEPS[name]
    policy.must_take(step, study, by)
    as_it_is(study, version)
    policy.must_take(step, study, by)
    return step


def _go(study: CaseStudy, step: Step, by: Viewer) -> None:
    study.state, study.updated_at = step.target, clock.now()
    note(f"case_study.{step.past}", study, by)


def _back_to_draft(study: CaseStudy) -> None:
    study.state, study.answer_by = DRAFT, None
    study.approved_by_id, study.approved_at = None, None


def _missing(code: str) -> str:
    section = SECTIONS.get(code)
    if section is not None:
        return f"“{section.heading}” is still empty"
    return f"Answer the question: {lists.label('story_checks', code)}"
