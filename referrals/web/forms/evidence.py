"""Pointing from a result, or from one of its sums, to the documents that show it."""

from referrals.directory import lists
from referrals.documents.actions import PAPERS
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Radios

# In place of the id of a sum.
WHOLE = "whole"


class EvidenceForm(GovForm):
    """Which documents, what they show, and what they are; documents and sums are offered by the view."""

    documents = Checkboxes("Which documents?", [], required="Choose at least one document", thing="documents")
    shows = Radios("What do they show?", [(WHOLE, "The result as a whole")], required="Choose what they show")
    kind = Radios(
        "For a sum of money: what are they?",
        lambda: [item for item in lists.current("evidence_kinds") if item.code in PAPERS],
        thing="what they are",
        required=False,
    )
