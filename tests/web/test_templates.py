"""Every part of the look draws well formed, labelled HTML, and fits the width of a phone."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, render_template, render_template_string
from playwright.sync_api import Page, Response
from werkzeug.serving import make_server

from tests import markup
from tests.plugins import axe
from tests.plugins.browser import PHONE, OpenPage
from tests.web import sample

PATHS = ("/", "/form", "/work", "/missing", "/fault", "/stale", "/abort/403", "/abort/429", "/abort/503", "/abort/418")


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample.make_app()


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_well_formed_and_labelled(app: Flask, path: str) -> None:
    page = app.test_client().get(path)
    assert markup.faults(page.text) == []


@pytest.mark.parametrize("name", ["accessibility", "how_it_works", "privacy"])
def test_the_standing_pages_name_who_runs_the_service(app: Flask, name: str) -> None:
    with app.test_request_context():
        html = render_template(f"pages/{name}.html")
    assert markup.faults(html) == []
    assert "Anytown Community Trust" in html


def test_the_standing_pages_make_sense_without_settings() -> None:
    bare = sample.make_app()
    bare.config.update(SERVICE_OWNER="", SERVICE_CONTACT="")
    with bare.test_request_context():
        html = render_template("pages/privacy.html")
    assert "The organisation that runs this service runs this copy" in " ".join(html.split())


def test_a_page_in_error_says_so_in_its_title_and_links_each_error_to_its_input(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    token = markup.read(client.get("/form").text).all("input", name="csrf_token")[0].get("value")
    page = markup.read(client.post("/form", data={"csrf_token": token, "since-day": "3", "name": "Alex"}).text)
    assert page.faults == []
    assert markup.text_of(page.one("title")) == "Error: The form – Referrals"
    summary = page.one("div", class_="govuk-error-summary")
    links = {link.get("href"): markup.text_of(link) for link in summary.iter("a")}
    assert links["#since-month"] == "The date it started must include a month and year"
    assert links["#channel"] == "Select whether it is safe to call"
    assert links["#story"] == "Enter what has happened"
    assert page.one("input", id="name").get("value") == "Alex"
    assert page.one("input", id="since-day").get("value") == "3"


def test_the_skeleton_loads_nothing_but_our_own_files(app: Flask) -> None:
    page = markup.read(app.test_client().get("/work").text)
    loaded = [one.get("src") for one in page.all("script")] + [one.get("href") for one in page.all("link")]
    assert all(address.startswith("/assets/") for address in loaded)


def test_the_strip_answers_the_four_questions(app: Flask) -> None:
    strip = markup.text_of(markup.read(app.test_client().get("/work").text).one("section", class_="app-strip"))
    for words in (
        "R-7K3F-92X",
        "Sent. Waiting for the MP's office",
        "Your office",
        "1 day overdue",
        "Accept",
        "Decline",
    ):
        assert words in strip


def test_private_and_shared_are_told_apart_in_words(app: Flask) -> None:
    page = markup.read(app.test_client().get("/work").text)
    assert "Only your office" in markup.text_of(page.one("article", class_="app-entry--private"))
    assert "only your office" in markup.text_of(page.one("section", class_="app-composer--private"))
    shared = markup.text_of(page.one("section", class_="app-composer--shared"))
    assert "Whitley Bay Big Local can both read this" in shared


def test_a_chart_has_a_title_a_description_and_the_same_numbers_as_a_table(app: Flask) -> None:
    page = markup.read(app.test_client().get("/work").text)
    pictures = [one for one in page.elements if one.get("class") == "app-chart__picture"]
    assert len(pictures) == 2
    for picture in pictures:
        assert [child.tag.rpartition("}")[2] for child in picture][:2] == ["title", "desc"]
    table = next(one for one in page.all("table") if "Referrals by category" in markup.text_of(one))
    assert "Housing 42 30 12" in markup.text_of(table)
    assert "31 Too few to show 4" in markup.text_of(table)


def test_what_people_typed_is_never_markup(app: Flask) -> None:
    bad = "<img src=x onerror=alert(1)>"
    with app.test_request_context():
        html = render_template_string(
            "{% extends 'base.html' %}{% from 'macros/queue.html' import queue %}"
            "{% from 'macros/timeline.html' import timeline %}{% from 'macros/summary.html' import summary_list %}"
            "{% block content %}<h1>x</h1>{{ queue([row], bad) }}{{ timeline([entry]) }}"
            "{{ summary_list([{'key': bad, 'value': bad}]) }}{% endblock %}",
            bad=bad,
            row=sample.row(0) | {"summary": bad, "turn_text": bad, "assignee": bad, "group": bad},
            entry=sample.entry(sample.work_context()["entries"][0]["moment"], bad, body=bad, details=[(bad, bad)]),
        )
    page = markup.read(html)
    assert page.all("img") == []
    assert html.count("&lt;img src=x") >= 10


def test_a_long_queue_stays_light(app: Flask) -> None:
    rows = [sample.row(number % 4) for number in range(50)]
    with app.test_request_context():
        html = render_template_string(
            "{% extends 'base.html' %}{% from 'macros/queue.html' import queue %}"
            "{% block content %}<h1>Queue</h1>{{ queue(rows, 'Referrals') }}{% endblock %}",
            rows=rows,
        )
    assert len(html.encode()) < 60_000


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def said_by(page: Page) -> list[str]:
    """Everything the browser complains of: refused by the policy, failed to load, broken scripts."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("path", ["/form", "/work", "/missing"])
def test_nothing_runs_off_a_phone_and_the_policy_refuses_nothing(address: str, phone: Page, path: str) -> None:
    said = said_by(phone)
    phone.goto(address + path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert [words for words in said if "404" not in words] == []


@pytest.mark.parametrize("path", ["/form", "/work", "/missing"])
def test_axe_finds_nothing(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    assert [axe.told(one) for one in axe.violations(page)] == []


def test_axe_finds_nothing_on_a_page_in_error(address: str, page: Page) -> None:
    page.goto(f"{address}/form")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    page.get_by_role("link", name="Enter a postcode").click()
    assert page.evaluate("document.activeElement.id") == "postcode"
    assert [axe.told(one) for one in axe.violations(page, axe.BEST_PRACTICE)] == []


def test_the_first_view_is_under_200_kilobytes(address: str, page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  Playwright marks what it is given
    page.goto(f"{address}/work", wait_until="networkidle")
    assert len(answers) >= 5
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) < 120_000
    assert sum(len(answer.body()) for answer in answers if "/assets/" in answer.url) < 190_000


def test_menus_open_without_scripts(address: str, open_page: OpenPage) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{address}/work")
    page.locator(".app-account__summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.locator(".app-more__summary").click()
    assert page.get_by_role("link", name="Decline").is_visible()
