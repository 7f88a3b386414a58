"""The steps that stories are told in: somebody sends, decides, asks, answers, reads, or finds nothing."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests.people import CASEWORKER, VOLUNTEER, Someone
from tests.plugins.visitors import Visitor
from tests.web import intake

Visit = Callable[..., Visitor]


def on(name: str, days: int = 5) -> dict[str, str]:
    """The three boxes of a date some days from now."""
    day: date = clock.today() + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


# What people fill in where the story does not say anything else, beyond what the form holds already.
ANSWERS: dict[str, Callable[[], dict[str, Any]]] = {
    "accept": lambda: {
        "assignee": str(CASEWORKER.id),
        "next_action": "Write to the department",
        **on("next_action_on"),
    },
    "request-information": lambda: {"question": "Which benefit is it?", **on("due_on", 7)},
    "provide-information": lambda: {"answer": "Personal Independence Payment"},
    "decline": lambda: {"reason": "not_yet_tried_provider", "note": "Too early", "instead": "Ask the department"},
    "resubmit": lambda: {"what_changed": "The department has said no"},
    "start": dict,
    "record-outcome": lambda: {
        "resolution": "resolved_in_full",
        "codes_welfare": "new_award",
        "contribution": "decisive",
        "evidenced": "yes",
        "summary": "The benefit was awarded",
    },
    "confirm-outcome": lambda: {"agreed": "yes", "helped_forward": "yes", "is_solved": "yes", "less_worried": "partly"},
    "dispute-outcome": lambda: {"reason": "did_not_happen", "wrong": "Nothing was paid"},
    "withdraw": lambda: {"reason": "consent_withdrawn", "asked_by": "resident"},
    "reopen": lambda: {
        "reason": "problem_came_back",
        "note": "The payments have stopped",
        "next_action": "Ask the department again",
        **on("next_action_on"),
    },
    "mark-entered-in-error": lambda: {"reason": "duplicate"},
}


class Story:
    """One referral on its way, and the browsers of everybody it meets."""

    def __init__(self, app: Flask, visit: Visit) -> None:
        self.app = app
        self.visit = visit
        self.reference = ""
        intake.load()

    @property
    def path(self) -> str:
        """The address of the referral's page."""
        return f"/referrals/{self.reference}"

    def sends(self, by: Someone = VOLUNTEER, /, **answers: dict[str, Any]) -> "Story":
        """Write a referral through every page of the intake, and send it."""
        volunteer = self.visit(by)
        where = intake.send(volunteer, intake.walk(volunteer, **answers))
        self.reference = where.split("/")[2]
        return self

    def does(self, person: Someone, transition: str, **changes: Any) -> None:
        """Fill in and send the form of a transition: `does(MANAGER, "decline", note="Sorry")`."""
        page = f"{self.path}/{transition}"
        answer = self.visit(person).send(page, {**ANSWERS[transition](), **changes})
        assert (answer.status_code, answer.location) == (303, self.path), words_of(answer.text)

    def reads(self, person: Someone, page: str = "") -> str:
        """What somebody reads on the referral's page, or on one of those under it, as plain words."""
        answer = self.visit(person).get(f"{self.path}{page}")
        assert answer.status_code == 200
        return words_of(answer.text)

    def finds_nothing(self, person: Someone) -> None:
        """Whatever somebody tries, it answers as if there were no such referral."""
        browser = self.visit(person)
        pages = ("", "/history", "/consents", "/card", "/accept", "/withdraw", "/milestones", "/notes/private")
        assert {browser.get(f"{self.path}{page}").status_code for page in pages} <= {404, 403}
        assert browser.get(self.path).status_code == 404
        assert browser.post(f"{self.path}/withdraw", ANSWERS["withdraw"]()).status_code == 404
        assert self.reference not in browser.get("/queue").text

    def works_in_the_background(self) -> None:
        """One round of the worker: the jobs that are due, and the mail."""
        db.session.remove()
        result = self.app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output


def words_of(page: str) -> str:
    """The main part of a page without its markup, in one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def link_mailed(kind: str) -> str:
    """The path in the newest mail of a kind."""
    db.session.rollback()
    row = db.session.query(OutboxMessage).filter_by(kind=kind).order_by(OutboxMessage.id.desc()).first()
    assert row is not None
    found = re.search(r"/(?:join|reset)/[A-Za-z0-9_-]+", row.params or "")
    assert found is not None
    db.session.rollback()
    return found[0]


def mails(kind: str) -> set[str]:
    """To whom mails of a kind were queued."""
    db.session.rollback()
    found = {row.to_address for row in db.session.query(OutboxMessage).filter_by(kind=kind)}
    db.session.rollback()
    return found


@contextmanager
def days_later(days: int, since: datetime | None = None) -> Iterator[datetime]:
    """Everything in here happens some days from now, or from `since`."""
    moment = (since or clock.now()) + timedelta(days=days)
    with clock.clock_at(moment, step=timedelta(milliseconds=1)):
        yield moment
