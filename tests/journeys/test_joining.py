"""The story of somebody new: invited, joined, signed in, and a password forgotten and chosen again."""

from tests import people
from tests.journeys.steps import Story, link_mailed
from tests.people import LEAD

EMAIL, OLD, NEW = "nell@new.example", "seven quiet herons fishing", "eleven brass kettles singing"


def test_from_the_invitation_to_a_new_password(story: Story) -> None:
    lead, nell = story.visit(LEAD), story.visit()
    invited = lead.send(
        f"/people/invite/{people.WHITE_CITY.id}", {"name": "Nell New", "email": EMAIL, "role": "volunteer"}
    )
    assert invited.status_code == 303
    assert nell.send(link_mailed("Invited"), {"name": "Nell New", "password": OLD}).status_code == 303
    assert "Start a referral" in nell.get("/referrals").text

    elsewhere = story.visit()
    assert elsewhere.send("/sign-in", {"email": EMAIL, "password": OLD}).status_code == 303
    story.visit().send("/forgot-password", {"email": EMAIL})
    assert story.visit().send(link_mailed("PasswordResetRequested"), {"password": NEW}).status_code == 303
    assert {browser.get("/referrals").status_code for browser in (nell, elsewhere)} == {303}
    assert story.visit().send("/sign-in", {"email": EMAIL, "password": OLD}).status_code != 303
    assert nell.send("/sign-in", {"email": EMAIL, "password": NEW}).status_code == 303
    assert "Nell New" in lead.get("/people").text
