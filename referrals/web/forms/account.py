"""The forms of a person's own account."""

from typing import Final

from referrals.accounts.calendars import ALL, MINE
from referrals.notifications.queries import Wish
from referrals.notifications.wishes import AT_ONCE, DAILY, DIGEST_HOUR, NEVER
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox, Option, Radios, Select
from referrals.web.forms.sign_in import NEW_PASSWORD_HINT
from referrals.web.forms.text import Password, Text
from referrals.web.forms.wording import capital


class NameForm(GovForm):
    """One's own name."""

    name = Text("Your full name", thing="your full name", longest=120, look={"autocomplete": "name"})


class ChangePasswordForm(GovForm):
    """The password one has, and the one to have from now on."""

    current_password = Password("Current password", thing="your current password")
    password = Password("New password", new=True, hint=NEW_PASSWORD_HINT, thing="a new password")


def hour_words(hour: int) -> str:
    """A full hour as people say it: "midnight", "7am", "midday", "6pm"."""
    named = {0: "midnight", 12: "midday"}
    return named.get(hour, f"{hour % 12}{'am' if hour < 12 else 'pm'}")


HOURS: Final = [(str(hour), capital(hour_words(hour))) for hour in range(24)]


class TellingForm(GovForm):
    """How ordinary mail comes, and when it does not."""

    way = Radios(
        "How should mail about your referrals come?",
        [
            Option(AT_ONCE, "At once, one mail for each thing that happens"),
            Option(DAILY, "Once a day, as one mail with everything that is unread", reveals="digest_hour"),
            Option(NEVER, "Not at all. I look at my notices in the service"),
        ],
        required="Choose how mail comes to you",
    )
    digest_hour = Select("At which hour?", HOURS, thing="the hour", required="Choose the hour of the daily mail")
    quiet_from = Select("Quiet from", HOURS, thing="the hour", required=False, nothing="No quiet hours")
    quiet_until = Select("Quiet until", HOURS, thing="the hour", required=False, nothing="No quiet hours")
    quiet_weekends = Checkbox("Quiet on Saturdays and Sundays")

    def wish(self) -> Wish:
        """What was chosen."""
        hours = [int(field.data) if field.data else None for field in (self.quiet_from, self.quiet_until)]
        return Wish(
            self.way.data,
            digest_hour=int(self.digest_hour.data) if self.digest_hour.data else DIGEST_HOUR,
            quiet_from=hours[0],
            quiet_until=hours[1],
            quiet_weekends=self.quiet_weekends.data,
        )


class CalendarForm(GovForm):
    """What the calendar of a secret link holds."""

    covers = Radios(
        "What should it hold?",
        [(MINE, "The referrals that are assigned to you"), (ALL, "Everything your office works on")],
        required="Choose what the calendar holds",
    )

    def suit(self, *, office: bool) -> None:
        """Offer what there is: a group's people have their own referrals alone."""
        if not office:
            self.covers.offer([(MINE, "The referrals that you made or sent, and meetings with your MP that you go to")])
        if self.covers.data is None and not self.is_submitted():
            self.covers.data = MINE
