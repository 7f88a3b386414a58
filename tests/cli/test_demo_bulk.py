"""Bulk loading: any number of referrals, each as sealed, indexed, booked and open to its people as any other."""

from uuid import UUID, uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Table, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from referrals.accounts.queries.demo import demo_viewers
from referrals.audit.models import AuditDetail, AuditEntry
from referrals.audit.verify import verify_books
from referrals.casework.actions.moving import move
from referrals.casework.actions.seeing import open_referral
from referrals.casework.copies.pattern import MATCHES
from referrals.casework.copies.remaking import Change
from referrals.casework.copies.writing import filled_tables
from referrals.casework.indexing import TOKEN_BYTES
from referrals.casework.models import (
    Consent,
    Milestone,
    Move,
    Note,
    Outcome,
    Referral,
    Resident,
    SearchEntry,
    SearchToken,
    Transfer,
)
from referrals.casework.queries.finding import search
from referrals.casework.workflow import STATES
from referrals.cli.demo.bulk import share_out
from referrals.cli.demo.bulk_loading import Order, load_many, people_in, taken_patterns
from referrals.cli.demo.commands import demo
from referrals.cli.demo.crowd import gather
from referrals.cli.demo.earlier import summaries
from referrals.cli.demo.plan import changes, planned
from referrals.cli.demo.stories import stories
from referrals.directory import queries
from referrals.foundation import clock
from referrals.foundation.bulk import resting
from referrals.foundation.database import Base, db, transaction
from referrals.foundation.references import is_reference
from referrals.foundation.sealing import RowKey

PASSWORD = "three plain words 7"
MADE = 200


def load(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(demo, ["load", *arguments])


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def earlier() -> int:
    """How many were finished before the stories begin, as the demonstration itself has them."""
    return len(dict.fromkeys(one for one in db.session.scalars(select(Referral)) if one.summary in summaries()))


def test_two_hundred_more_referrals_keep_every_promise(demonstrated: Flask) -> None:
    result = load(demonstrated, "--referrals", str(MADE), "--offices", "9", "--seed", "7")
    assert result.exit_code == 0, result.output
    assert "200 referrals made" in result.output
    db.session.expire_all()
    assert count(Referral) == len(stories()) + earlier() + MADE
    the_books_verify()
    the_words_open()
    the_rows_agree()
    the_search_finds()
    the_people_can_go_on()
    a_second_load_goes_on_top()


def key_of(referral_id: UUID) -> RowKey | None:
    return db.session.get_one(Referral, referral_id).seal_key()


def the_books_verify() -> None:
    # With their keys, so that the sealed words behind the entries are opened and held against their digests.
    reports = verify_books(db.session(), key_of=key_of)
    assert [report.fault for report in reports if report.fault] == []
    assert sum(report.entries for report in reports) == count(AuditEntry)
    assert count(AuditDetail) > MADE
    # Every referral has its history, and each book tells it in order of time but for where the load begins.
    told = set(db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.subject_kind == "referral")))
    assert told >= set(db.session.scalars(select(Referral.id)))


def the_words_open() -> None:
    made = db.session.scalars(select(Referral)).all()
    assert len({referral.wrapped_key for referral in made}) == len(made)
    names = [referral.resident.name for referral in made if referral.resident]
    assert all(names)
    assert len(set(names)) > MADE * 0.8
    for referral in made:
        assert referral.story
        assert referral.summary
        assert referral.created_at <= referral.updated_at <= clock.now()
    for model in (Move, Note, Milestone, Outcome):
        assert any(row.words for row in db.session.scalars(select(model)))
    dump = b"".join(bytes(blob) for blob in db.session.scalars(select(Resident.name_sealed)) if blob)
    assert not any(name.encode() in dump for name in names if name)


def the_rows_agree() -> None:
    made = {referral.id: referral for referral in db.session.scalars(select(Referral))}
    references = [referral.reference for referral in made.values() if referral.reference]
    assert len(set(references)) == len(references)
    assert all(is_reference(reference) for reference in references)
    for referral in made.values():
        assert (referral.reference is None) == (referral.submitted_at is None)
        if STATES[referral.state].is_open and referral.state != "draft":
            assert referral.due_on is not None
    last = dict(db.session.execute(select(Move.referral_id, Move.state_to).order_by(Move.at)).all())
    assert all(made[referral_id].state == state for referral_id, state in last.items())
    # What another office took on was agreed to, and begun, with the one it was sent to first.
    handed_on = select(Transfer.referral_id).where(Transfer.standing == "accepted")
    stayed = Consent.referral_id.not_in(handed_on)
    for consent in db.session.scalars(select(Consent).where(Consent.kind == "group_to_office", stayed)):
        assert consent.to_organisation_id == made[consent.referral_id].office_id
    for move_ in db.session.scalars(select(Move).where(Move.referral_id.not_in(handed_on))):
        referral = made[move_.referral_id]
        assert move_.organisation_id in (referral.group_id, referral.office_id, None)
        if "assignee" in move_.facts:
            assert people_of(referral.office_id) >= {UUID(move_.facts["assignee"])}
    no_key_dangles()


def people_of(organisation_id: UUID | None) -> set[UUID | None]:
    return {viewer.person_id for viewer in demo_viewers().values() if viewer.organisation_id == organisation_id}


def no_key_dangles() -> None:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            dangling = select(func.count()).where(key.parent.is_not(None), key.parent.not_in(select(key.column)))
            assert db.session.scalar(dangling) == 0, key


def the_search_finds() -> None:
    referral = db.session.scalars(
        select(Referral).where(Referral.state == "closed", Referral.office_id.is_not(None)).limit(1)
    ).one()
    worker = next(viewer for viewer in demo_viewers().values() if viewer.organisation_id == referral.office_id)
    assert referral.resident is not None
    assert referral.resident.name is not None
    assert referral.reference in {hit.line.reference for hit in search(worker, referral.resident.name).hits}
    assert count(SearchToken) > MADE * 20
    the_index_agrees_with_itself()


def the_index_agrees_with_itself() -> None:
    """By its entry alone a referral can be taken out of an index, word by word."""
    told = {
        (entry.organisation_id, entry.tokens[begin : begin + TOKEN_BYTES], entry.referral_id)
        for entry in db.session.scalars(select(SearchEntry))
        for begin in range(0, len(entry.tokens), TOKEN_BYTES)
    }
    tokens = select(SearchToken.organisation_id, SearchToken.token, SearchToken.referral_id)
    assert {tuple(row) for row in db.session.execute(tokens)} == told


def the_people_can_go_on() -> None:
    """A referral made in bulk is read and moved like any other, and the books go on."""
    referral = db.session.scalars(select(Referral).where(Referral.state == "submitted")).all()[-1]
    worker = next(
        viewer
        for viewer in demo_viewers().values()
        if viewer.organisation_id == referral.office_id and viewer.role == "caseworker"
    )
    answers = {"reason": "no_capacity", "note": "Not now.", "instead": "Ask again in a month."}
    with transaction():
        found = open_referral(referral.reference, by=worker)
        move(found, "decline", answers, by=worker, version=found.version)
    assert [report.fault for report in verify_books(db.session()) if report.fault] == []


def a_second_load_goes_on_top() -> None:
    """In other processes this time; with the same seed the references are others, because those are taken."""
    before = count(Referral)
    advanced: list[int] = []
    load_many(Order(60, 9, 7, processes=2), PASSWORD, advanced.append)
    assert sum(advanced) == 60
    assert count(Referral) == before + 60
    assert [report.fault for report in verify_books(db.session()) if report.fault] == []
    no_key_dangles()
    # What rested meanwhile is there again, and so is the looking up of keys.
    for table in filled_tables():
        assert names_of_indexes(table) == {index.name for index in table.indexes}
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(insert(MATCHES).values(token=b"nobody's", referral_id=uuid4()))


def names_of_indexes(table: Table) -> set[str | None]:
    found = inspect(db.session.connection()).get_indexes(table.name)
    # PostgreSQL lists those of a rule as well.
    return {index["name"] for index in found if not index.get("duplicates_constraint")}


def test_an_index_that_rested_is_there_again_after_a_fault(app: Flask) -> None:
    (index,) = MATCHES.indexes

    def fault() -> None:
        with resting([index]):
            assert names_of_indexes(MATCHES) == set()
            db.session.rollback()
            raise RuntimeError("in between")

    with pytest.raises(RuntimeError, match="in between"):
        fault()
    assert names_of_indexes(MATCHES) == {index.name}


# What is planned is the same for every database.
@pytest.mark.only_on("sqlite")
def test_the_seed_alone_decides(demonstrated: Flask) -> None:
    with transaction():
        circles = gather(2, "no hash")
    patterns = taken_patterns()
    people = people_in(patterns)

    def what_would_be_made(seed: int) -> list[Change]:
        ((circle, share, circle_seed, references),) = share_out(circles, 40, seed, set())
        plan = planned(patterns, len(circle.pairs), share, circle_seed)
        return list(changes(plan, patterns, circle, people, iter(references)))

    assert len(what_would_be_made(3)) == 40
    assert what_would_be_made(3) == what_would_be_made(3)
    assert what_would_be_made(3) != what_would_be_made(4)
    # The stories that were told to be copied left nothing behind.
    assert count(Referral) == len(stories()) + earlier()


@pytest.mark.only_on("sqlite")
def test_offices_are_invented_where_there_are_not_enough(demonstrated: Flask) -> None:
    result = load(demonstrated, "--referrals", "30", "--offices", "11")
    assert result.exit_code == 0, result.output
    lines = queries.offices_in_use()
    assert len(lines) == 11
    assert len({line.constituency for line in lines}) == 11
    assert len({referral.office_id for referral in db.session.scalars(select(Referral))} - {None}) >= 10
