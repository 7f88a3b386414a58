"""Stories of how it ends: disputed, in silence, withdrawn, and opened again from either side."""

import pytest

from tests.journeys.steps import ANSWERS, Story, days_later, mails, on
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER


@pytest.fixture
def accepted(story: Story) -> Story:
    """A referral that the office works on."""
    story.sends(feedback={"scope": "full"})
    story.does(CASEWORKER, "accept")
    story.does(CASEWORKER, "start")
    return story


def test_a_result_is_disputed_and_the_second_one_confirmed(accepted: Story) -> None:
    accepted.does(CASEWORKER, "record-outcome")
    accepted.does(VOLUNTEER, "dispute-outcome", wrong="The money has not come")
    office = accepted.reads(CASEWORKER)
    assert "The money has not come" in office
    assert "In progress" in office

    accepted.does(CASEWORKER, "record-outcome", summary="Paid on Friday, with the arrears")
    accepted.does(VOLUNTEER, "confirm-outcome")
    both = accepted.reads(VOLUNTEER)
    assert "Paid on Friday, with the arrears" in both
    assert "Confirmed by the group" in both
    assert "Finished" in both
    assert {mail for kind in ("OutcomeDisputed", "OutcomeConfirmed") for mail in mails(kind)} >= {CASEWORKER.email}


def test_silence_closes_it_after_ten_working_days_and_not_before(accepted: Story) -> None:
    with days_later(0) as begin:
        accepted.does(CASEWORKER, "record-outcome")
    with days_later(9, begin):
        accepted.works_in_the_background()
        assert "There is a result. Please check it" in accepted.reads(VOLUNTEER)
    with days_later(20, begin):
        accepted.works_in_the_background()
        closed = accepted.reads(CASEWORKER)
        assert "The group did not answer in time" in closed
        assert "Finished" in accepted.reads(VOLUNTEER)
    assert VOLUNTEER.email in mails("ReferralClosed")


def test_the_resident_takes_the_agreement_back(accepted: Story) -> None:
    volunteer = accepted.visit(VOLUNTEER)
    consents = volunteer.get(f"{accepted.path}/consents").text
    withdraw = next(part.split('"')[0] for part in consents.split('href="') if "/withdraw" in part.split('"')[0])
    answer = volunteer.send(withdraw, {"reason": "He asked for it on the telephone"})
    assert answer.status_code == 303
    assert mails("ConsentWithdrawn")
    # Without it nothing goes on, and the group can take the referral back.
    stopped = accepted.visit(CASEWORKER).send(f"{accepted.path}/hold", {"reason": "agency_reply", **on("review_on")})
    assert "Error: " in stopped.text
    accepted.does(VOLUNTEER, "withdraw")
    assert "Withdrawn" in accepted.reads(CASEWORKER)
    again = accepted.visit(CASEWORKER).send(f"{accepted.path}/reopen", ANSWERS["reopen"]())
    assert again.status_code != 303
    assert "Withdrawn" in accepted.reads(VOLUNTEER)


def test_opened_again_by_the_office(accepted: Story) -> None:
    accepted.does(CASEWORKER, "record-outcome")
    accepted.does(VOLUNTEER, "confirm-outcome")
    accepted.does(MANAGER, "reopen")
    assert "Ask the department again" in accepted.reads(CASEWORKER)
    told = accepted.reads(VOLUNTEER)
    assert "Being worked on" in told
    assert "The payments have stopped" in told


def test_opened_again_by_the_group(accepted: Story) -> None:
    accepted.does(CASEWORKER, "record-outcome")
    accepted.does(VOLUNTEER, "confirm-outcome")
    accepted.does(LEAD, "reopen", note="The letter was taken back")
    assert "The letter was taken back" in accepted.reads(CASEWORKER)
    assert "Waiting for the MP’s office to decide" in accepted.reads(VOLUNTEER)
    assert mails("ReferralReopened") >= {CASEWORKER.email}
    accepted.does(CASEWORKER, "accept")
