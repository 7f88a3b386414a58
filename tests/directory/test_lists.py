"""The closed lists: every file is whole, every label plain, and a retired code keeps its meaning."""

import re
from datetime import UTC, datetime

import pytest

from referrals.directory import lists
from referrals.directory.lists.catalogue import read_folder
from referrals.foundation.clock import clock_at

DOMAIN_CODES = {
    "decline_reasons": """not_constituent outside_mp_remit not_yet_tried_provider needs_specialist_advice already_open
        another_adviser_acting conflict_of_interest insufficient_information no_valid_authority no_capacity
        immediate_danger_signposted other""",
    "withdrawal_reasons": """resolved_another_way changed_mind consent_withdrawn cannot_contact moved_away died
        sent_by_mistake other""",
    "resolutions": "resolved_in_full resolved_in_part not_resolved information_only ended_early",
    "contributions": "decisive contributed unclear",
    "money_kinds": "recurring one_off debt_written_off debt_rescheduled compensation",
    "money_bases": "confirmed estimated predicted",
    "urgencies": "routine soon urgent",
    "categories": "housing health welfare other",
    "waiting_on": "office referrer resident agency",
}

OUTCOMES = {
    "housing": """stayed_in_home alternative_accommodation_secured temporary_accommodation rehoused banding_corrected
        repairs_or_damp_fixed adaptations landlord_or_asb_action rent_or_service_charge_corrected""",
    "health": """treatment_obtained_or_earlier gp_or_dentist_registration assessment_appointment_obtained care_package
        equipment_or_medication mental_health_support funding_decision_changed discharge_or_access_fixed""",
    "welfare": """new_award award_increased reinstated_or_sanction_lifted changed_at_mandatory_reconsideration
        changed_at_appeal delayed_payment_released arrears_paid overpayment_reduced discretionary_help""",
    "any": """explanation_obtained apology_or_complaint_upheld compensation debt_written_off affordable_repayment
        specialist_adviser ombudsman_or_tribunal wider_issue_raised_by_mp""",
}


@pytest.mark.parametrize("list_code", DOMAIN_CODES)
def test_the_codes_that_were_agreed_are_there_in_their_order(list_code: str) -> None:
    assert [item.code for item in lists.items(list_code)] == DOMAIN_CODES[list_code].split()


@pytest.mark.parametrize("parent", OUTCOMES)
def test_outcomes_stand_under_their_categories(parent: str) -> None:
    under = [item.code for item in lists.items("outcomes") if item.parent == parent]
    assert under == OUTCOMES[parent].split()


def test_an_outcome_for_any_category_can_be_chosen_for_each() -> None:
    welfare = lists.codes("outcomes", parent="welfare")
    assert {"new_award", "compensation"} <= welfare
    assert "rehoused" not in welfare


@pytest.mark.parametrize("list_code", lists.list_codes())
def test_labels_and_hints_are_plain_sentence_case(list_code: str) -> None:
    assert not lists.title(list_code).endswith(".")
    entries = lists.items(list_code)
    assert entries
    for entry in entries:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,59}", entry.code), entry
        for words in filter(None, (entry.label, entry.hint)):
            assert re.fullmatch(r"[A-Z][^!']*[^.!' ]", words), entry
        assert len(entry.label) <= 200, entry
    labels = [(entry.parent, entry.label) for entry in entries]
    assert len(set(labels)) == len(labels)


def test_bodies_name_only_categories_that_there_are() -> None:
    named = {category for body in lists.items("agencies") for category in body.categories}
    assert named <= lists.codes("categories")


def test_an_unknown_code_or_list_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="categories has no 'weather'"):
        lists.label("categories", "weather")
    with pytest.raises(LookupError, match="no list colours"):
        lists.choices("colours")


def write(folder, name: str, content: str) -> None:
    (folder / f"{name}.toml").write_text(content, encoding="utf-8")


def test_a_retired_code_keeps_its_label_but_is_no_longer_offered(tmp_path) -> None:
    write(tmp_path, "shops", 'title = "Shops"\nitems = [{ code = "inn", label = "Inn", retired = 2027-04-01 }]')
    entry = read_folder(tmp_path)["shops"].items["inn"]
    with clock_at(datetime(2027, 3, 31, 22, tzinfo=UTC)):  # 23:00 in London, still March
        assert entry.is_current(lists.catalogue.today())
    with clock_at(datetime(2027, 3, 31, 23, 30, tzinfo=UTC)):  # half past midnight in London
        assert not entry.is_current(lists.catalogue.today())


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('items = [{ code = "a", label = "A" }, { code = "a", label = "B" }]', "shops.toml: a is there twice"),
        ('items = [{ code = "a" }]', "needs a code and a label"),
        ('items = [{ code = "a", label = "A", colour = "red" }]', "colour"),
        ('parents = "towns"\nitems = [{ code = "a", label = "A", parent = "x" }]', "there is no list towns"),
        ('parents = "kinds"\nitems = [{ code = "a", label = "A", parent = "x" }]', "a has the parent 'x'"),
        ('items = [{ code = "a", label = "A", parent = "x" }]', "a has the parent 'x'"),
        ("items = [", "shops.toml: "),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path, content: str, complaint: str) -> None:
    write(tmp_path, "kinds", 'title = "Kinds"\nitems = [{ code = "k", label = "K" }]')
    write(tmp_path, "shops", 'title = "Shops"\n' + content)
    with pytest.raises(lists.ListFault, match=complaint):
        read_folder(tmp_path)
