"""A person's dates for the calendar on their phone or desk: the secret address, and the page where it is made."""

from flask import Blueprint, Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions, queries
from referrals.accounts.calendars import ALL
from referrals.accounts.roles import Permission, Side
from referrals.casework.queries import calendar_days
from referrals.engagement.queries.meetings import meetings_of_person
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import Invalid
from referrals.notifications import settings
from referrals.web.access import needs, public, viewer
from referrals.web.forms.account import CalendarForm
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import carry_out
from referrals.web.presenting.calendar import calendar_of
from referrals.web.throttle import fetched

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar/<token>.ics")
@fetched
@public
def feed(token: str) -> ResponseReturnValue:
    """The dates of whoever the secret address belongs to; the page of nothing for every other address.

    It holds no resident's record, only references and days, so reading it leaves no event. No cookie is looked for or
    sent. The address is a secret: nothing writes it down, and a server in front of this one should not either.
    """
    reader = queries.calendar_reader(token)
    days = calendar_days(reader.viewer, everything=reader.covers == ALL)
    meetings = meetings_of_person(reader.viewer, everything=reader.covers == ALL)
    return Response(calendar_of(days, meetings), mimetype="text/calendar", headers={"X-Robots-Tag": "noindex"})


@blueprint.route("/account/calendar", methods=["GET", "POST"])
@needs(Permission.REFERRAL_READ)
def link() -> ResponseReturnValue:
    """Make the link, or make it anew; it is shown once, by the answer to this form."""
    who = viewer()
    form = CalendarForm()
    form.suit(office=who.side is Side.OFFICE)
    with only_reading():
        present = queries.calendar_link_of(who)
    if form.validate_on_submit():
        try:
            with transaction():
                token = actions.make_calendar_link(form.covers.data, by=who)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            address = settings.current().base_url + url_for(".feed", token=token)
            return render_template("calendar/made.html", address=address, back_link=url_for("account.show"))
    return render_template(
        "calendar/link.html", form=form, plain_form=PlainForm(formdata=None), present=present, all=ALL,
        back_link=url_for("account.show"),
    )  # fmt: skip


@blueprint.post("/account/calendar/end")
@needs(Permission.REFERRAL_READ)
def end() -> ResponseReturnValue:
    """End the link: calendars that know it get nothing from now on."""
    form = PlainForm()
    form.validate()

    def revoke() -> str:
        actions.revoke_calendar_link(by=viewer())
        return url_for("account.show")

    answer = carry_out(form.form_key.data, revoke)
    flash("The calendar link has ended.", "success")
    return answer
