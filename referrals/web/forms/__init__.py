"""The form adapter: our fields on the design system's inputs, gathered here for the views."""

from referrals.web.forms.base import GovForm, Subform, make_form
from referrals.web.forms.choice import Checkbox, Checkboxes, Option, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.money import Money
from referrals.web.forms.text import Email, LongText, Password, Postcode, Telephone, Text

__all__ = [
    "Checkbox",
    "Checkboxes",
    "Day",
    "Email",
    "GovForm",
    "LongText",
    "Money",
    "Option",
    "Password",
    "Postcode",
    "Radios",
    "Select",
    "Subform",
    "Telephone",
    "Text",
    "make_form",
]
