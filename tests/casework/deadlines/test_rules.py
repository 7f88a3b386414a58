"""Each rule by an example counted by hand with a calendar, and the two files it comes from."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from referrals.casework import deadlines
from referrals.casework.deadlines import Kind, RuleFault, Stop, counted
from referrals.casework.deadlines.catalogue import read
from referrals.directory import lists

# Bank holidays that matter here: 25 December 2026 (a Friday), 28 December 2026 (in place of the 26th), 1 January 2027,
# 26 and 29 March 2027 (Easter), 3 May 2027.
BY_HAND: dict[str, tuple[date, date]] = {
    # Tuesday 31 March: April has 30 days.
    "mr_request": (date(2026, 3, 31), date(2026, 4, 30)),
    # Thirteen months after 31 January 2027 is the end of a leap February.
    "mr_late": (date(2027, 1, 31), date(2028, 2, 29)),
    # A Saturday, and it stays there.
    "sscs_appeal": (date(2026, 11, 12), date(2026, 12, 12)),
    # Friday; 15 working days over Christmas and New Year: 14-18, 21-24, 29-31 December, 4-6 January.
    "dwp_complaint_answer": (date(2026, 12, 11), date(2027, 1, 6)),
    "ice_referral": (date(2026, 8, 31), date(2027, 2, 28)),
    "hb_dispute": (date(2028, 1, 30), date(2028, 2, 29)),
    "ctr_answer": (date(2026, 12, 31), date(2027, 2, 28)),
    "crisis_payment": (date(2026, 11, 27), date(2026, 11, 29)),
    "awaab_emergency": (date(2026, 12, 24), date(2026, 12, 25)),
    # Monday; ten working days end on the Monday two weeks later.
    "awaab_investigate": (date(2026, 11, 23), date(2026, 12, 7)),
    # Thursday before Christmas: 29, 30, 31 December.
    "awaab_summary": (date(2026, 12, 24), date(2026, 12, 31)),
    # Friday over Easter: 22-25 March is the week, Good Friday and Easter Monday are out, so the 30th.
    "awaab_make_safe": (date(2027, 3, 19), date(2027, 3, 30)),
    # 84 days after 23 November.
    "awaab_preventive": (date(2026, 11, 23), date(2027, 2, 15)),
    "landlord_stage1_ack": (date(2026, 11, 20), date(2026, 11, 27)),
    "landlord_stage1": (date(2026, 12, 18), date(2027, 1, 6)),
    "landlord_stage2_ack": (date(2026, 11, 21), date(2026, 11, 27)),
    # 20 working days: 24-27 November, then 30 November to 18 December, then the 21st.
    "landlord_stage2": (date(2026, 11, 23), date(2026, 12, 21)),
    "housing_ombudsman": (date(2028, 2, 29), date(2029, 2, 28)),
    # Day 1 is 2 November, so day 21 is the 22nd, a Sunday.
    "homeless_review": (date(2026, 11, 2), date(2026, 11, 22)),
    "homeless_review_answer": (date(2026, 11, 2), date(2026, 12, 28)),
    # The first day is left out: one day later than the review.
    "homeless_appeal": (date(2026, 11, 2), date(2026, 11, 23)),
    # Day 1 is 1 November; November has 30 days, so day 56 is 26 December.
    "homeless_relief": (date(2026, 11, 1), date(2026, 12, 26)),
    "homeless_threat": (date(2027, 1, 18), date(2027, 1, 18)),
    "council_complaint_time": (date(2026, 1, 1), date(2026, 3, 26)),
    "council_ombudsman": (date(2026, 2, 28), date(2027, 2, 28)),
    "parliamentary_ombudsman": (date(2026, 11, 23), date(2027, 11, 23)),
    "nhs_complaint_limit": (date(2025, 12, 31), date(2026, 12, 31)),
    # Thursday; Friday, Monday, Tuesday.
    "nhs_ack": (date(2026, 11, 26), date(2026, 12, 1)),
    # Received on Monday 30 November (day 0): 1-4, 7-11, 14-18, 21-24 December are 18, then 29 and 30.
    "department_reply": (date(2026, 11, 30), date(2026, 12, 30)),
    # The Saturday is day 0, the Monday day 1.
    "home_office_reply": (date(2026, 11, 21), date(2026, 12, 18)),
    # Thursday before the May bank holiday: 30 April, 4-7 and 10-14 May.
    "council_reply": (date(2027, 4, 29), date(2027, 5, 14)),
    # 28 November is a Saturday: the Monday.
    "data_request_answer": (date(2026, 10, 28), date(2026, 11, 30)),
    # 30 days after 25 November is Christmas Day: the Tuesday after the holidays.
    "data_complaint_ack": (date(2026, 11, 25), date(2026, 12, 29)),
    "data_breach_report": (date(2026, 11, 27), date(2026, 11, 30)),
    "data_notice": (date(2026, 10, 31), date(2026, 11, 30)),
    "appointment": (date(2026, 11, 29), date(2026, 11, 29)),
}
HOURS = {"crisis_payment": 48, "awaab_emergency": 24, "data_breach_report": 72}


def test_every_rule_has_its_example() -> None:
    assert {rule.code for rule in deadlines.rules()} == {*BY_HAND, "uc_consent_lapses"}
    # The 36 of the domain, and what is in the diary.
    assert len(deadlines.rules()) == 37


@pytest.mark.parametrize("code", BY_HAND)
def test_it_ends_on_the_day_that_a_calendar_says(code: str) -> None:
    start, end = BY_HAND[code]
    assert counted(deadlines.rule(code), start).day == end


@pytest.mark.parametrize("code", HOURS)
def test_hours_end_at_the_same_minute(code: str) -> None:
    known = datetime(2026, 11, 25, 16, 20, tzinfo=UTC)
    end = counted(deadlines.rule(code), known.date(), known).moment
    assert end == datetime(2026, 11, 25 + HOURS[code] // 24, 16, 20, tzinfo=UTC)


def test_help_to_keep_a_home_opens_56_days_before() -> None:
    assert counted(deadlines.rule("homeless_threat"), date(2027, 1, 18)).opens_on == date(2026, 11, 23)


def test_a_consent_lapses_when_somebody_looks_it_up() -> None:
    assert counted(deadlines.rule("uc_consent_lapses"), date(2026, 11, 2)).day is None


def test_a_request_for_data_waits_for_its_answer() -> None:
    rule, day = deadlines.rule("data_request_answer"), date(2026, 9, 7)
    # Without a stop, Wednesday 7 October. Asked on 14 September, answered on the 21st: seven days more.
    assert counted(rule, day).day == date(2026, 10, 7)
    answered = Stop(date(2026, 9, 14), date(2026, 9, 21))
    assert counted(rule, day, stops=[answered]).day == date(2026, 10, 14)


def test_rules_are_in_force_from_a_day_on() -> None:
    assert deadlines.rules_of("hazard_known", date(2025, 10, 26)) == []
    assert [rule.code for rule in deadlines.rules_of("hazard_known", date(2025, 10, 27))] == ["awaab_investigate"]
    assert deadlines.rules_of("crisis_application", date(2029, 4, 1)) == []


def test_the_limits_are_those_on_the_resident() -> None:
    limits = {rule.code for rule in deadlines.rules() if rule.kind is Kind.LIMIT}
    assert limits == {
        "mr_request", "mr_late", "sscs_appeal", "ice_referral", "hb_dispute", "housing_ombudsman", "homeless_review",
        "homeless_appeal", "council_ombudsman", "parliamentary_ombudsman", "nhs_complaint_limit",
    }  # fmt: skip


def test_what_is_suggested_fits_the_issue() -> None:
    codes = [one.code for one in deadlines.suggested("welfare", "disability_benefit", [])]
    assert codes == ["benefit_decision", "reconsideration_notice", "appointment"]
    assert "benefit_decision" not in [one.code for one in deadlines.suggested("welfare", None, ["benefit_decision"])]
    for item in lists.items("issue_types"):
        found = deadlines.suggested(item.parent, item.code, [])
        assert 1 <= len(found) <= 5, item.code
        assert all(one.is_for(item.parent) for one in found), item.code


def test_what_is_offered_is_for_the_category() -> None:
    assert all("homeless" not in one.code for one in deadlines.triggers_for("health"))
    assert len(deadlines.triggers_for(None)) == len(deadlines.triggers())


DATES = """
[[dates]]
code = "letter"
about = "letters"
label = "Letter"
question = "When?"
hint = ""
categories = ["any"]
"""
RULE = """
[[rules]]
code = "answer"
categories = ["any"]
name = "Answer"
kind = "reply"
trigger = "letter"
period = 5
unit = "working_days"
counting = "working_days_after"
missed = "Ask."
basis = "A law"
source = "A page"
checked = "2026-11"
verified = "verified"
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('trigger = "letter"', 'trigger = "call"', "names dates that there are not"),
        ('counting = "working_days_after"', 'counting = "excludes"', "cannot be counted"),
        ("period = 5", "period = 0", "cannot be counted"),
        ('kind = "reply"', 'kind = "hope"', "hope"),
        ('checked = "2026-11"', 'checked = "lately"', "lately"),
        ('verified = "verified"', 'verified = "perhaps"', "perhaps"),
        ('missed = "Ask."', 'missed = ""', "needs a name"),
        ('verified = "verified"', 'verified = "verified"\nstops = "letter"', "both stop and resume"),
        ('verified = "verified"', 'verified = "verified"\nmet_by = "call"', "names dates that there are not"),
        ('verified = "verified"', 'verified = "verified"\nmood = "good"', "mood"),
        ('categories = ["any"]', 'categories = ["gardens"]', "categories"),
        ('unit = "working_days"', 'unit = "hours"', "cannot be counted"),
        ('code = "answer"\n', "", "a code of its own"),
        ("[[rules]]", "[[rules", "rules.toml"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    dates, rules = tmp_path / "dates.toml", tmp_path / "rules.toml"
    dates.write_text(DATES)
    rules.write_text(RULE)
    assert list(read(dates, rules).rules) == ["answer"]
    rules.write_text(RULE.replace(old, new))
    with pytest.raises(RuleFault, match=says):
        read(dates, rules)


def test_a_date_from_which_nothing_follows_is_refused(tmp_path: Path) -> None:
    dates, rules = tmp_path / "dates.toml", tmp_path / "rules.toml"
    dates.write_text(DATES + DATES.replace('"letter"', '"call"'))
    rules.write_text(RULE)
    with pytest.raises(RuleFault, match="call"):
        read(dates, rules)
