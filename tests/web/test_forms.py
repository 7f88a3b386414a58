"""The form adapter: whatever is posted gets a clear answer, keeps what was typed, and never a fault."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from referrals.foundation.clock import clock_at
from referrals.web import forms as f
from tests import markup
from tests.web import sample

GOOD = {
    "name": "  Alex  Example ",
    "story": "First line\r\nSecond line ",
    "channel": "yes",
    "needs": ["large", "bsl"],
    "topic": "housing",
    "since-day": "27",
    "since-month": "3",
    "since-year": "2026",
    "amount": "£1,234.50",
    "email": "alex@example.org",
    "phone": "+44 (0)20 7946 0018",
    "postcode": "ne26 1aa",
    "agreed": "y",
}


@pytest.fixture
def app() -> Iterator[Flask]:
    with clock_at(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        app = sample.make_app(WTF_CSRF_ENABLED=False)
        yield app


def filled(app: Flask, **changes: Any) -> sample.SampleForm:
    """The sample form as posted with good answers but for the changes; a change to None leaves the field out."""
    data = {name: value for name, value in (GOOD | changes).items() if value is not None}
    with app.test_request_context("/form", method="POST", data=MultiDict(data)):
        form = sample.SampleForm()
        form.validate()
        return form


def faults(html: str) -> list[str]:
    """What is wrong with a page, but for the tokens that these tests switch off."""
    return [one for one in markup.faults(html) if "without token" not in one]


def message(app: Flask, field: str, **changes: Any) -> str:
    """The message beside one field; an empty string when there is none."""
    errors = filled(app, **changes)[field].errors
    return str(errors[0]) if errors else ""


def test_good_answers_come_back_typed_and_tidy(app: Flask) -> None:
    form = filled(app)
    assert form.errors == {}
    assert form.name.data == "Alex  Example"
    assert form.story.data == "First line\nSecond line"
    assert form.needs.data == ["bsl", "large"]
    assert form.since.data == date(2026, 3, 27)
    assert form.amount.data == Decimal("1234.50")
    assert form.postcode.data == "NE26 1AA"
    assert form.agreed.data is True
    assert form.version.data is None


def test_nothing_at_all_asks_for_each_required_answer_in_the_order_of_the_page(app: Flask) -> None:
    with app.test_request_context("/form", method="POST"):
        form = sample.SampleForm()
        form.validate()
        assert [one["text"] for one in form.error_list()] == [
            "Enter the person's name",
            "Enter what has happened",
            "Select whether it is safe to call",
            "Select what it is about",
            "Enter the date it started",
            "Enter a postcode",
            "Confirm that they have agreed",
        ]


@pytest.mark.parametrize("text", ["   ", "\t\n", "\u200b", "\ufeff \u200b"])
def test_space_alone_is_no_answer(app: Flask, text: str) -> None:
    assert message(app, "name", name=text) == "Enter the person's name"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u202e"])
def test_characters_that_cannot_be_seen_are_refused_and_the_rest_is_kept(app: Flask, character: str) -> None:
    form = filled(app, name=f"Al{character}ex", story=f"One{character}two")
    assert form.name.errors == ["The person's name must not include characters that cannot be seen. Type it again"]
    assert form.name.data == "Alex"
    assert form.story.errors[0].startswith("What has happened must not include")


def test_length_counts_characters_not_bytes_or_line_ends(app: Flask) -> None:
    assert message(app, "name", name="é" * 100) == ""
    assert message(app, "name", name="x" * 101) == "The person's name must be 100 characters or fewer"
    assert message(app, "story", story="\r\n".join("x" * 250)[:749]) == ""
    assert message(app, "story", story="x" * 501) == "What has happened must be 500 characters or fewer"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("27", "3", "2026"), ""),
        (("27", "mar", "2026"), ""),
        (("27", "March", "2026"), ""),
        (("29", "2", "2024"), ""),
        (("20", "11", "2026"), ""),
        (("21", "11", "2026"), "The date it started must be today or in the past"),
        (("29", "2", "2025"), "The date it started must be a real date, like 27 3 2026"),
        (("0", "3", "2026"), "The date it started must be a real date, like 27 3 2026"),
        (("²", "3", "2026"), "The date it started must be a real date, like 27 3 2026"),
        (("x" * 5000, "3", "2026"), "The date it started must be a real date, like 27 3 2026"),
        (("27", "13", "2026"), "The date it started must be a real date, like 27 3 2026"),
        (("27", "\0", "2026"), "The date it started must include a month"),
        (("27", None, "2026"), "The date it started must include a month"),
        ((None, None, "2026"), "The date it started must include a day and month"),
        (("27", "3", "26"), "The date it started must have a year with 4 numbers, like 2026"),
        (("27", "3", "0001"), "The date it started must be between 1900 and 2199"),
        ((None, None, None), "Enter the date it started"),
    ],
)
def test_dates(app: Flask, parts: tuple[str | None, ...], expected: str) -> None:
    day, month, year = parts
    assert message(app, "since", **{"since-day": day, "since-month": month, "since-year": year}) == expected


def test_a_date_marks_only_the_part_that_is_wrong_and_focuses_it(app: Flask) -> None:
    form = filled(app, **{"since-month": ""})
    assert form.error_list() == [{"text": "The date it started must include a month", "href": "#since-month"}]


def test_a_date_posted_once_too_often_or_under_the_field_s_own_name_is_no_fault(app: Flask) -> None:
    assert filled(app, **{"since-day": ["27", "28"], "since": ["1", "2", "3", "4"]}).since.data == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.5", "1234.50"),
        ("£ 12", "12.00"),
        ("1,234,567.89", None),
        ("0.01", "0.01"),
        ("1 000", "1000.00"),
        ("", None),
    ],
)
def test_money_is_read_as_people_write_it(app: Flask, typed: str, amount: str | None) -> None:
    form = filled(app, amount=typed)
    assert bool(form.amount.errors) is (typed == "1,234,567.89")
    if amount:
        assert form.amount.data == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["abc", "1.234", "1,23", "-5", "1e5", "NaN", "Infinity", "٣", "9" * 400, "\0", "1.2.3"]
)
def test_money_refuses_what_is_not_an_amount_and_shows_it_again(app: Flask, typed: str) -> None:
    form = filled(app, amount=typed)
    if typed != "\0":
        assert form.amount.errors
    assert form.amount.data is None or isinstance(form.amount.data, Decimal)


def test_money_has_bounds(app: Flask) -> None:
    assert message(app, "amount", amount="0") == "The amount owed must be between £0.01 and £1,000,000"


@pytest.mark.parametrize(
    "address", ["a", "a@", "@b.org", "a b@c.org", "a@b", "a@b..org", "a@-b.org", "a@b.org\nBcc: x@y.org"]
)
def test_email_addresses_that_no_server_would_take(app: Flask, address: str) -> None:
    assert "like name@example.com" in message(app, "email", email=address)


@pytest.mark.parametrize("number", ["020 7946 0018", "07700 900 982", "+44 808 157 0192", "(01632) 960-001 ext 12"])
def test_telephone_numbers_as_people_write_them(app: Flask, number: str) -> None:
    assert message(app, "phone", phone=number) == ""


@pytest.mark.parametrize("number", ["123", "call me", "+44", "0" * 30, "²²²²²²²²²²"])
def test_telephone_numbers_that_nobody_can_call(app: Flask, number: str) -> None:
    assert message(app, "phone", phone=number).startswith("Enter a telephone number, like")


@pytest.mark.parametrize("postcode", ["NE26", "NE26 1A", "1AA NE26", "ＮＥ26 1AA", "NE261AA1"])
def test_postcodes_must_be_whole(app: Flask, postcode: str) -> None:
    assert message(app, "postcode", postcode=postcode) == "Enter a full UK postcode, like OX49 5NU"


def test_only_what_was_offered_can_be_chosen(app: Flask) -> None:
    assert message(app, "channel", channel="maybe") == "Select whether it is safe to call from the list"
    assert message(app, "topic", topic="x") == "Select what it is about from the list"
    assert message(app, "needs", needs=["bsl", "x"]) == "Select what would help from the list"


def test_a_list_where_one_value_belongs_takes_the_first(app: Flask) -> None:
    form = filled(app, name=["One", "Two"], channel=["yes", "no"], needs=["bsl", "bsl"], agreed=["y", "y"])
    assert form.errors == {}
    assert (form.name.data, form.channel.data, form.needs.data) == ("One", "yes", ["bsl"])


def test_a_revealed_field_is_asked_only_when_its_option_is_chosen(app: Flask) -> None:
    assert message(app, "times", channel="yes") == ""
    assert message(app, "times", channel="other") == "Enter when it is safe to call"
    hidden = filled(app, channel="no", times="x" * 900)
    assert hidden.errors == {}
    assert hidden.times.data == ""


def test_a_file_in_the_place_of_words_counts_as_nothing_sent(app: Flask) -> None:
    data = {"name": (BytesIO(b"\xff\x00"), "evil.exe"), "since-day": (BytesIO(b"3"), "day"), "postcode": "NE26 1AA"}
    answer = app.test_client().post("/form", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Enter the person&#39;s name" in answer.text


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize(
    "body", [b"", b"[1, 2]", b'{"name": {"a": []}}', b"\xff\xfe\0", b"--x\r\n", b"&&&=%zz&%00=%00"]
)
def test_odd_bodies_get_the_form_back(app: Flask, kind: str, body: bytes) -> None:
    answer = app.test_client().post("/form", data=body, content_type=kind)
    assert answer.status_code == 422
    assert faults(answer.text) == []


WORDS = st.text(max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.dictionaries(
        st.sampled_from([*GOOD, "form_key", "version", "times", "password"]), st.lists(WORDS, max_size=4)
    )
)
def test_whatever_is_typed_gets_an_answer_that_can_be_read(app: Flask, data: dict[str, list[str]]) -> None:
    sent = MultiDict((name, value.encode("utf-8", "replace").decode()) for name in data for value in data[name])
    answer = app.test_client().post("/form", data=sent)
    assert answer.status_code in {422, 303}
    if answer.status_code == 422:
        assert faults(answer.text) == []


def test_what_was_typed_is_kept_but_never_a_password(app: Flask) -> None:
    wrong = GOOD | {"postcode": "nowhere", "password": "correct horse", "amount": "lots", "since-day": "40"}
    answer = app.test_client().post("/form", data=MultiDict(wrong))
    assert faults(answer.text) == []
    page = markup.read(answer.text)
    assert page.one("input", id="amount").get("value") == "lots"
    assert page.one("input", id="since-day").get("value") == "40"
    assert page.one("input", id="channel").get("checked") is not None
    assert markup.text_of(page.one("textarea")) == "First line Second line"
    assert not page.one("input", id="password").get("value")


def test_a_stored_answer_fills_the_form(app: Flask) -> None:
    stored = {"name": "Alex", "since": date(2026, 3, 27), "amount": Decimal(1200), "needs": ["bsl"], "version": 7}
    with app.test_request_context("/form"):
        form = sample.SampleForm(**stored)
        assert 'value="1,200"' in form.amount()
        assert 'value="27"' in form.since()
        assert '<input name="version" type="hidden" value="7">' in form.hidden_fields()


def test_an_emptied_answer_is_empty_not_what_was_stored(app: Flask) -> None:
    with app.test_request_context("/form", method="POST", data={"name": ""}):
        form = sample.SampleForm(name="Alex", needs=["bsl"], since=date(2026, 1, 1), channel="yes")
        assert (form.name.data, form.needs.data, form.since.data, form.channel.data) == ("", [], None, None)


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, "sp ace" * 5, "\0" * 20])
def test_a_form_key_that_is_none_is_replaced(app: Flask, sent: str) -> None:
    form = filled(app, form_key=sent)
    assert form.form_key.data != sent
    assert len(form.form_key.data) >= 16


def test_a_form_key_is_kept_while_the_same_form_is_mended(app: Flask) -> None:
    key = "abcdefghijklmnop_-123"
    answer = app.test_client().post("/form", data={"form_key": key})
    assert markup.read(answer.text).one("input", name="form_key").get("value") == key


@pytest.mark.parametrize(
    ("sent", "version"), [("3", 3), ("", None), ("x", None), ("-1", None), ("9" * 40, None), ("٣", None)]
)
def test_a_version_is_a_number_or_nothing(app: Flask, sent: str, version: int | None) -> None:
    assert filled(app, version=sent).version.data == version


def test_what_the_domain_refuses_is_shown_beside_its_field_or_in_the_summary(app: Flask) -> None:
    form = filled(app)
    form.take_errors({"topic": "Nobody deals with this", "unknown": "The office has closed"})
    assert form.error_list() == [
        {"text": "The office has closed"},
        {"text": "Nobody deals with this", "href": "#topic"},
    ]


def test_radios_have_hints_only_where_there_is_something_to_say(app: Flask) -> None:
    page = markup.read(app.test_client().get("/form").text)
    hints = [one for one in page.elements if "govuk-hint" in one.get("class", "").split()]
    assert [markup.text_of(one) for one in hints if not markup.text_of(one)] == []
    assert page.one("input", id="channel-2").get("aria-describedby") == "channel-2-item-hint"


def test_a_question_can_be_the_heading_of_its_page(app: Flask) -> None:
    with app.test_request_context("/form"):
        form = sample.SampleForm()
        assert '<h1 class="govuk-fieldset__heading">' in form.channel(page_heading=True)
        assert '<h1 class="govuk-label-wrapper">' in form.name(page_heading=True)


def test_forms_made_at_run_time_ask_in_the_order_given(app: Flask) -> None:
    asked = f.make_form(
        "Asked", {"reason": f.Radios("Why?", [("a", "A")], thing="a reason"), "note": f.LongText("Note")}
    )
    with app.test_request_context("/form", method="POST"):
        form = asked()
        form.validate()
        assert [one["href"] for one in form.error_list()] == ["#reason", "#note"]


def test_a_page_s_frame_is_fetched_once_and_not_for_each_field(app: Flask) -> None:
    fetched = []

    def frame() -> dict[str, Any]:
        fetched.append(1)
        return {}

    app.context_processor(frame)
    assert app.test_client().get("/form").status_code == 200
    assert len(fetched) == 1
