"""The steps of a case study: each from where it may be taken, by whom, and never by who wrote it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions as casework
from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.notifications.models import OutboxMessage
from referrals.stories import actions, policy, queries
from referrals.stories.workflow import STATES, STEPS
from tests import people
from tests.casework import cases
from tests.people import Someone
from tests.stories.studies import LATER, PATHS, WORDS, act, again, agree, make_study, take

WRITER, APPROVER, OTHER = people.VOLUNTEER, people.LEAD, people.MANAGER


def events(referral_id: object) -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(
        AuditEntry.subject_id == referral_id, AuditEntry.action.like("case_study.%")
    )
    return list(db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number)))


def mails() -> list[str]:
    db.session.rollback()
    query = select(OutboxMessage.kind).where(OutboxMessage.kind.like("CaseStudy%")).order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def told_of(*kinds: str) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(OutboxMessage.to_address).where(OutboxMessage.kind.in_(kinds))))


class TestStates:
    @pytest.mark.parametrize("state", PATHS)
    def test_each_is_reached_by_its_steps(self, app: Flask, state: str) -> None:
        study = make_study(state)
        assert study.state == state
        steps = [f"case_study.{STEPS[step].past}" for step in PATHS[state]]
        assert sorted(action for action in events(study.referral_id) if action in steps) == sorted(steps)

    def test_every_state_has_its_steps(self, app: Flask) -> None:
        reached = {step.target for step in STEPS.values()}
        assert set(STATES) - reached == {"expired"}
        assert set(PATHS) | {"expired"} == set(STATES)

    def test_of_an_office_too(self, app: Flask) -> None:
        study = make_study("published", people.CASEWORKER)
        assert study.published is not None
        assert study.published.organisation_id == people.HAMMERSMITH.id

    @pytest.mark.parametrize("state", ["in_progress", "outcome_recorded", "withdrawn"])
    def test_only_a_finished_referral_has_one(self, app: Flask, state: str) -> None:
        referral = cases.make_referral(state)
        with pytest.raises(IllegalMove), transaction():
            actions.start_case_study(referral, by=WRITER.viewer)

    def test_one_at_a_time_of_each_side(self, app: Flask) -> None:
        referral = cases.make_referral("closed")
        make_study(referral=referral)
        make_study(by=people.CASEWORKER, referral=referral)
        with pytest.raises(IllegalMove, match="already"), transaction():
            actions.start_case_study(referral, by=APPROVER.viewer)


class TestSubmitting:
    @pytest.mark.parametrize("code", [code for code in WORDS if code not in {"quote", "situation"}])
    def test_nothing_may_be_missing(self, app: Flask, code: str) -> None:
        study = make_study()
        with transaction():
            found = again(study)
            found.words = {key: text for key, text in (found.words or {}).items() if key != code}
            actions.reading.note("case_study.saved", found, WRITER.viewer)
        with pytest.raises(Invalid) as refused:
            act(study, actions.submit_case_study, by=WRITER.viewer, version=None)
        assert set(refused.value.errors) == {code}

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("situation", "Mr Quillfeather had waited."),
            ("title", "Albert waits"),
            ("tried", "He rang 07700 900123 each day."),
            ("tried", "He rang 07700-900 123 each day."),
            ("group", f"We met at {cases.POSTCODE}."),
            ("changed", "He wrote to albert@example.org."),
            ("mp", "Rowan Ashdown wrote a letter."),
        ],
    )
    def test_who_it_is_may_not_stand_in_it(self, app: Flask, code: str, text: str) -> None:
        study = make_study(**{code: text})
        with pytest.raises(Invalid) as refused:
            act(study, actions.submit_case_study, by=WRITER.viewer, version=None)
        assert set(refused.value.errors) == {code}
        assert "Quillfeather" not in str(refused.value.errors)

    def test_the_person_has_agreed_to_it(self, app: Flask) -> None:
        study = make_study(agreed=False)
        with pytest.raises(Invalid, match="another look") as refused:
            act(study, actions.submit_case_study, by=WRITER.viewer, version=None)
        assert refused.value.errors == {"agreement": policy.NO_AGREEMENT}
        agree(study, covers=[])
        with pytest.raises(Invalid) as refused:
            act(study, actions.submit_case_study, by=WRITER.viewer, version=None)
        assert refused.value.errors == {"agreement": policy.QUOTE_NOT_COVERED}
        agree(study, places=["file"])
        with pytest.raises(Invalid) as refused:
            act(study, actions.submit_case_study, by=WRITER.viewer, version=None)
        assert refused.value.errors == {"agreement": policy.PAGE_NOT_COVERED}

    def test_those_who_may_approve_are_told(self, app: Flask) -> None:
        make_study("waiting")
        assert mails() == ["CaseStudyToApprove"]


class TestApproving:
    def test_not_by_who_wrote_it(self, app: Flask) -> None:
        study = make_study("draft", people.LEAD)
        act(study, actions.submit_case_study, by=people.LEAD.viewer, version=None)
        with pytest.raises(NotAllowed, match="Somebody else"):
            act(study, actions.approve_case_study, by=people.LEAD.viewer, version=None)

    def test_not_by_who_wrote_in_it(self, app: Flask) -> None:
        study = make_study()
        act(study, actions.save_section, "tried", "He had written.", by=APPROVER.viewer, version=None)
        take(study, "submit")
        with pytest.raises(NotAllowed, match="Somebody else"):
            act(study, actions.approve_case_study, by=APPROVER.viewer, version=None)

    @pytest.mark.parametrize("who", [people.SECOND_VOLUNTEER, people.MANAGER, people.OTHER_LEAD, people.COORDINATOR])
    def test_not_by_anybody_else(self, app: Flask, who: Someone) -> None:
        study = make_study("waiting")
        with pytest.raises((NotFound, NotAllowed)):
            act(study, actions.approve_case_study, by=who.viewer, version=None)

    def test_not_what_was_changed_since_it_was_read(self, app: Flask) -> None:
        study = make_study("waiting")
        read = again(study).version
        act(study, actions.take_back, by=WRITER.viewer)
        act(study, actions.save_section, "tried", "He had written.", by=WRITER.viewer, version=None)
        take(study, "submit")
        with pytest.raises(Stale):
            act(study, actions.approve_case_study, by=APPROVER.viewer, version=read)
        act(study, actions.approve_case_study, by=APPROVER.viewer, version=again(study).version)

    def test_sent_back_with_a_reason(self, app: Flask) -> None:
        study = make_study("waiting")
        with pytest.raises(Invalid):
            act(study, actions.send_back, " ", by=APPROVER.viewer)
        act(study, actions.send_back, "The place is too small", by=APPROVER.viewer)
        assert again(study).state == "draft"
        assert again(study).said == "The place is too small"
        assert mails()[-1] == "CaseStudySentBack"


class TestOfAReferralKeptFromMostOfTheGroup:
    """Flagged because of the body the group answers to: the office approves, and the writer publishes."""

    def test_the_office_approves_it(self, app: Flask) -> None:
        study = make_study("waiting", referral=cases.make_referral("closed", trusted_body_conflict=True))
        assert told_of("CaseStudyToApprove") == {people.MANAGER.email}
        with pytest.raises(NotFound):
            queries.study(study.id, people.LEAD.viewer)
        with pytest.raises(NotAllowed):
            act(study, actions.approve_case_study, by=people.CASEWORKER.viewer, version=None)
        assert queries.listed(OTHER.viewer).live[0].state == "waiting"
        act(study, actions.approve_case_study, by=OTHER.viewer, version=None)
        assert again(study).state == "announced"
        assert WRITER.email in told_of("CaseStudyAnswered")
        assert people.LEAD.email not in told_of("CaseStudyToAnswer", "CaseStudyAnswered")
        act(study, actions.answer_case_study, "fine", "", by=people.CASEWORKER.viewer)
        with pytest.raises(NotAllowed):
            act(study, actions.publish_case_study, by=OTHER.viewer, version=None)
        act(study, actions.publish_case_study, by=WRITER.viewer, version=None)
        assert again(study).state == "published"

    def test_the_office_sends_it_back(self, app: Flask) -> None:
        study = make_study("waiting", referral=cases.make_referral("closed", trusted_body_conflict=True))
        act(study, actions.send_back, "The street is in it", by=OTHER.viewer)
        assert again(study).state == "draft"
        with pytest.raises(NotFound):
            queries.study(study.id, OTHER.viewer)


class TestTheOtherSide:
    def test_it_is_told_and_reads_it(self, app: Flask) -> None:
        study = make_study("waiting")
        with pytest.raises(NotFound):
            queries.study(study.id, OTHER.viewer)
        take(study, "approve")
        assert queries.study(study.id, OTHER.viewer).id == study.id
        assert "CaseStudyToAnswer" in mails()
        assert study.answer_by is None or study.answer_by > now().date()

    def test_it_can_object(self, app: Flask) -> None:
        study = make_study("announced")
        with pytest.raises(Invalid):
            act(study, actions.answer_case_study, "objects", "", by=OTHER.viewer)
        act(study, actions.answer_case_study, "objects", "The department is easy to guess", by=OTHER.viewer)
        found = again(study)
        assert (found.state, found.said, found.approved_by_id) == ("draft", "The department is easy to guess", None)
        assert mails()[-1] == "CaseStudyAnswered"

    def test_nothing_is_published_while_it_can(self, app: Flask) -> None:
        study = make_study("announced")
        with pytest.raises(IllegalMove, match="object"):
            act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)
        act(study, actions.answer_case_study, "fine", "", by=OTHER.viewer)
        act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)
        assert again(study).state == "published"

    def test_the_mp_is_named_when_the_office_agrees(self, app: Flask) -> None:
        for answer, named in (("fine", False), ("named", True)):
            study = make_study()
            act(study, actions.choose_facts, ["before"], names_mp=True, by=WRITER.viewer, version=None)
            take(study, "submit")
            take(study, "approve")
            act(study, actions.answer_case_study, answer, "", by=OTHER.viewer)
            act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)
            published = again(study).published
            assert published is not None
            assert ("Rowan Ashdown" in str(published.content)) is named

    def test_a_name_is_not_offered_where_none_is_wanted(self, app: Flask) -> None:
        study = make_study("announced")
        with pytest.raises(Invalid):
            act(study, actions.answer_case_study, "named", "", by=OTHER.viewer)

    def test_a_group_that_hears_nothing_hears_nothing_of_it(self, app: Flask) -> None:
        referral = cases.make_referral("closed", told="outcome")
        study = make_study("announced", people.CASEWORKER, referral=referral)
        assert study.answer_by is None
        with pytest.raises(NotFound):
            queries.study(study.id, people.VOLUNTEER.viewer)
        act(study, actions.publish_case_study, by=people.MANAGER.viewer, version=None)


class TestPublishing:
    def test_one_text_is_left(self, app: Flask) -> None:
        study = make_study("published")
        assert (study.words, study.facts, study.said) == (None, None, None)
        assert study.published is not None
        assert study.published.title == WORDS["title"]
        parts = {part["code"]: part["words"] for part in (study.published.content or {})["parts"]}
        assert parts == {code: words for code, words in WORDS.items() if code != "title"}

    def test_not_once_the_referral_is_open_again(self, app: Flask) -> None:
        study = make_study("announced")
        cases.do(again(study).referral, "reopen", people.CASEWORKER)
        with clock_at(now() + LATER), pytest.raises(IllegalMove, match="finished"):
            act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)

    def test_not_once_the_agreement_is_taken_back(self, app: Flask) -> None:
        study = make_study("announced")
        agreement = again(study).agreement
        assert agreement is not None
        with transaction():
            casework.withdraw_consent(agreement.consent, "By phone", by=WRITER.viewer)
        with clock_at(now() + LATER), pytest.raises(IllegalMove, match="taken back"):
            act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)

    def test_not_once_the_agreement_has_run_out(self, app: Flask) -> None:
        study = make_study("announced", agreed={"months": 1})
        with clock_at(now() + timedelta(days=40)), pytest.raises(IllegalMove, match="run out"):
            act(study, actions.publish_case_study, by=APPROVER.viewer, version=None)

    def test_only_by_who_may(self, app: Flask) -> None:
        study = make_study("announced")
        for who in (WRITER, OTHER):
            with clock_at(now() + LATER), pytest.raises(NotAllowed):
                act(study, actions.publish_case_study, by=who.viewer, version=None)
