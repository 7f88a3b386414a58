"""Stories until the office has taken it on: declining, asking, mistakes, and grounds that a lead approves."""

from tests.journeys.steps import Story, days_later, mails
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER
from tests.web import intake


def test_declined_with_advice_and_sent_again(story: Story) -> None:
    story.sends()
    story.does(CASEWORKER, "decline")
    told = story.reads(VOLUNTEER)
    assert "Why the office cannot take this on" in told
    assert "Ask the department" in told

    story.does(VOLUNTEER, "resubmit", what_changed="The department has said no in writing")
    assert "The department has said no in writing" in story.reads(CASEWORKER)
    assert mails("ReferralSubmitted") >= {CASEWORKER.email, MANAGER.email}
    story.does(CASEWORKER, "accept")
    assert "The office has taken this on" in story.reads(VOLUNTEER)


def test_thirty_days_after_declining_the_office_no_longer_reads_it(story: Story) -> None:
    story.sends()
    story.does(CASEWORKER, "decline")
    assert intake.PAGES["story"]["summary"] in story.reads(CASEWORKER)
    with days_later(31):
        story.works_in_the_background()
        assert "He lost a leg" not in story.reads(CASEWORKER)
        assert "He lost a leg" in story.reads(VOLUNTEER)


def test_the_clock_stands_still_while_the_group_looks_for_the_answer(story: Story) -> None:
    with days_later(0) as begin:
        story.sends()
        deadline = decision_day(story)
    with days_later(1, begin):
        story.does(CASEWORKER, "request-information")
        assert "Your clock stopped on" in story.reads(CASEWORKER)
        assert "Which benefit is it?" in story.reads(VOLUNTEER)
    with days_later(8, begin):
        story.does(VOLUNTEER, "provide-information")
        assert "Personal Independence Payment" in story.reads(CASEWORKER)
        assert mails("InformationProvided")
        # Seven days were somebody else's turn.
        assert decision_day(story) != deadline
        assert "overdue" not in story.reads(CASEWORKER)


def decision_day(story: Story) -> str:
    words = story.reads(CASEWORKER)
    return words[words.index("By when") :][:30]


def test_sent_by_mistake_and_taken_back(story: Story) -> None:
    story.sends()
    story.does(VOLUNTEER, "mark-entered-in-error", reason="wrong_resident")
    assert "can no longer read" in story.reads(CASEWORKER)
    assert "He lost a leg" not in story.reads(MANAGER)
    assert story.reference not in story.visit(CASEWORKER).get("/queue?tab=team").text
    assert mails("ReferralEnteredInError")


def test_a_ground_without_consent_waits_for_the_lead(story: Story) -> None:
    volunteer, lead = story.visit(VOLUNTEER), story.visit(LEAD)
    draft = intake.walk(volunteer, consent={"agreed": "none", "ground": "cannot_be_given", "covers_health": []})
    assert "your area lead has to approve it first" in volunteer.get(f"{draft}/check").text
    assert mails("ConsentApprovalAsked") == {LEAD.email}

    lead.send(f"{draft}/check", {"approve": "yes"})
    story.reference = intake.send(volunteer, draft).split("/")[2]
    story.does(CASEWORKER, "accept")
    assert "The resident cannot give consent" in story.reads(CASEWORKER, "/consents")
