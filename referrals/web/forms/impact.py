"""Forms of impact reports: the period, one section, and why an issued one is corrected."""

from referrals.publishing.actions.impact import LONGEST_REASON
from referrals.publishing.drafting import LONGEST
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.text import LongText


class PeriodForm(GovForm):
    """Which period a report is about."""

    period = Radios("Which period?", (), thing="a period", required="Choose a period")


class SectionForm(GovForm):
    """The text of one section; what is left between double brackets still waits for an answer."""

    text = LongText("Text", thing="the text", required=False, longest=LONGEST, rows=12)


class CorrectionForm(GovForm):
    """Why an issued report is corrected; it stands in the new one."""

    reason = LongText(
        "What was wrong?",
        thing="what was wrong",
        required="Say what was wrong",
        longest=LONGEST_REASON,
        rows=4,
        hint="Readers of the new report see this. Name nobody.",
    )
