"""Answers of the tests, kept from a request for advice through the real verbs."""

from typing import Any

from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory.lists import load_lists
from referrals.foundation.database import db, transaction
from referrals.knowledge import actions, queries
from referrals.knowledge.models import KnowledgeEntry
from tests import people
from tests.casework.cases import do, make_advice
from tests.people import Someone

CHECKS = [item.code for item in lists.items("knowledge_checks")]


def told(**changes: Any) -> actions.Told:
    """An answer as a form gives it."""
    usual: dict[str, Any] = {
        "question": "Is street lighting the council’s statutory job?",
        "answer": "A council may light its streets, and need not. It must look after the lamps that it has put up.",
        "source": "Highways Act 1980, section 97",
        "category": "housing",
    }
    return actions.Told(**(usual | changes))


def answered(by: Someone = people.VOLUNTEER, **asked: Any) -> Referral:
    """A request for advice that the office of Hammersmith has answered."""
    with transaction():
        load_lists()
    request = make_advice(by, **asked)
    do(request, "answer", people.CASEWORKER)
    return request


def write(request: Referral | None = None, by: Someone = people.CASEWORKER, **changes: Any) -> KnowledgeEntry:
    """Its answer, waiting to be checked."""
    found = request or answered()
    with transaction():
        return actions.write_entry(cases.referral(found.id, by.viewer), told(**changes), by=by.viewer)


def check(made: KnowledgeEntry, by: Someone = people.LEAD) -> KnowledgeEntry:
    """The same, on the page."""
    with transaction():
        found = queries.entry(made.id, by.viewer)
        actions.check_entry(found, CHECKS, by=by.viewer, version=None)
    return found


def keep(**changes: Any) -> KnowledgeEntry:
    """An answer on the page."""
    return check(write(**changes))


def found_by(who: Someone, words: str = "", category: str | None = None) -> list[str]:
    """The questions that somebody finds."""
    db.session.rollback()
    wanted = queries.Wanted(words, category)
    return [one.question or "" for one in queries.search(wanted, who.viewer)]
