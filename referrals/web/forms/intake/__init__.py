"""The forms of the intake, by the code of their page in casework/intake.py."""

from typing import Final

from referrals.web.forms.intake.agreement import ConsentForm, DangerForm, DuplicatesForm, FeedbackForm, SendForm
from referrals.web.forms.intake.person import ContactForm, NeedsForm, OfficeForm, PersonForm
from referrals.web.forms.intake.problem import (
    BackgroundForm,
    HopesForm,
    IssueForm,
    PageForm,
    StoryForm,
    UrgencyForm,
    WaitingForm,
    issues_of_residents,
)

__all__ = ["FORMS", "DangerForm", "PageForm", "SendForm", "issues_of_residents"]

FORMS: Final[dict[str, type[PageForm]]] = {
    "issue": IssueForm,
    "story": StoryForm,
    "hopes": HopesForm,
    "waiting": WaitingForm,
    "urgency": UrgencyForm,
    "background": BackgroundForm,
    "person": PersonForm,
    "office": OfficeForm,
    "contact": ContactForm,
    "needs": NeedsForm,
    "consent": ConsentForm,
    "feedback": FeedbackForm,
    "duplicates": DuplicatesForm,
}
