"""Answers that an area keeps: checked by a second person, found by words, corrected, and gone once taken down."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from referrals.audit.models import AuditEntry
from referrals.casework import queries as cases
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.knowledge import actions, queries
from referrals.knowledge.models import KnowledgeEntry
from referrals.knowledge.pointing import pointing
from tests import people
from tests.casework import mail
from tests.casework.cases import make_advice, make_referral
from tests.knowledge.answers import CHECKS, answered, check, found_by, keep, told, write
from tests.people import Someone

pytestmark = pytest.mark.usefixtures("app")
LAMPS = "Is street lighting the council’s statutory job?"
INSIDERS = (people.VOLUNTEER, people.SECOND_VOLUNTEER, people.LEAD, people.CASEWORKER, people.MANAGER)


def events() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.subject_kind == "knowledge").order_by(AuditEntry.at)
    return list(db.session.scalars(query))


class TestWriting:
    def test_it_waits_until_somebody_else_has_checked_it(self) -> None:
        made = write()
        assert found_by(people.LEAD) == []
        check(made)
        assert found_by(people.VOLUNTEER) == [LAMPS]
        assert events() == ["knowledge.written", "knowledge.checked"]

    @pytest.mark.parametrize("who", [people.VOLUNTEER, people.LEAD, people.CASEWORKER, people.MANAGER])
    def test_either_side_writes_it(self, who: Someone) -> None:
        assert write(by=who).state == "waiting"

    def test_only_the_answer_to_a_request_for_advice(self) -> None:
        for request in (make_referral("closed"), make_advice()):
            with pytest.raises(IllegalMove):
                write(request)

    @pytest.mark.parametrize("who", [people.OTHER_LEAD, people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER])
    def test_to_strangers_there_is_no_request(self, who: Someone) -> None:
        request = answered()
        with pytest.raises(NotFound):
            write(request, by=who)

    def test_one_answer_a_request_until_it_is_taken_down(self) -> None:
        request = answered()
        made = write(request)
        with pytest.raises(IllegalMove):
            write(request, by=people.LEAD)
        with transaction():
            actions.take_down(
                queries.entry(made.id, people.CASEWORKER.viewer), "wrong", by=people.CASEWORKER.viewer, version=None
            )
        assert write(request, by=people.LEAD).state == "waiting"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"question": " "}, "question"),
            ({"answer": ""}, "answer"),
            ({"answer": "x" * 4001}, "answer"),
            ({"source": "x" * 301}, "source"),
            ({"category": "gibberish"}, "category"),
            ({"agency": "gibberish"}, "agency"),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes: dict[str, str], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            write(**changes)
        assert set(refused.value.errors) == {field}

    def test_it_begins_with_what_the_office_answered(self) -> None:
        request = cases.referral(answered().id, people.LEAD.viewer)
        assert queries.answer_in(request, people.LEAD.viewer) == "The council decides, under the Highways Act"


class TestChecking:
    def test_who_may_check_is_told_on_both_sides_but_for_who_wrote_it(self) -> None:
        made = write(by=people.LEAD)
        assert mail.told("AnswerToCheck") == {people.MANAGER}
        mail.forget()
        check(made, people.MANAGER)
        with transaction():
            found = queries.entry(made.id, people.CASEWORKER.viewer)
            actions.correct_entry(found, told(answer="It need not."), by=people.CASEWORKER.viewer, version=None)
        assert mail.told("AnswerToCheck") == {people.LEAD, people.MANAGER}
        assert mail.params("AnswerToCheck")[0] == {"path": f"/answers/{made.id}"}

    def test_nobody_checks_their_own(self) -> None:
        made = write(by=people.MANAGER)
        with pytest.raises(NotAllowed):
            check(made, people.MANAGER)
        check(made, people.LEAD)

    def test_only_leads_and_managers_check(self) -> None:
        made = write()
        for who in (people.VOLUNTEER, people.SECOND_CASEWORKER):
            with pytest.raises(NotFound):
                check(made, who)
        with pytest.raises(NotAllowed):
            check(made, people.CASEWORKER)

    def test_everything_on_the_list_is_ticked(self) -> None:
        made = write()
        with pytest.raises(Invalid), transaction():
            actions.check_entry(
                queries.entry(made.id, people.LEAD.viewer), CHECKS[1:], by=people.LEAD.viewer, version=None
            )

    @pytest.mark.parametrize(
        "words",
        [
            "Mrs Okafor was told the council need not.",
            "The lamp at 14 Bloemfontein Road is the council’s.",
            "In W12 7QT the council owns the lamps.",
            "Ask for QQ 12 34 56 C.",
        ],
    )
    def test_what_points_at_somebody_keeps_it_off_the_page(self, words: str) -> None:
        made = write(answer=words)
        with pytest.raises(Invalid) as refused:
            check(made)
        assert set(refused.value.errors) == {"checks"}

    def test_the_reference_of_the_request_keeps_it_off_too(self) -> None:
        request = answered()
        with pytest.raises(Invalid):
            check(write(request, answer=f"As in {request.reference}."))

    def test_dates_sums_and_telephone_numbers_are_only_pointed_out(self) -> None:
        found = pointing({"Answer": "From 1 April the fee is £1,234. Ring 020 7946 0001."}, "")
        assert {one.what for one in found} == {"an exact date", "an exact sum", "a telephone number"}
        assert not [one for one in found if one.sure]
        assert pointing({"Answer": told().answer, "Source": told().source}, "R-AB12-3CD") == []


class TestReading:
    def test_the_area_and_the_office_and_nobody_else(self) -> None:
        made = keep()
        for who in INSIDERS:
            assert found_by(who) == [LAMPS]
        for who in (people.OTHER_LEAD, people.OTHER_CASEWORKER):
            assert found_by(who) == []
        for who in (people.OTHER_LEAD, people.OTHER_MANAGER, people.COORDINATOR, people.ADMINISTRATOR):
            with pytest.raises(NotFound):
                queries.entry(made.id, who.viewer)
        for who in (people.COORDINATOR, people.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                queries.search(queries.Wanted(), who.viewer)

    def test_every_word_has_to_be_there_in_any_order_and_as_a_part(self) -> None:
        keep()
        keep(question="Who mends a broken lift?", answer="The landlord does.", source="", category="health")
        assert found_by(people.LEAD, "LIGHT street") == [LAMPS]
        assert found_by(people.LEAD, "highways 97") == [LAMPS]
        assert found_by(people.LEAD, "street lift") == []
        assert found_by(people.LEAD, "", "health") == ["Who mends a broken lift?"]
        assert found_by(people.LEAD, "lamps", "health") == []

    def test_a_search_finds_nothing_that_waits(self) -> None:
        write()
        assert found_by(people.LEAD, "street") == found_by(people.CASEWORKER, "street") == []
        assert [len(queries.waiting(who.viewer)) for who in INSIDERS] == [0, 0, 1, 1, 1]

    def test_after_a_year_it_may_be_out_of_date_until_somebody_says_it_is_right(self) -> None:
        made = keep()
        assert not queries.may_be_out_of_date(made, today() + timedelta(days=364))
        with clock_at(now() + timedelta(days=366)):
            assert queries.may_be_out_of_date(made)
            with transaction():
                actions.confirm_entry(queries.entry(made.id, people.VOLUNTEER.viewer), by=people.VOLUNTEER.viewer)
            assert not queries.may_be_out_of_date(queries.entry(made.id, people.LEAD.viewer))


class TestChanging:
    def test_a_correction_leaves_the_page_until_it_is_checked_by_another(self) -> None:
        made = keep()
        with transaction():
            found = queries.entry(made.id, people.LEAD.viewer)
            actions.correct_entry(found, told(answer="It must."), by=people.LEAD.viewer, version=found.version)
        assert found_by(people.VOLUNTEER) == []
        with pytest.raises(NotAllowed):
            check(made, people.LEAD)
        check(made, people.MANAGER)
        assert found_by(people.VOLUNTEER, "must") == [LAMPS]

    def test_of_two_at_once_one_is_told(self) -> None:
        made = keep()
        with pytest.raises(Stale), transaction():
            actions.correct_entry(
                queries.entry(made.id, people.LEAD.viewer), told(), by=people.LEAD.viewer, version=made.version - 1
            )

    def test_what_is_taken_down_is_gone_with_every_word(self) -> None:
        made = keep()
        with transaction():
            actions.take_down(
                queries.entry(made.id, people.VOLUNTEER.viewer), "out_of_date", by=people.VOLUNTEER.viewer, version=None
            )
        assert found_by(people.LEAD) == []
        with pytest.raises(NotFound):
            queries.entry(made.id, people.CASEWORKER.viewer)
        row = db.session.get(KnowledgeEntry, made.id)
        assert row is not None
        assert row.question_sealed is row.answer_sealed is row.source_sealed is None
        assert events()[-1] == "knowledge.taken_down"

    def test_a_stolen_database_shows_none_of_its_words(self, app: Flask) -> None:
        keep()
        with db.engine.connect() as connection:
            rows = [repr(tuple(row)) for row in connection.execute(text("SELECT * FROM knowledge_entries"))]
        assert not [row for row in rows if "street" in row or "Highways" in row]
