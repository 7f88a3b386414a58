"""The registers of the demonstration: eleven grants, £187 among them, and publicity that is permitted or is not."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from referrals.cli.demo.engagement import work_together
from referrals.cli.demo.grants import LEAD, give_and_tell
from referrals.cli.demo.world import World, build_world
from referrals.directory.lists import load_lists
from referrals.engagement import threesixty
from referrals.engagement.models import GrantAward, GrantTheme, Publicity
from referrals.engagement.queries import grants as queries
from referrals.engagement.queries.publicity import pieces_of
from referrals.foundation.clock import now, today
from referrals.foundation.database import db, transaction
from referrals.web.presenting.grants import publisher_of
from tests.engagement.test_threesixty import package_faults


def load() -> World:
    """The world with both registers."""
    with transaction():
        load_lists()
        world = build_world("three plain words 7")
        work_together(world, now())
        give_and_tell(world, now())
    return world


def test_eleven_grants_under_three_themes_and_187_pounds_to_tiny_explorers(empty: Flask) -> None:
    lead = load().viewers[LEAD]
    awards = list(db.session.scalars(select(GrantAward)))
    themes = {theme.id: theme.name for theme in db.session.scalars(select(GrantTheme))}
    assert len(awards) == 11
    by_theme = Counter(themes[one.theme_id] for one in awards)
    assert by_theme == {"Growing up well": 4, "Good neighbours": 4, "Green and healthy": 3}
    assert [one.amount_pence for one in awards if one.recipient == "Tiny Explorers"] == [18_700]
    assert {one.presenter for one in awards} == {"Rowan Ashdown MP"}
    rounds = [line.round for line in queries.grant_rounds(lead)]
    assert lead.organisation_id is not None
    publisher = publisher_of(lead.organisation_id)
    found = threesixty.grants(publisher, rounds, queries.themes_of([one.id for one in rounds]), awards)
    assert package_faults(threesixty.as_json(publisher, found, today())) == []


def test_publicity_is_permitted_taken_back_and_not_yet_permitted(empty: Flask) -> None:
    load()
    entries = list(db.session.scalars(select(Publicity)))
    pieces = [piece for one in entries for piece in pieces_of(one)]
    assert {bool(piece.shown) for piece in pieces} == {True, False}
    assert any(not piece.permissions for piece in pieces)
    assert any(one.withdrawn_at for piece in pieces for one in piece.permissions)
    assert any(one.contact_id for one in entries)
    evening = next(one for one in entries if one.kind == "awards_evening")
    assert "£3,660.50" in (evening.words or ""), "as much as the awards come to"
    assert sum(one.amount_pence for one in db.session.scalars(select(GrantAward))) == 366_050
