"""The outcome report counted again in plain Python, row by row, from the same rows and from nothing of the product."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.reporting.making import Made

Row = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
PAPERS = {"decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order"}
ENDS = {"declined": "declined", "returned": "returned_with_advice", "withdrawn": "withdrawn", "closed": "closed"}


def day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


class Recount:
    """What the report should say of the referrals that `mine` picks, from `first` (None: any) to `last`."""

    def __init__(self, made: Made, mine: Callable[[Row], bool], first: date | None, last: date) -> None:
        self.made, self.first, self.last = made, first, last
        self.referrals: dict[UUID, Row] = {
            row["id"]: row
            for row in made.referrals
            if mine(row) and row["submitted_at"] and row["state"] != "entered_in_error"
        }

    def within(self, moment: datetime | None) -> bool:
        return moment is not None and (self.first is None or self.first <= day(moment)) and day(moment) <= self.last

    def flow(self, measure: str, category: str | None = None) -> int:
        return sum(self._counts(row, measure) for row in self._of(category))

    def _of(self, category: str | None) -> Iterator[Row]:
        return (row for row in self.referrals.values() if category is None or (row["category"] or "") == category)

    def _counts(self, row: Row, measure: str) -> bool:
        if measure == "received":
            return self.within(row["submitted_at"])
        if measure == "accepted":
            return self.within(row["accepted_at"])
        if measure == "left_open":
            ended = row["ended_at"]
            return day(row["submitted_at"]) <= self.last and (ended is None or day(ended) > self.last)
        return bool(row["state"] == ENDS[measure]) and self.within(row["ended_at"])

    def results(self) -> Iterator[tuple[Row, Row]]:
        """Each current result of the period with its referral."""
        for outcome in self.made.outcomes:
            referral = self.referrals.get(outcome["referral_id"])
            if referral and outcome["superseded_at"] is None and self.within(outcome["recorded_at"]):
                yield outcome, referral

    def result(self, resolution: str | None = None, category: str | None = None, **has: Any) -> int:
        return sum(
            (resolution is None or outcome["resolution"] == resolution)
            and (category is None or (referral["category"] or "") == category)
            and all(outcome[name] in wanted for name, wanted in has.items())
            for outcome, referral in self.results()
        )

    def closed_as(self, resolution: str) -> int:
        found = 0
        for outcome in self.made.outcomes:
            referral = self.referrals.get(outcome["referral_id"])
            if referral and outcome["superseded_at"] is None and outcome["resolution"] == resolution:
                found += self._counts(referral, "closed")
        return found

    def code(self, code: str, **has: Any) -> int:
        carrying = {row["outcome_id"] for row in self.made.codes if row["code"] == code}
        return sum(
            outcome["id"] in carrying and all(outcome[name] in wanted for name, wanted in has.items())
            for outcome, _ in self.results()
        )

    def money(self, kind: str, basis: str) -> tuple[Decimal, Decimal, Decimal, int]:
        """Claimed, confirmed, evidenced, and the number of referrals."""
        current = {outcome["id"]: outcome for outcome, _ in self.results()}
        sums: dict[str, Decimal] = defaultdict(Decimal)
        behind = set()
        for row in self.made.money:
            outcome = current.get(row["outcome_id"])
            if outcome is None or (row["kind"], row["basis"]) != (kind, basis):
                continue
            amount = row["annual_amount"] if kind == "recurring" else row["amount"]
            sums["claimed"] += amount
            sums["confirmed"] += amount if outcome["standing"] == "confirmed" else 0
            sums["evidenced"] += amount if row["evidence"] in PAPERS else 0
            behind.add(row["referral_id"])
        return sums["claimed"], sums["confirmed"], sums["evidenced"], len(behind)

    def before(self, category: str | None = None) -> tuple[float | None, int]:
        """Median days of waiting before, and how many referrals it is from."""
        return _middle(
            [
                (day(row["submitted_at"]) - row["waiting_since"]).days
                for row in self._of(category)
                if self.within(row["submitted_at"]) and row["waiting_since"]
            ]
        )

    def after(self, category: str | None = None) -> tuple[float | None, int]:
        """Median days from sending to the result, and how many it is from."""
        return _middle(
            [
                (day(outcome["recorded_at"]) - day(referral["submitted_at"])).days
                for outcome, referral in self.results()
                if category is None or (referral["category"] or "") == category
            ]
        )


def _middle(days: list[int]) -> tuple[float | None, int]:
    return (median(days) if days else None), len(days)
