"""Writing a case study: begun with general words, then section by section, with the answers about being recognised."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotFound, Stale
from referrals.foundation.locks import hold
from referrals.stories import policy
from referrals.stories.models import CaseStudy
from referrals.stories.queries import facts_about, first_of
from referrals.stories.sections import SECTIONS
from referrals.stories.workflow import DRAFT, LIVE

LONGEST_DONE: Final = 500


def start_case_study(referral: Referral, *, by: Viewer) -> CaseStudy:
    """Begin a case study with what is known in general. One at a time: raises IllegalMove while another goes on.

    Raises NotFound, NotAllowed, and IllegalMove for a referral that is not finished.
    """
    policy.must_start(referral, by)
    hold(f"case study of {referral.id} by {by.organisation_id}")
    own = CaseStudy.organisation_id == by.organisation_id
    going_on = select(CaseStudy.id).where(CaseStudy.referral_id == referral.id, own, CaseStudy.state.in_(LIVE))
    if db.session.scalar(going_on) is not None:
        raise IllegalMove("Your organisation has a case study about this already.")
    if by.person_id is None or by.organisation_id is None:
        raise TypeError("case studies are written by people")
    moment = clock.now()
    study = CaseStudy(
        referral=referral,
        referral_id=referral.id,
        organisation_id=by.organisation_id,
        state=DRAFT,
        created_at=moment,
        updated_at=moment,
        created_by_id=by.person_id,
        writers=[str(by.person_id)],
        words={code: words for code, words in first_of(referral, by).items() if words},
        facts=[list(pair) for pair in facts_about(referral, by).values()],
    )
    db.session.add(study)
    db.session.flush()
    note("case_study.started", study, by)
    return study


def save_section(study: CaseStudy, code: str, words: str, *, by: Viewer, version: int | None) -> None:
    """Keep the words of one section. Raises NotFound, NotAllowed, IllegalMove, Invalid under "words", and Stale."""
    section = SECTIONS.get(code)
    if section is None:
        raise NotFound
    _must_write(study, version, by)
    words = words.strip()
    if section.required and not words:
        raise Invalid({"words": "Write something here"})
    if len(words) > section.longest:
        raise Invalid({"words": f"This must be {section.longest:,} characters or fewer"})
    study.words = {**(study.words or {}), code: words}
    _written(study, by, {"part": code})


def choose_facts(study: CaseStudy, codes: Sequence[str], *, names_mp: bool, by: Viewer, version: int | None) -> None:
    """Keep which facts stand beside the story, as they are now, and whether the MP is to be named. Errors as above."""
    _must_write(study, version, by)
    known = facts_about(study.referral, by)
    if set(codes) - set(known):
        raise Invalid({"facts": "Choose from the facts on the page"})
    study.facts = [list(pair) for code, pair in known.items() if code in codes]
    study.names_mp = names_mp
    _written(study, by, {"part": "facts"})


def answer_checks(
    study: CaseStudy, answers: Mapping[str, Mapping[str, str]], *, by: Viewer, version: int | None
) -> None:
    """Keep the answers about being recognised: {code: {"answer", "done"}}, each with what was done where it is yes.

    Raises NotFound, NotAllowed, IllegalMove, Stale, and Invalid under the code, or under `<code>_done`.
    """
    _must_write(study, version, by)
    errors, kept = {}, {}
    for code in lists.codes("story_checks"):
        given = answers.get(code, {})
        answer, done = given.get("answer"), given.get("done", "").strip()
        if answer not in (policy.YES, policy.NO):
            errors[code] = "Select yes or no"
        elif answer == policy.YES and not done:
            errors[f"{code}_done"] = "Say what you have done about it"
        elif len(done) > LONGEST_DONE:
            errors[f"{code}_done"] = f"This must be {LONGEST_DONE} characters or fewer"
        else:
            kept[code] = {"answer": answer, "done": done if answer == policy.YES else ""}
    if errors:
        raise Invalid(errors)
    study.checks = kept
    _written(study, by, {"part": "checks", "yes": sorted(code for code, one in kept.items() if one["done"])})


def note(action: str, study: CaseStudy, by: Viewer, facts: Mapping[str, Any] | None = None) -> None:
    """Record an event about a case study, in the history of its referral."""
    known = {"case_study": str(study.id), **(facts or {})}
    record(action, by=by, subject=("referral", study.referral_id), facts=known)


def as_it_is(study: CaseStudy, version: int | None) -> None:
    """Bring a case study up to date and let nobody else change it; raises Stale unless it is at `version`, if given."""
    # What this transaction has written so far would be lost.
    db.session.flush()
    # Its row alone: PostgreSQL locks no row that an outer join may leave empty.
    db.session.refresh(study, with_for_update={"of": CaseStudy})
    if version is not None and version != study.version:
        raise Stale


def _must_write(study: CaseStudy, version: int | None, by: Viewer) -> None:
    policy.must_write(study, by)
    as_it_is(study, version)
    policy.must_write(study, by)


def _written(study: CaseStudy, by: Viewer, facts: Mapping[str, Any]) -> None:
    study.writers = sorted({*study.writers, str(by.person_id)})
    study.updated_at = clock.now()
    note("case_study.saved", study, by, facts)
