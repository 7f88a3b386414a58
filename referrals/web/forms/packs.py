"""The form that takes a case away as a file."""

from referrals.accounts.viewer import Viewer
from referrals.documents.packing import FORMS, PARTS, Form, Part, forms_for
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Option, Radios


class PackForm(GovForm):
    """Which parts, and in which form where there is a choice."""

    chosen = Checkboxes(
        "Which parts?",
        [Option(part.value, words.label, hint=words.hint) for part, words in PARTS.items()],
        required="Choose at least one part",
        default=[part.value for part, words in PARTS.items() if words.at_first],
    )
    file = Radios("In which form?", (), required="Choose a form")

    def offer_to(self, viewer: Viewer) -> None:
        """Offer the forms that this viewer can choose; a PDF is chosen at first."""
        self.file.offer([Option(form.value, FORMS[form].label) for form in forms_for(viewer)])
        if self.file.data is None:
            self.file.data = Form.PDF.value

    @property
    def form(self) -> Form:
        """The form chosen."""
        return Form(self.file.data)

    @property
    def parts(self) -> frozenset[Part]:
        """The parts chosen."""
        return frozenset(map(Part, self.chosen.data))
