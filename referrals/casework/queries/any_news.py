"""“Any news?” on one referral: what was asked and answered, whether the group may ask now, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import names_of
from referrals.accounts.roles import ROLES, Permission, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import clocks, policy
from referrals.casework.models import NewsRequest, Referral
from referrals.casework.queries.timeline import SERVICE_NAME, TimelineEntry
from referrals.casework.workflow import TRANSITIONS, Waiting
from referrals.directory import lists
from referrals.directory.models import Office
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db

NEWS: Final = "any_news"
WILL_WRITE: Final = "will_write"
# How much the office must be allowed to tell the group: how things stand, in words of its own, and steps on the way.
STATUS: Final = "status"
WORDS: Final = "full"
STEPS: Final = "outcome"
# Whose turn it must be: of what waits on the group or the resident, the group knows more than the office.
_ELSEWHERE: Final = (Waiting.OFFICE.value, Waiting.AGENCY.value)
# What of the timeline is news; a recorded date or an agreement is none, and a private note is not the group's to know.
_IS_NEWS: Final = frozenset({"seen", "note", "message", NEWS})


@dataclass(frozen=True, slots=True)
class AnyNews:
    """What was asked and answered on a referral, oldest first, and the names of who did."""

    requests: list[NewsRequest]
    # The working days that must have passed, as the office has set them or by default.
    days: int
    names: dict[UUID, str]
    # Whether the group hears of steps on the way.
    hears_steps: bool
    # When the group was last told of an enquiry or a letter; None for never.
    told_at: datetime | None = None

    def timeline(self) -> list[TimelineEntry]:
        """Each question and each answer as an entry; both sides read them."""
        answered = [one for one in self.requests if one.answered_at is not None]
        return [*(self._asked(one) for one in self.requests), *(self._answered(one) for one in answered)]

    def waiting(self, entries: Iterable[TimelineEntry]) -> NewsRequest | None:
        """The last question, while neither an answer nor other news from the office has come since."""
        last = self.requests[-1] if self.requests else None
        if last is None or last.answered_at is not None:
            return None
        if self.told_at is not None and self.told_at > last.asked_at:
            return None
        since = (one for one in entries if self._is_news(one) and one.side == Side.OFFICE and one.kind != "seen")
        return None if any(one.at > last.asked_at for one in since) else last

    def next_on(self, entries: Iterable[TimelineEntry]) -> date:
        """The first day on which the group may ask: so many working days after the last that was heard of it."""
        told = [self.told_at] if self.told_at is not None else []
        last = max((*told, *(one.at for one in entries if self._is_news(one))), default=None)
        return today() if last is None else clocks.add_working_days(local_day(last), self.days)

    def _asked(self, one: NewsRequest) -> TimelineEntry:
        return TimelineEntry(
            at=one.asked_at,
            kind=NEWS,
            code="asked",
            title="Asked for news",
            by_name=self._name(one.asked_by_id),
            side=Side.GROUP,
            role=one.asked_role,
            id=one.id,
        )

    def _answered(self, one: NewsRequest) -> TimelineEntry:
        assert one.answered_at is not None
        said = lists.label("news_answers", one.answer or "")
        return TimelineEntry(
            at=one.answered_at,
            kind=NEWS,
            code="answered",
            title=f"News from the office: {said[:1].lower()}{said[1:]}" if not one.write_by else "News from the office",
            by_name=self._name(one.answered_by_id),
            side=ROLES[Role(one.answered_role)].side if one.answered_role else Side.OFFICE,
            role=one.answered_role,
            words=(("", one.words),) if one.words else (),
            facts=(("We will write to you by", one.write_by),) if one.write_by else (),
            id=one.id,
            organisation_id=one.office_id,
        )

    def _is_news(self, entry: TimelineEntry) -> bool:
        """Whether the group heard something by it."""
        if entry.kind == "move":
            row = TRANSITIONS.get(entry.code)
            return row is None or Side.GROUP in row.shown_to
        if entry.kind == "milestone":
            return self.hears_steps
        return entry.kind in _IS_NEWS and not entry.private

    def _name(self, person_id: UUID | None) -> str:
        return self.names.get(person_id, SERVICE_NAME) if person_id else SERVICE_NAME


def any_news(row: Referral, viewer: Viewer) -> AnyNews:
    """What was asked and answered; one query, and one more where there is somebody to name. NotFound to strangers."""
    policy.must_see(row, viewer)
    office, requests = _load(row)
    people = {one.asked_by_id for one in requests} | {one.answered_by_id for one in requests if one.answered_by_id}
    return AnyNews(
        requests=requests,
        days=clocks.days_of(clocks.ANY_NEWS, office),
        names=names_of(people) if people else {},
        hears_steps=policy.told_to_group_at_least(row, STEPS),
        told_at=row.told_at,
    )


def last_request(row: Referral) -> NewsRequest | None:
    """The last time the group asked, whoever looks; for an action that has checked already."""
    requests = _load(row)[1]
    return requests[-1] if requests else None


def may_ask(row: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may ask for news of this referral at all, on some day."""
    return (
        viewer.side is Side.GROUP
        and row.submitted_at is not None
        and row.ended_at is None
        and row.waiting_on in _ELSEWHERE
        and policy.may_write(row, viewer, Permission.REFERRAL_ANSWER)
        and policy.may_go_on(row)
        and policy.told_to_group_at_least(row, STATUS)
    )


def may_answer(row: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may say to the group how things stand."""
    able = viewer.side is Side.OFFICE and policy.may_write(row, viewer, Permission.REFERRAL_WORK)
    return able and row.ended_at is None and policy.told_to_group_at_least(row, STATUS)


def usual_day() -> date:
    """By when the office writes where it says nothing else: a week from today, on a working day."""
    return clocks.add_working_days(today() + timedelta(days=7), 0)


def _load(row: Referral) -> tuple[dict[str, Any], list[NewsRequest]]:
    """The office's own clocks and the requests, in one query."""
    query = (
        select(Office.clocks, NewsRequest)
        .outerjoin(NewsRequest, NewsRequest.referral_id == row.id)
        .where(Office.organisation_id == row.office_id)
        .order_by(NewsRequest.asked_at, NewsRequest.id)
    )
    found = db.session.execute(query, execution_options={"populate_existing": True}).all()
    return (found[0][0] or {}) if found else {}, [request for _, request in found if request is not None]
