"""The field for files, and the forms that add and remove documents."""

from typing import Any

from flask import has_request_context, request
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import StopValidation

from referrals.directory import lists
from referrals.web.filters import count
from referrals.web.forms import widgets
from referrals.web.forms.base import SUBMITS, GovForm
from referrals.web.forms.choice import Option, Radios


class FilesBox(widgets.FileBox):
    """Several files to send along; of several errors it says how many, and the summary says them all."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> widgets.Params:
        """The parameters of the component's macro."""
        params = super().map_gov_params(field, **kwargs)
        if len(field.errors) > 1:
            params["errorMessage"] = {"text": f"{count(len(field.errors), 'file')} could not be added"}
        return params


class Files(Field):
    """Any number of files; `data` is a list of what was chosen, empty when nothing was."""

    widget: Any = FilesBox()

    def __init__(self, label: str, *, accept: str, required: str, hint: str = "", **kwargs: Any) -> None:
        """`accept` is what the browser offers first; what a file really is shows when it is opened."""
        self.look = {"attributes": {"multiple": "multiple", "accept": accept}}
        self.missing = required
        super().__init__(label, description=hint, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the files of this request; a form of ours reads fields only."""
        super().process(None, data, extra_filters)
        sent = request.files.getlist(self.name) if has_request_context() and request.method in SUBMITS else []
        self.data: list[FileStorage] = [file for file in sent if file.filename]

    def _value(self) -> str:
        # A browser never takes back what was chosen.
        return ""

    def pre_validate(self, form: Any) -> None:
        """Refuse nothing at all."""
        if not self.data:
            raise StopValidation(self.missing)


PRIVATE, SHARED = "private", "shared"
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,application/pdf,image/jpeg,image/png"


class AddDocumentsForm(GovForm):
    """Files from this device, and who can see them."""

    files = Files(
        "Choose files or take photos",
        accept=ACCEPT,
        required="Choose at least one file",
        hint="PDF, JPEG, PNG or Word (.docx). Up to 10 files, each 10 MB or smaller.",
    )
    audience = Radios("Who can see these documents?", (), required=False)

    def set_audience(self, own: Option, other: Option | None, first: str = PRIVATE) -> None:
        """Offer one's own side and, where something may go there, the other one; `first` is chosen at first.

        Nobody has to answer it, because an answer that was forgotten would cost them the files they chose.
        """
        self.audience.offer([own, *([other] if other else [])])
        if self.audience.data is None:
            self.audience.data = first
        if other is None:
            self.audience.data = PRIVATE

    def refuse(self, messages: list[str]) -> None:
        """Say of each file that was not added why, and what to do."""
        self.files.errors = tuple(messages)

    def error_list(self) -> list[dict[str, str]]:
        """Every file that was not added, and not only the first."""
        general = [error for error in super().error_list() if not error.get("href", "").endswith(self.files.id)]
        return general + [{"text": str(message), "href": f"#{self.files.id}"} for message in self.files.errors]


class RemoveDocumentForm(GovForm):
    """Why a document is taken away."""

    reason = Radios(
        "Why is it removed?",
        lambda: lists.current("document_removal_reasons"),
        required="Choose why it is removed",
        hint="The reason stays on the record. The document itself is deleted.",
    )
