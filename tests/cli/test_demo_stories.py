"""The living referrals of the demonstration: every state, the reference case in full, and nothing readable at rest."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from flask import Flask
from sqlalchemy import select, text

from referrals.audit.verify import verify_books
from referrals.casework.models import Consent, LaterAnswer, Milestone, Move, Outcome, Referral, Transfer
from referrals.casework.workflow import STATES
from referrals.cli.demo.earlier import summaries
from referrals.cli.demo.stories import stories
from referrals.directory.models import Agency, Organisation
from referrals.foundation.clock import local_day, now
from referrals.foundation.database import Base, db
from referrals.publishing.models import ImpactReport

REFERENCE = "Over nine months without a disability benefit payment after an amputation"


def referrals() -> list[Referral]:
    """Those of the stories; what was finished before they begin is told in other words."""
    return [referral for referral in db.session.scalars(select(Referral)) if referral.summary not in summaries()]


def what_was_finished_besides_is_finished_and_reaches_into_this_month() -> None:
    found = [referral for referral in db.session.scalars(select(Referral)) if referral.summary in summaries()]
    assert len(found) > 1000
    assert {referral.state for referral in found} == {"closed"}
    assert all(referral.updated_at < now() - timedelta(days=13) for referral in found)
    # No week since is without one, so that the newest month that is over has as many as any.
    newest = max(referral.ended_at for referral in found if referral.ended_at)
    assert now() - timedelta(days=21) < newest < now() - timedelta(days=13)
    lately = [one for one in found if one.ended_at and one.ended_at > newest - timedelta(days=30)]
    before = [one for one in found if one.ended_at and newest - timedelta(days=210) < one.ended_at]
    assert len(lately) > len(before) / 7 * 0.8
    asked = db.session.scalars(select(LaterAnswer).where(LaterAnswer.referral_id.in_([one.id for one in found])))
    assert {(one.standing == "waiting", one.ended_at and one.ended_at < now()) for one in asked} == {(False, True)}
    reports = db.session.scalars(select(ImpactReport).where(ImpactReport.state == "issued")).all()
    for report in reports:
        shown = [row["cells"][0] for row in report.figures["tables"]["referrals"]["rows"]]
        assert len([cell for cell in shown if cell != "Not shown"]) > 1
        assert report.figures["tables"]["money"]["rows"]
        assert report.figures["tables"]["outcomes"]["rows"]


def by_summary(summary: str) -> Referral:
    return next(referral for referral in referrals() if referral.summary == summary)


def every_story_is_a_referral_and_every_state_is_there() -> None:
    found = referrals()
    assert len(found) == len(stories()) >= 40
    assert {referral.state for referral in found} == set(STATES)
    groups = Counter(referral.group_id for referral in found)
    assert len(groups) == 6
    assert {referral.category for referral in found} == {"housing", "health", "welfare", "other"}


def the_stories_lie_within_the_last_ten_months_and_none_in_the_future() -> None:
    today = local_day(now())
    for referral in referrals():
        assert today - timedelta(days=305) <= local_day(referral.created_at) <= today
        assert referral.created_at <= referral.updated_at <= now()
    assert all(move.at <= now() for move in db.session.scalars(select(Move)))


def every_open_referral_with_an_office_has_a_day_for_what_comes_next() -> None:
    for referral in referrals():
        if STATES[referral.state].is_open and referral.state != "draft":
            assert referral.due_on is not None


def each_referral_went_where_its_postcode_leads() -> None:
    white_city = by_summary(REFERENCE)
    wormholt = by_summary("Notice to leave after a rent account was mixed up with a neighbour's")
    assert white_city.group_id == wormholt.group_id
    assert white_city.office_id != wormholt.office_id
    names = {row.id: row.name for row in db.session.scalars(select(Organisation))}
    assert names[white_city.office_id] == "Office of Rowan Ashdown MP"
    assert names[wormholt.office_id] == "Office of Priya Calder MP"


def the_reference_case_is_told_in_full() -> None:
    referral = by_summary(REFERENCE)
    assert referral.state == "closed"
    assert referral.resident is not None
    assert referral.resident.name == "Terence Adeyemi-Walsh"
    assert referral.waiting_since is not None
    assert referral.accepted_at is not None
    # Nine months before it was sent, and about three until the result.
    assert 270 < (local_day(referral.created_at) - referral.waiting_since).days < 300
    milestones = db.session.scalars(
        select(Milestone)
        .where(Milestone.referral_id == referral.id, Milestone.source.is_(None))
        .order_by(Milestone.happened_on)
    ).all()
    assert [milestone.code for milestone in milestones] == [
        "appointment_offered",
        "medical_assessment",
        "welfare_assessment",
        "benefit_awarded",
    ]
    outcome = db.session.scalars(select(Outcome).where(Outcome.referral_id == referral.id)).one()
    assert [row.code for row in outcome.codes] == ["new_award", "arrears_paid", "discretionary_help"]
    assert [(row.kind, row.amount, row.annual_amount) for row in outcome.money] == [
        ("recurring", Decimal("749.80"), Decimal("9747.40")),
        ("one_off", Decimal("2340.00"), None),
    ]
    assert (outcome.resolution, outcome.contribution, outcome.standing) == ("resolved_in_full", "decisive", "confirmed")
    assert all(isinstance(row.happened_on, date) for row in outcome.money)


def a_referral_without_the_residents_words_was_approved_by_the_lead() -> None:
    grounds = db.session.scalars(select(Consent).where(Consent.ground == "cannot_be_given")).all()
    assert [consent.approved_at is not None for consent in grounds] == [True]


def the_books_verify_and_bodies_are_named() -> None:
    reports = verify_books(db.session())
    assert sum(report.entries for report in reports) > 500
    assert [report.fault for report in reports if report.fault] == []
    named = {referral.agency_id for referral in referrals() if referral.agency_id}
    assert named <= set(db.session.scalars(select(Agency.id)))
    assert len(named) > 10


def referrals_go_from_one_office_to_another() -> None:
    found = {transfer.referral.summary or "": transfer for transfer in db.session.scalars(select(Transfer))}
    assert Counter(transfer.standing for transfer in found.values()) == {"offered": 2, "accepted": 1}
    handed_on = next(one for summary, one in found.items() if summary.startswith("A claim that two offices"))
    assert by_summary("A claim that two offices of one department each sent to the other").state == "in_progress"
    assert handed_on.standing == "accepted"
    assert handed_on.referral.office_id == handed_on.to_office_id


def a_raw_dump_shows_no_resident() -> None:
    dump = raw_dump()
    for story in stories():
        for secret in (story.get("name"), story.get("phone"), story["story"][:40], story["summary"]):
            if secret:
                assert secret.encode() not in dump, f"{story['key']}: {secret}"
    assert b"new_award" in dump


def raw_dump() -> bytes:
    """Everything in every table, as bytes a thief would read."""
    parts: list[bytes] = []
    for table in Base.metadata.sorted_tables:
        if table.name in {"postcodes", "list_items"}:
            continue
        for row in db.session.execute(text(f"SELECT * FROM {table.name}")):
            parts += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(parts)


# Each of these only looks: so one copy is made for all of them.
LOOKS = (
    every_story_is_a_referral_and_every_state_is_there,
    what_was_finished_besides_is_finished_and_reaches_into_this_month,
    the_stories_lie_within_the_last_ten_months_and_none_in_the_future,
    every_open_referral_with_an_office_has_a_day_for_what_comes_next,
    each_referral_went_where_its_postcode_leads,
    the_reference_case_is_told_in_full,
    a_referral_without_the_residents_words_was_approved_by_the_lead,
    the_books_verify_and_bodies_are_named,
    referrals_go_from_one_office_to_another,
    a_raw_dump_shows_no_resident,
)


def test_the_demonstration_is_as_told(demonstrated: Flask) -> None:
    for look in LOOKS:
        look()
