"""Who may see, write, approve and answer a case study, and what must be true before anybody reads it.

A case study belongs to one of the two sides of a referral. There it is seen by who sees the referral and may write case
studies; the other side sees it from the approval on, so that it can object, and once it is published. Whoever wrote in
it does not approve it. Where the referral is flagged `trusted_body_conflict`, those of the group who could approve it
answer to the body that is complained about, and hardly anybody there sees it: the office approves in their stead, and
the group's writer then publishes. An office that has handed the referral on reads no word of it any more, but what it
told stays its own to take down. What the person agreed to is looked at whenever it is used: when it is sent for
approval, when it is published, and each time a page or a file of it is asked for.

Once the person's information is erased nobody could take the agreement back any more in their name, so from that
moment on what was published is not shown either. The sealed draft is gone with the key.
"""

from collections.abc import Collection
from datetime import date

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.stories.models import CaseStudy
from referrals.stories.sections import QUOTE, SECTIONS
from referrals.stories.workflow import ANNOUNCED, DRAFT, LIVE, PUBLISHED, STEPS, WAITING, Party, Step

KIND = "story"
OBJECTS = "objects"
NAMED = "named"
YES, NO = "yes", "no"
NO_AGREEMENT = "Record what the person agreed to first"
AGREEMENT_ENDED = "The person’s agreement was taken back or has run out"
QUOTE_NOT_COVERED = "The person has not agreed that their own words are shown. Take them out, or ask"
PAGE_NOT_COVERED = "The person has not agreed that it is shown on a public page"
NOT_CLOSED = "A case study needs a finished referral. This one was opened again"
TOO_EARLY = "The other side can still object"
OFFICE_APPROVES = "The MP’s office approves this case study, because your group keeps the referral from most people."
WRITERS_DO_NOT_APPROVE = "You wrote in this case study. Somebody else of your organisation has to approve it."


def may_start(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may write a case study about this referral: finished, and about a resident."""
    finished = referral.state == states.CLOSED and policy.is_about_a_resident(referral)
    return finished and policy.may_write(referral, viewer, Permission.STORY_WRITE)


def must_start(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed, or IllegalMove for a referral that is not finished."""
    policy.must_write(referral, viewer, Permission.STORY_WRITE)
    if not may_start(referral, viewer):
        raise IllegalMove("A case study can be written when a referral about a person is finished.")


def is_own(study: CaseStudy, viewer: Viewer) -> bool:
    """Whether it is told by the viewer's organisation."""
    return study.organisation_id == viewer.organisation_id


def is_handed_on(study: CaseStudy) -> bool:
    """Whether the office that tells it has handed the referral on to another since."""
    return study.organisation_id not in (study.referral.group_id, study.referral.office_id)


def may_know_of(study: CaseStudy, viewer: Viewer) -> bool:
    """Whether the viewer may know that there is this case study."""
    left_with_it = is_handed_on(study) and is_own(study, viewer) and viewer.may(Permission.STORY_WRITE)
    return left_with_it or may_read(study, viewer)


def may_read(study: CaseStudy, viewer: Viewer) -> bool:
    """Whether the viewer may read it before everybody can."""
    referral = study.referral
    if not viewer.may(Permission.STORY_WRITE) or not policy.may_read_words(referral, viewer):
        return False
    if is_own(study, viewer):
        return True
    open_to_other = study.state in (ANNOUNCED, PUBLISHED) or (study.state == WAITING and is_for_office(study))
    return open_to_other and reaches_other_side(study)


def must_read(study: CaseStudy, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who may only take it down."""
    if not may_know_of(study, viewer):
        raise NotFound
    if not may_read(study, viewer):
        raise NotAllowed


def is_for_office(study: CaseStudy) -> bool:
    """Whether the office approves it for the group, whose people who could approve it are those concerned."""
    of_group = study.organisation_id == study.referral.group_id
    return of_group and study.referral.trusted_body_conflict


def reaches_other_side(study: CaseStudy) -> bool:
    """Whether the other side may be told of it: an office always, a group as far as the resident has agreed."""
    by_group = study.organisation_id == study.referral.group_id
    return by_group or policy.told_to_group_at_least(study.referral, policy.FULL)


def may_write(study: CaseStudy, viewer: Viewer) -> bool:
    """Whether the viewer may write in it now."""
    own = is_own(study, viewer) and study.state == DRAFT
    return own and policy.may_write(study.referral, viewer, Permission.STORY_WRITE)


def must_write(study: CaseStudy, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to the other side, IllegalMove for what is no draft."""
    must_be_own(study, viewer)
    if study.state != DRAFT:
        raise IllegalMove("This case study is no draft any more. Take it back first to change it.")


def must_be_own(study: CaseStudy, viewer: Viewer) -> None:
    """Raise NotFound unless the viewer may know of it, NotAllowed unless it is their own organisation's to work on."""
    if not may_know_of(study, viewer):
        raise NotFound
    if not is_own(study, viewer) or not policy.may_write(study.referral, viewer, Permission.STORY_WRITE):
        raise NotAllowed


def available_steps(study: CaseStudy, viewer: Viewer) -> list[Step]:
    """The steps that the viewer may take now, in the order of the workflow."""
    return [step for step in STEPS.values() if study.state in step.sources and may_take(step, study, viewer)]


def may_take(step: Step, study: CaseStudy, viewer: Viewer) -> bool:
    """Whether the viewer may take this step of this case study, whatever state it is in."""
    if not may_know_of(study, viewer) or not viewer.may(_needed(step, study)) or study.referral.erased:
        return False
    if is_handed_on(study):
        return step.name == "withdraw"
    if is_own(study, viewer) is not (_party_of(step, study) is Party.OWN):
        return False
    if step.name == "approve":
        return str(viewer.person_id) not in study.writers
    return step.name != "answer" or study.answer is None


def _party_of(step: Step, study: CaseStudy) -> Party:
    decides = study.state == WAITING and step.permission is Permission.STORY_APPROVE
    return Party.OTHER if decides and is_for_office(study) else step.party


def _needed(step: Step, study: CaseStudy) -> Permission:
    """The permission of a step; what the office has approved for the group is published by who wrote it."""
    by_writer = step.name == "publish" and is_for_office(study)
    return Permission.STORY_WRITE if by_writer else step.permission


def must_take(step: Step, study: CaseStudy, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed (with the reason where a writer would approve), or IllegalMove."""
    if not may_know_of(study, viewer):
        raise NotFound
    if not may_take(step, study, viewer):
        wrote = step.name == "approve" and viewer.may(step.permission) and is_own(study, viewer)
        why = OFFICE_APPROVES if is_for_office(study) else WRITERS_DO_NOT_APPROVE
        raise NotAllowed(why if wrote else None)
    if study.state not in step.sources:
        raise IllegalMove("This case study has moved on meanwhile. Look at it again.")


def may_agree(study: CaseStudy, viewer: Viewer) -> bool:
    """Whether the viewer may record what the person agreed to: until it is over, also to let it go on for longer."""
    return is_own(study, viewer) and study.state in LIVE and _may_record(study, viewer)


def _may_record(study: CaseStudy, viewer: Viewer) -> bool:
    return policy.may_write(study.referral, viewer, Permission.CONSENT_RECORD)


def agreement_fault(study: CaseStudy, day: date, *, quoted: bool) -> str | None:
    """Why the person's agreement does not carry the case study on that day; None when it does."""
    agreement = study.agreement
    if agreement is None:
        return NO_AGREEMENT
    if agreement.consent not in policy.standing(study.referral, KIND, day):
        return AGREEMENT_ENDED
    if not agreement.page:
        return PAGE_NOT_COVERED
    return QUOTE_NOT_COVERED if quoted and not agreement.quote else None


def publishing_fault(study: CaseStudy) -> str | None:
    """What keeps an approved case study from being published today; None when nothing does."""
    if study.referral.state != states.CLOSED:
        return NOT_CLOSED
    if study.answer is None and study.answer_by is not None and today() <= study.answer_by:
        return TOO_EARLY
    return agreement_fault(study, today(), quoted=bool((study.words or {}).get(QUOTE)))


def missing(study: CaseStudy, checks: Collection[str]) -> list[str]:
    """The codes of the required sections without a word and of the questions without an answer; `checks` are all."""
    words, answers = study.words or {}, study.checks or {}
    unwritten = [section.code for section in SECTIONS.values() if section.required and not words.get(section.code)]
    return unwritten + [code for code in checks if code not in answers]


def names_the_member(study: CaseStudy) -> bool:
    """Whether the MP is named: wanted, and the office has agreed, or tells the story itself."""
    by_office = study.organisation_id == study.referral.office_id
    return study.names_mp and (by_office or study.answer == NAMED)


def other_side(study: CaseStudy) -> Side:
    """Which side of the referral the other one is."""
    return Side.OFFICE if study.organisation_id == study.referral.group_id else Side.GROUP
