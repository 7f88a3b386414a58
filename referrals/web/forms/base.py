"""What every form stands on: tokens, versions, errors in the order of the page."""

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from flask import has_request_context, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField, HiddenField

from referrals.foundation.clock import now
from referrals.web.forms.choice import Chooses

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
SUBMITS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class FormKey(HiddenField):
    """A random token by which the same form sent twice is known to be the same."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the token sent when it has the shape of one, or make one."""
        super().process(None, data, extra_filters)
        sent = formdata.get(self.name, "") if formdata is not None else ""
        self.data = sent if isinstance(sent, str) and KEY.fullmatch(sent) else secrets.token_urlsafe(18)


class Version(HiddenField):
    """The version of the thing that the page showed; `data` is a whole number or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number sent; anything else is no version."""
        sent = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""
        self.data = int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else None


class Subform(Form):
    """A group of fields repeated inside a form, for FormField; it has no tokens of its own."""


class GovForm(FlaskForm):
    """A form of ours. Reads only what was sent as a form: a file or JSON in a field's name counts as nothing sent."""

    form_key = FormKey()
    version = Version()
    # When its page was made, so that what others changed meanwhile can be shown.
    opened = HiddenField(default=lambda: now().isoformat())
    # Set when it was refused because somebody else was first.
    stale = False

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """The posted fields, even when there are none, so that an unticked box alone still counts."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            return request.form if has_request_context() and request.method in SUBMITS else None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check every answer, leaving out the fields that no chosen option brought out."""
        self.forget_unrevealed()
        return bool(super().validate(extra_validators))

    def forget_unrevealed(self) -> None:
        """Empty the fields that belong to an option not chosen: nobody saw them."""
        for field in list(self):
            if isinstance(field, Chooses):
                for name, shown in field.revealed().items():
                    if not shown:
                        forget(self[name])

    def take_errors(self, errors: Mapping[str, str]) -> None:
        """Show what the domain refused (Invalid.errors) beside the fields; a name unknown here goes to the summary."""
        for name, message in errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, message]
            else:
                self.form_errors.append(message)

    def take_stale(self, message: str) -> None:
        """Say that somebody else was first: nothing was saved, and what they did is shown above the form."""
        self.stale = True
        self.form_errors.append(message)

    def error_list(self) -> list[dict[str, str]]:
        """The first error of each field in the order of the page, linked to the input to mend."""
        general = [{"text": str(message)} for message in self.form_errors]
        return general + [
            {"text": str(field.errors[0]), "href": f"#{getattr(field, 'focus_id', field.id)}"}
            for field in flat_fields(self)
            if field.errors
        ]

    def hidden_fields(self) -> Markup:
        """The hidden inputs, without ids, so that several forms can share a page."""
        return Markup("\n").join(
            field(id=False)
            for field in self
            if isinstance(field, HiddenField) and (field.data is not None or not isinstance(field, Version))
        )


def forget(field: Field) -> None:
    """Make a field as if it had never been asked."""
    field.process(None)
    field.validators = ()


def flat_fields(form: Form) -> Iterator[Field]:
    """Every field of a form, those of repeated groups included, in the order of the page."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from flat_fields(entry.form) if isinstance(entry, FormField) else (entry,)
        elif isinstance(field, FormField):
            yield from flat_fields(field.form)
        else:
            yield field


def make_form(name: str, fields: Mapping[str, Any]) -> type[GovForm]:
    """A form class from fields known only at run time (the questions a transition asks), in the order given."""
    return type(name, (GovForm,), dict(fields))
