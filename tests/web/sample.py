"""A small application that draws every part of the look, for the tests of the look alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from flask import Flask, abort, flash, redirect, render_template_string
from werkzeug.wrappers import Response

from referrals.foundation.errors import Stale
from referrals.reporting.report import Column, Row, Table
from referrals.web import errors, look, security
from referrals.web import forms as f

ROOT = Path(__file__).parent.parent.parent
PAGE = '{% extends "base.html" %}{% block title %}Sample{% endblock %}{% block content %}<h1>Sample</h1>{% endblock %}'


class SampleForm(f.GovForm):
    """One field of each kind."""

    name = f.Text("Full name", thing="the person's name", longest=100, hint="As they want to be called.")
    story = f.LongText("What has happened?", thing="what has happened", longest=500)
    channel = f.Radios(
        "Is it safe to call?",
        [
            f.Option("yes", "Yes"),
            f.Option("no", "No", hint="We will write instead."),
            f.Option("other", "Only at certain times", reveals="times", divider="or"),
        ],
        thing="whether it is safe to call",
    )
    times = f.Text("When is it safe?", thing="when it is safe to call")
    needs = f.Checkboxes(
        "What would help?",
        [
            f.Option("bsl", "British Sign Language"),
            f.Option("large", "Large print"),
            f.Option("none", "None of these", exclusive=True, divider="or"),
        ],
        required=False,
    )
    topic = f.Select("What is it about?", [("housing", "Housing"), ("health", "Health")], thing="what it is about")
    since = f.Day("When did it start?", thing="the date it started", past=True, hint="For example, 27 3 2026.")
    amount = f.Money("How much is owed?", thing="the amount owed", required=False)
    email = f.Email(required=False)
    phone = f.Telephone(required=False)
    postcode = f.Postcode()
    password = f.Password(required=False)
    agreed = f.Checkbox("They have agreed to this", required="Confirm that they have agreed")


class NoteForm(f.GovForm):
    """A private note."""

    body = f.LongText("Note", id="private-note", required="Write the note first")


class MessageForm(f.GovForm):
    """A shared message."""

    body = f.LongText("Message", id="shared-message", required="Write the message first")


def make_app(**settings: Any) -> Flask:
    """The sample application; settings override its own."""
    app = Flask("referrals", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(SECRET_KEY="only for tests", TESTING=True, ALLOWED_HOSTS=("localhost", "127.0.0.1"))
    app.config.update(SERVICE_OWNER="Anytown Community Trust", SERVICE_CONTACT="help@example.org", **settings)
    security.protect(app)
    look.dress(app)
    errors.handle(app)
    app.add_url_rule("/", "page", page)
    app.add_url_rule("/form", "form", form_page, methods=["GET", "POST"])
    app.add_url_rule("/work", "work", work)
    app.add_url_rule("/moved", "moved", lambda: redirect("/"))
    app.add_url_rule("/unread", "unread", lambda: "done", methods=["POST", "PUT"])
    app.add_url_rule("/fault", "fault", fault)
    app.add_url_rule("/stale", "stale", stale, methods=["GET", "POST"])
    app.add_url_rule("/abort/<int:code>", "aborted", abort)
    return app


def page() -> str:
    return render_template_string(PAGE)


def fault() -> str:
    raise RuntimeError("Mrs Example of 1 Example Street")


def stale() -> str:
    raise Stale


def form_page() -> str | Response:
    form = SampleForm()
    if form.validate_on_submit():
        flash("Saved.", "success")
        return redirect("/form", 303)
    return render_template_string(FORM_PAGE, form=form, back_link="/")


FORM_PAGE = """{% extends "base.html" %}{% from "macros/form.html" import error_summary, post_form %}
{% block title %}The form{% endblock %}
{% block content %}{{ error_summary(form) }}<h1 class="govuk-heading-l">The form</h1>
{% call post_form(form, submit="Continue", secondary={"text": "Save and come back later", "href": "/"}) %}
{{ form.name() }}{{ form.story() }}{{ form.channel() }}{{ form.needs() }}{{ form.topic() }}
{{ form.since() }}{{ form.amount() }}
{{ form.email() }}{{ form.phone() }}{{ form.postcode() }}{{ form.password() }}{{ form.agreed() }}
{% endcall %}{% endblock %}"""


def work() -> str:
    return render_template_string(WORK_PAGE, **work_context(), wide=True)


WORK_PAGE = """{% extends "base.html" %}
{% from "macros/strip.html" import strip %}{% from "macros/queue.html" import queue, queue_tabs %}
{% from "macros/timeline.html" import timeline %}{% from "macros/report.html" import report_table %}
{% from "macros/form.html" import composer_private, composer_shared, action_button %}
{% from "macros/summary.html" import summary_list, summary_card, figures %}
{% from "macros/page.html" import empty_state, confirmation, pagination, banner, print_button %}
{% block title %}Everything{% endblock %}
{% block content %}
{{ strip(strip_data) }}
{{ queue_tabs(tabs) }}{{ queue(rows, "Referrals, the oldest first") }}
{{ pagination(2, 5, page_url) }}
<h2 class="govuk-heading-m">Timeline</h2>{{ timeline(entries) }}
<div class="app-composers">
{{ composer_private(note, "office") }}{{ composer_shared(message, "Whitley Bay Big Local") }}</div>
{{ summary_card("The person", answers, actions=[{"text": "Change", "href": "#"}],
  note="Only people working on this referral can see this.") }}
{{ figures(numbers) }}
{{ report_table(tables[0], "Too few to show") }}{{ report_table(tables[1], "Too few to show") }}
{{ empty_state("Nothing waits for you", "New referrals appear here as soon as a group sends one.",
  {"text": "See the whole team", "href": "#"}) }}
{{ banner("A limit runs out in 3 days.", link={"text": "See the referral", "href": "#"}) }}
{{ action_button("Mark as read", "/unread", fields={"a": "b"}) }}{{ print_button() }}
{% endblock %}"""


def work_context() -> dict[str, Any]:
    """Believable things for every part of the look."""
    when = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
    return {
        "account": {
            "name": "Sam Okafor",
            "role": "Caseworker",
            "organisation": "Office of the Member for Tynemouth",
            "items": [{"text": "Your account", "href": "#"}],
            "sign_out_url": "/unread",
        },
        "navigation": [
            {"text": "Queue", "href": "#", "active": True, "count": 12},
            {"text": "Find", "href": "#"},
            {"text": "Reports", "href": "#"},
            {"text": "People", "href": "#"},
        ],
        "strip_data": Thing(
            reference="R-7K3F-92X",
            summary="Nine months without benefits after an amputation",
            state="submitted",
            state_text="Sent. Waiting for the MP's office to decide",
            urgency="urgent",
            yours=True,
            turn_text="Your office",
            due=date(2026, 3, 2),
            overdue_days=1,
            due_text="",
            action={"text": "Accept", "href": "#"},
            more=[{"text": "Ask for information", "href": "#"}, {"text": "Decline", "href": "#"}],
        ),
        "tabs": [
            {"text": "Unassigned", "href": "#", "count": 4, "active": True},
            {"text": "Mine", "href": "#", "count": 12},
            {"text": "Whole team", "href": "#", "count": 86},
        ],
        "rows": [row(n) for n in range(4)],
        "page_url": lambda page: f"/work?page={page}",
        "entries": [
            entry(
                when,
                "Asked the DWP why the claim has stopped",
                private_to="office",
                body="Rang at 2pm.\nCall back on Friday.",
            ),
            entry(
                when,
                "Message to the group",
                kind="message",
                body="We have written to the DWP and expect an answer by 31 March.",
            ),
            entry(
                when.replace(day=1),
                "Medical assessment offered",
                kind="milestone",
                details=[("Took place on", "12 March 2026")],
            ),
            entry(when.replace(day=1, month=2), "Referral sent"),
        ],
        "note": NoteForm(),
        "message": MessageForm(),
        "answers": [
            {"key": "Name", "value": "Alex Example", "href": "#"},
            {"key": "Story", "value": "First line\nsecond line", "href": "#"},
            {"key": "Telephone", "value": "", "href": ""},
        ],
        "numbers": [
            {"value": "42", "label": "Received"},
            {"value": "31", "label": "Resolved", "note": "in full or part"},
            {"value": "£3,204.50", "label": "Confirmed income a year"},
        ],
        "tables": [
            Table(
                key="by-category",
                title="Referrals by category",
                first="Category",
                columns=(Column("Claimed"), Column("Confirmed"), Column("Evidenced")),
                rows=(
                    Row("Housing", (42, 30, 12)),
                    Row("Welfare and benefits of every kind there is", (31, None, 4)),
                    Row("Health", (0, 0, 0)),
                ),
                charted=(0, 1, 2),
            ),
            Table(
                key="one",
                title="Referrals received",
                first="Category",
                columns=(Column("Received"),),
                rows=(Row("Housing", (Decimal(42),)), Row("Welfare", (31,))),
                charted=(0,),
            ),
        ],
    }


def row(number: int) -> dict[str, Any]:
    return {
        "href": "#",
        "reference": "R-7K3F-92X",
        "summary": [
            "Damp in every room and a child with asthma",
            "Benefits stopped",
            "Waiting for a hospital appointment since the spring of last year",
            "Overpayment",
        ][number],
        "urgency": ["urgent", "soon", "routine", "routine"][number],
        "state": ["submitted", "in_progress", "on_hold", "information_requested"][number],
        "turn_text": ["Your office", "Agency", "Resident", "Group"][number],
        "since_days": number * 6,
        "yours": number == 0,
        "next_date": date(2026, 3, 5),
        "overdue_days": 3 if number == 0 else 0,
        "assignee": "Sam Okafor" if number else None,
        "group": "Whitley Bay Big Local",
        "unseen": number == 0,
    }


def entry(moment: datetime, title: str, **more: Any) -> dict[str, Any]:
    return {
        "who": "Sam Okafor",
        "role": "caseworker",
        "organisation": "MP's office",
        "moment": moment,
        "title": title,
        **more,
    }
