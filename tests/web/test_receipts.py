"""The confirmation and the card: the reference, the next dates, and nothing that tells about the person."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from tests.casework import cases
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, LEAD, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER, Someone
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
# A Monday; the two weeks after it have no bank holiday.
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def referral(app: object) -> Referral:
    with clock_at(MONDAY):
        return cases.make_referral("submitted")


def test_the_confirmation_says_what_happens_next_and_when(referral: Referral, visit: Visit) -> None:
    page = visit(VOLUNTEER).get(f"/referrals/{referral.reference}/sent").text
    assert faults(page) == []
    assert referral.reference is not None
    words = text_of(read(page).one("main"))
    assert referral.reference in words
    assert "It is with the office of Rowan Ashdown MP" in words
    assert "By 4 November 2026" in words
    assert "By 9 November 2026" in words


def test_an_urgent_one_is_looked_at_the_same_day(app: object, visit: Visit) -> None:
    with clock_at(MONDAY):
        urgent = cases.make_referral("submitted", urgency="urgent", urgency_note="Bailiffs", urgent_by=MONDAY.date())
    page = visit(VOLUNTEER).get(f"/referrals/{urgent.reference}/sent").text
    assert "By 2 November 2026" in page
    assert "By 3 November 2026" in page


def test_one_that_has_gone_on_leads_to_its_page(app: object, visit: Visit) -> None:
    accepted = cases.make_referral("accepted")
    page = visit(VOLUNTEER).get(f"/referrals/{accepted.reference}/sent").text
    assert "What happens next" not in page
    assert f'href="/referrals/{accepted.reference}"' in page


def test_neither_page_tells_about_the_person_or_the_problem(referral: Referral, visit: Visit) -> None:
    for end in ("sent", "card"):
        page = visit(VOLUNTEER).get(f"/referrals/{referral.reference}/{end}").text
        for secret in (cases.NAME, cases.PHONE, cases.STORY, "Nine months", "Disability", cases.POSTCODE):
            assert secret not in page


def test_the_card_names_the_group_and_not_the_office(referral: Referral, visit: Visit) -> None:
    page = visit(VOLUNTEER).get(f"/referrals/{referral.reference}/card").text
    assert faults(page) == []
    card = text_of(read(page).one("section", class_="app-card"))
    assert referral.reference is not None
    assert referral.reference in card
    assert "Wormholt and White City Big Local" in card
    assert "020 7946 0123" in card
    assert "9 November 2026" in card
    assert "Ashdown" not in card
    # A reference may hold any two letters.
    assert "MP" not in card.replace(referral.reference, "")


def test_a_printed_card_leaves_its_event(referral: Referral, visit: Visit) -> None:
    visit(VOLUNTEER).get(f"/referrals/{referral.reference}/card")
    found = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == referral.id)))
    assert found.count("referral.card_printed") == 1


def test_the_lead_sees_both_and_a_mistyped_case_is_forgiven(referral: Referral, visit: Visit) -> None:
    assert referral.reference is not None
    for end in ("sent", "card"):
        assert visit(LEAD).get(f"/referrals/{referral.reference.lower()}/{end}").status_code == 200


@pytest.mark.parametrize("end", ["sent", "card"])
@pytest.mark.parametrize(
    ("someone", "status"),
    [(SECOND_VOLUNTEER, 404), (OTHER_VOLUNTEER, 404), (CASEWORKER, 403)],
    ids=lambda value: value.name if isinstance(value, Someone) else None,
)
def test_nobody_else_sees_them(referral: Referral, visit: Visit, someone: Someone, status: int, end: str) -> None:
    assert visit(someone).get(f"/referrals/{referral.reference}/{end}").status_code == status


@pytest.mark.parametrize("reference", ["R-0000-000", "nonsense", "R-7K3F-92X", "%00"])
def test_a_wrong_reference_leads_nowhere(visit: Visit, reference: str) -> None:
    for end in ("sent", "card"):
        assert visit(VOLUNTEER).get(f"/referrals/{reference}/{end}").status_code == 404
