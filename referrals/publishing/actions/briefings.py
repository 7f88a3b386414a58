"""Writing a briefing: begun by a lead, gone through, approved by a second person, or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import queries as directory
from referrals.directory.models import Group
from referrals.engagement.queries import term_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, Stale
from referrals.foundation.locks import hold
from referrals.notifications.actions import queue
from referrals.notifications.messages import BriefingToApprove
from referrals.publishing.actions.figures import keep_figures_of
from referrals.publishing.briefings.drafting import figures_of
from referrals.publishing.drafting.counting import scope_outside
from referrals.publishing.models import TEXTS, Briefing
from referrals.publishing.periods import finished
from referrals.publishing.policy import briefings as policy
from referrals.publishing.policy.briefs import WRITERS
from referrals.publishing.queries import briefings as queries
from referrals.publishing.workflow import APPROVED, DRAFT
from referrals.reporting.periods import Period
from referrals.reporting.scope import scope_of_group

LONGEST_TEXT: Final = 700
LONGEST_ASK: Final = 200
LONGEST_WHOM: Final = 80
# Two pages hold no more.
MOST_ASKS: Final = 4
MOST_STORIES: Final = 2
TOO_LONG: Final = "Write {longest} characters or fewer: a briefing is two pages at most"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that is asked: what, of whom if not of the MP, and by when."""

    what: str
    whom: str = ""
    by: date | None = None

    def plain(self) -> dict[str, str]:
        """As JSON keeps it."""
        return {"what": self.what, "whom": self.whom, "by": self.by.isoformat() if self.by else ""}


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A briefing as its form gives it; `became` says what became of each earlier ask, in their order."""

    texts: Mapping[str, str]
    left_out: Sequence[str] = ()
    slugs: Sequence[str] = ()
    became: Sequence[str] = ()
    # By the number of its row on the form.
    asks: Mapping[int, Ask] = field(default_factory=dict)


def last_quarter() -> Period:
    """The quarter that was over last."""
    return finished(clock.today())["Quarters"][0]


def start_briefing(term_id: UUID, *, by: Viewer) -> Briefing:
    """Draft the briefing of the last quarter to an MP of the viewer's group.

    Raises NotAllowed, NotFound, and IllegalMove where there is one already or figures are being counted anew.
    """
    organisation_id = policy.must_write(by)
    term, period = term_of(term_id, by), last_quarter()
    hold(f"briefings of {organisation_id}")
    if queries.briefing_over(organisation_id, term.id, period.code) is not None:
        raise IllegalMove("There is a briefing over this quarter already. Go on with that one.")
    group = directory.group_of(organisation_id)
    assert group is not None
    briefing = drafted(group, term.id, period, kept_figures(group, period), by.person_id)
    note("briefing.drafted", briefing, by)
    return briefing


def kept_figures(group: Group, period: Period) -> dict[str, Any]:
    """The figures of a group over a finished quarter, kept first where they are not. Raises IllegalMove."""
    scope = scope_outside(scope_of_group(group))
    keep_figures_of(scope, period)
    return figures_of(scope, period)


def drafted(
    group: Group, term_id: UUID, period: Period, figures: dict[str, Any], drafted_by_id: UUID | None
) -> Briefing:
    """A draft with its first texts, the stories published since the quarter began, and what was asked last time."""
    assert period.first is not None
    told = [one for one in queries.stories_for(group.organisation_id) if one.published_on >= period.first]
    briefing = Briefing(
        organisation_id=group.organisation_id,
        term_id=term_id,
        period=period.code,
        state=DRAFT,
        figures=figures,
        left_out=[],
        slugs=[one.slug for one in told[:MOST_STORIES]],
        drafted_at=clock.now(),
        drafted_by_id=drafted_by_id,
    )
    before = queries.last_sent(group.organisation_id, term_id)
    briefing.words = {"past": [{**ask, "became": ""} for ask in before.words["asks"]] if before else []}
    db.session.add(briefing)
    return briefing


def edit_briefing(briefing: Briefing, writing: Writing, *, by: Viewer, version: int | None) -> None:
    """Change what stands in a briefing beside what was drafted; what was approved has to be approved again.

    Raises NotFound, NotAllowed, IllegalMove once it was sent, Stale when it is no longer at `version`, and Invalid
    under the names of TEXTS, "slugs", "became_1" and so on, "what_1", "whom_1" and "by_1".
    """
    reopen_if_approved(briefing, by)
    if version is not None and version != briefing.version:
        raise Stale
    faults = _faults(writing) | _story_fault(writing, briefing)
    if faults:
        raise Invalid(faults)
    became = [*writing.became, *[""] * len(briefing.words["past"])]
    briefing.words = {
        **{part: writing.texts.get(part, "").strip() for part in TEXTS},
        "past": [{**ask, "became": text.strip()} for ask, text in zip(briefing.words["past"], became, strict=False)],
        "asks": [ask.plain() for _, ask in sorted(writing.asks.items())],
    }
    briefing.left_out, briefing.slugs = list(writing.left_out), list(writing.slugs)
    briefing.edited_at, briefing.edited_by_id = clock.now(), by.person_id
    briefing.asked_at = None
    note("briefing.edited", briefing, by, asks=len(writing.asks), stories=len(writing.slugs))


def ask_for_approval(briefing: Briefing, *, by: Viewer) -> None:
    """Ask the other leads to approve it as it stands. Raises NotFound, NotAllowed, IllegalMove."""
    lock(briefing, "approve", by)
    _must_be_gone_through(briefing)
    told = {one.person_id for one in queries.approvers(briefing, by)} - {by.person_id}
    if not told:
        raise IllegalMove("There is nobody else to ask.")
    briefing.asked_at = clock.now()
    note("briefing.approval_asked", briefing, by)
    to = [one for one in mail_recipients(briefing.organisation_id, WRITERS) if one.person_id in told]
    queue(BriefingToApprove(path=f"/briefings/{briefing.id}"), to=to)


def approve_briefing(briefing: Briefing, *, by: Viewer, version: int | None) -> None:
    """Approve it as it stands, as the second person, or alone where there is no other lead.

    Raises NotFound, NotAllowed where somebody else must, IllegalMove, and Stale when it is no longer at `version`.
    """
    lock(briefing, "approve", by)
    if version is not None and version != briefing.version:
        raise Stale
    _must_be_gone_through(briefing)
    if not may_approve(briefing, by):
        raise NotAllowed("Somebody else must approve what you have written.")
    briefing.state, briefing.approved_at, briefing.approved_by_id = APPROVED, clock.now(), by.person_id
    briefing.approved_alone = by.person_id == briefing.edited_by_id
    note("briefing.approved", briefing, by, alone=briefing.approved_alone)


def may_approve(briefing: Briefing, by: Viewer) -> bool:
    """Whether the viewer may approve it: they did not write in it last, or there is nobody else."""
    return by.person_id in {one.person_id for one in queries.approvers(briefing, by)}


def discard_briefing(briefing: Briefing, *, by: Viewer) -> None:
    """Throw away one that was not sent. Raises NotFound, NotAllowed, IllegalMove."""
    reopen_if_approved(briefing, by)
    db.session.delete(briefing)
    note("briefing.discarded", briefing, by)


def record_taking(briefing: Briefing, *, by: Viewer) -> None:
    """Leave the event of a briefing being taken away as a file, for one that a query has given out."""
    note("briefing.taken", briefing, by)


def reopen_if_approved(briefing: Briefing, by: Viewer) -> None:
    """Hold it as a draft: what was approved is a draft again. Raises NotFound, NotAllowed, IllegalMove."""
    lock(briefing, "reopen" if briefing.state == APPROVED else "edit", by)
    briefing.state, briefing.approved_at, briefing.approved_by_id = DRAFT, None, None
    briefing.approved_alone = False


def lock(briefing: Briefing, move: str, by: Viewer) -> None:
    """Hold a briefing as it is now, and raise unless the viewer may make this move with it."""
    policy.must_make(move, briefing, by)
    # What the same transaction has changed is not to be read over.
    db.session.flush()
    db.session.refresh(briefing, with_for_update=True)
    policy.must_make(move, briefing, by)


def note(action: str, briefing: Briefing, by: Any, **facts: Any) -> None:
    """Record an event about a briefing, which has its next version then."""
    db.session.flush()
    known = {"term": briefing.term_id, "period": briefing.period, **facts}
    record(action, by=by, subject=("briefing", briefing.id), facts=known)


def _must_be_gone_through(briefing: Briefing) -> None:
    if briefing.edited_at is None:
        raise IllegalMove("Go through the draft first.")


def _faults(writing: Writing) -> dict[str, str]:
    faults = {name: _length_fault(writing.texts.get(name, ""), LONGEST_TEXT) for name in TEXTS}
    faults |= {f"became_{n}": _length_fault(text, LONGEST_TEXT) for n, text in enumerate(writing.became, 1)}
    for place, ask in writing.asks.items():
        faults[f"what_{place}"] = "" if ask.what.strip() else "Say what you ask"
        faults[f"what_{place}"] = faults[f"what_{place}"] or _length_fault(ask.what, LONGEST_ASK)
        faults[f"whom_{place}"] = _length_fault(ask.whom, LONGEST_WHOM)
        faults[f"by_{place}"] = "The day must be today or in the future" if _is_past(ask.by) else ""
    return {name: fault for name, fault in faults.items() if fault}


def _story_fault(writing: Writing, briefing: Briefing) -> dict[str, str]:
    known = {one.slug for one in queries.stories_for(briefing.organisation_id)}
    if set(writing.slugs) - known:
        return {"slugs": "Choose case studies from the list"}
    return {"slugs": f"Choose at most {MOST_STORIES}"} if len(writing.slugs) > MOST_STORIES else {}


def _length_fault(text: str, longest: int) -> str:
    return TOO_LONG.format(longest=longest) if len(text) > longest else ""


def _is_past(day: date | None) -> bool:
    return day is not None and day < clock.today()
