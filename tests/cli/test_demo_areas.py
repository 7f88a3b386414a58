"""The areas of the article: its proportions, and books and rules that hold as they do for people."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from referrals.accounts.queries.demo import demo_viewers
from referrals.audit.models import AuditEntry
from referrals.cli.demo.areas import add_areas, coordinator, dealt
from referrals.directory import queries as directory
from referrals.directory.lists import load_lists
from referrals.engagement.models import Contact, Stance
from referrals.foundation.database import db, transaction
from referrals.reporting import actions
from tests.cli.test_audit import verify


def test_what_is_dealt_follows_the_shares_and_leaves_nobody_out() -> None:
    article = {"supportive": 42, "neutral": 55, "negative": 3}
    assert Counter(dealt(article, 150)) == {"supportive": 63, "neutral": 83, "negative": 4}
    assert Counter(dealt(article, 100)) == article
    for number in (1, 7, 33, 149):
        assert len(dealt(article, number)) == number


def test_every_area_says_how_its_mp_stands_in_its_own_book(empty: Flask) -> None:
    with transaction():
        load_lists()
    assert add_areas(12, "three plain words 7") is True
    assert add_areas(12, "three plain words 7") is False
    who = demo_viewers()[coordinator()]
    assert who.organisation_id is not None
    groups = {one.organisation_id for one in directory.groups_of_programme(who.organisation_id)}
    assert len(groups) == 12
    stances = list(db.session.scalars(select(Stance)))
    assert Counter(one.organisation_id for one in stances) == dict.fromkeys(groups, 4)
    contacts = len(list(db.session.scalars(select(Contact.id))))
    told = Counter(db.session.scalars(select(AuditEntry.action)))
    assert (told["stance.assessed"], told["contact.logged"]) == (48, contacts)
    assert contacts > 8
    assert verify(empty)[0] == 0
    # Too few of them to show anything of, and the report opens all the same.
    with transaction():
        asked = actions.read_report("together", None, by=who)
    assert asked.build().figures[0].value is None
