"""Sealed attributes on real rows: written sealed, read back plain, bound to their row, and None once erased."""

import sqlite3
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ForeignKey, LargeBinary, create_engine, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from referrals.foundation.database import Identified
from referrals.foundation.sealing import (
    DESTROYED_VALUES,
    KeyDestroyed,
    KeyHolder,
    KeyRing,
    RowKey,
    SealBroken,
    SealedJSON,
    SealedText,
    ServiceSealedText,
    Vault,
    configure,
)


class Rows(DeclarativeBase):
    pass


class Case(KeyHolder, Identified, Rows):
    __tablename__ = "cases"
    story_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    wish_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    story = SealedText("story_sealed")
    wish = SealedText("wish_sealed")
    contact = SealedJSON[dict[str, object]]("contact_sealed")
    remarks: Mapped[list["Remark"]] = relationship(back_populates="case")


class Remark(Identified, Rows):
    __tablename__ = "remarks"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    case: Mapped[Case] = relationship(back_populates="remarks")

    def seal_key(self) -> RowKey | None:
        return self.case.seal_key()


class Helper(Identified, Rows):
    __tablename__ = "helpers"
    mail_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mail = ServiceSealedText("mail_sealed")


@pytest.fixture(autouse=True)
def vault():
    vault = Vault(KeyRing.generate())
    configure(vault)
    return vault


@pytest.fixture
def database(tmp_path):
    return tmp_path / "rows.sqlite"


@pytest.fixture
def engine(database):
    engine = create_engine(f"sqlite:///{database}")
    Rows.metadata.create_all(engine)
    yield engine
    engine.dispose()


def saved(engine, row):
    with Session(engine, expire_on_commit=False) as session:
        session.add(row)
        session.commit()
    return row.id


def test_a_new_row_gets_its_key_and_reads_back_after_saving(engine, database):
    case_id = saved(engine, Case(story="Waited nine months", contact={"times": ["after 4"], "call": True}))
    with Session(engine) as session:
        case = session.get_one(Case, case_id)
        assert case.story == "Waited nine months"
        assert case.contact == {"times": ["after 4"], "call": True}
        assert case.wish is None
    dump = "\n".join(sqlite3.connect(database).iterdump()).encode()
    assert b"nine" not in database.read_bytes() + dump
    assert b"after 4" not in database.read_bytes() + dump


def test_making_the_key_first_or_twice_changes_nothing():
    case = Case()
    key = case.make_key()
    wrapped = case.wrapped_key
    assert case.make_key() is key
    case.story = "story"
    assert (case.wrapped_key, case.story, case.erased) == (wrapped, "story", False)


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_clears(nothing):
    case = Case(story="story")
    case.story = nothing
    assert case.story_sealed is None
    assert case.story is None
    assert Case(story=nothing).wrapped_key is None


def test_json_is_a_fresh_copy_and_empty_is_not_nothing():
    case = Case(contact={"times": []})
    case.contact["times"] = "changed"
    assert case.contact == {"times": []}
    case.contact = {}
    assert case.contact == {}
    case.contact = None
    assert case.contact_sealed is None
    with pytest.raises(ValueError, match="JSON"):
        case.contact = {"amount": float("nan")}


def test_a_child_is_sealed_with_the_key_of_its_parent(engine):
    case = Case(story="story")
    saved(engine, case)
    remark_id = saved(engine, Remark(case=case, words="called the council"))
    with Session(engine) as session:
        remark = session.get_one(Remark, remark_id)
        assert remark.words == "called the council"
        remark.words_sealed = remark.case.story_sealed
        with pytest.raises(SealBroken):
            _ = remark.words


def test_a_child_of_a_parent_without_a_key_is_refused():
    with pytest.raises(KeyDestroyed, match="erased, or was not given its key"):
        Remark(case=Case(), words="words")


def test_bytes_moved_to_another_column_or_row_do_not_open():
    case, other = Case(story="story"), Case(story="other")
    case.wish_sealed = case.story_sealed
    with pytest.raises(SealBroken):
        _ = case.wish
    other.story_sealed = case.story_sealed
    with pytest.raises(SealBroken):
        _ = other.story
    other.wrapped_key, other.wrapping_key_id = case.wrapped_key, case.wrapping_key_id
    with pytest.raises(SealBroken):
        _ = other.story


def test_an_erased_row_and_its_children_read_none_and_take_nothing_more(engine):
    case = Case(story="story", contact={"call": True})
    saved(engine, case)
    saved(engine, Remark(case=case, words="words"))
    with Session(engine) as session:
        stored = session.get_one(Case, case.id)
        assert stored.story == "story"
        stored.destroy_key()
        assert (stored.story, stored.contact, stored.remarks[0].words, stored.erased) == (None, None, None, True)
        session.commit()
    with Session(engine) as session:
        stored = session.get_one(Case, case.id)
        assert (stored.story, stored.remarks[0].words, stored.erased) == (None, None, True)
        for write in (lambda: setattr(stored, "story", "again"), stored.make_key):
            with pytest.raises(KeyDestroyed):
                write()
        with pytest.raises(KeyDestroyed):
            stored.remarks[0].words = "again"
        stored.story = None


def test_many_rows_are_erased_by_one_statement_even_for_an_object_that_was_open(engine):
    case_id = saved(engine, Case(story="story"))
    with Session(engine) as session:
        case = session.get_one(Case, case_id)
        assert case.story == "story"
        session.execute(update(Case).values(**DESTROYED_VALUES), execution_options={"synchronize_session": False})
        session.refresh(case)
        assert (case.story, case.erased) == (None, True)


def test_the_key_is_opened_once_for_an_object_and_anew_when_the_row_changed(vault):
    case = Case(story="story")
    assert case.seal_key() is case.seal_key()
    case.wrapped_key, case.wrapping_key_id = vault.rewrap(case.wrapped_key, case.wrapping_key_id, case.id)
    assert case.story == "story"
    case.wrapped_key, case.wrapping_key_id = vault.new_row_key(case.id)
    with pytest.raises(SealBroken):
        _ = case.story


def test_on_the_class_the_attribute_is_itself_and_the_column_can_be_asked_for(engine):
    assert isinstance(Case.story, SealedText)
    assert isinstance(Helper.mail, ServiceSealedText)
    case_id = saved(engine, Case(story="story"))
    saved(engine, Case())
    with Session(engine) as session:
        assert session.scalars(select(Case.id).where(Case.story_sealed.is_not(None))).all() == [case_id]


def test_rows_outside_any_case_are_sealed_by_the_service(engine):
    helper_id = saved(engine, Helper(mail="sam@example.org"))
    with Session(engine) as session:
        helper = session.get_one(Helper, helper_id)
        assert helper.mail == "sam@example.org"
        assert b"sam" not in helper.mail_sealed
        elsewhere = Helper(id=uuid4())
        elsewhere.mail_sealed = helper.mail_sealed
        with pytest.raises(SealBroken):
            _ = elsewhere.mail
        helper.mail = ""
        assert helper.mail is None
