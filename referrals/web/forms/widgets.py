"""The design system's inputs as our fields draw them: one place where their known gaps are mended."""

from typing import Any

from flask import current_app
from govuk_frontend_wtf.gov_form_base import GovFormBase
from govuk_frontend_wtf.wtforms_widgets import (
    GovCharacterCount,
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup

Params = dict[str, Any]


class Dressed(GovFormBase):
    """Draws a field with the `look` it was declared with, and its label as the page's heading when asked to.

    Template keywords: page_heading=True makes the label the page's h1; size="m" sets the label's size (xl, l, m, s);
    rows=4 the height of a text area; hint="..." replaces the hint; label="..." replaces the label.
    """

    template: str

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        """Draw the field; the browser's own checks are left out, because they speak worse than ours."""
        kwargs["required"] = False
        return super().__call__(field, **kwargs)

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """The parameters of the component's macro."""
        page_heading = kwargs.pop("page_heading", False)
        size = kwargs.pop("size", "l" if page_heading else "s")
        words: dict[str, str] = {name: kwargs.pop(name) for name in ("hint", "label") if name in kwargs}
        rows = kwargs.pop("rows", None)
        for name in ("required", "minlength", "maxlength"):
            kwargs.pop(name, None)
        params: Params = super().map_gov_params(field, **kwargs)
        params = self.merge_params(params, getattr(field, "look", {}))
        if rows:
            params["rows"] = rows
        self._name(params, words, page_heading=page_heading, size=size)
        return params

    def render(self, params: Params) -> Markup:
        """Draw the component alone: what every page is given (navigation, account) is not fetched for each field."""
        template = current_app.jinja_env.get_template(self.template)
        # The template has escaped what it was given.
        return Markup(template.render(params=params))  # nosec B704

    @staticmethod
    def _name(params: Params, words: dict[str, str], *, page_heading: bool, size: str) -> None:
        """Put label and hint in place: as a legend for a group of inputs, without an empty hint."""
        legend = params["fieldset"]["legend"] if "fieldset" in params else None
        name = legend if legend is not None else params.get("label")
        if name is not None:
            name["text"] = words.get("label", name.get("text"))
            name["classes"] = f"govuk-{'fieldset__legend' if legend is not None else 'label'}--{size}"
            name["isPageHeading"] = page_heading
        if "hint" in words:
            params["hint"] = {"text": words["hint"]}
        if not (params.get("hint") or {}).get("text"):
            params.pop("hint", None)


class DressedGroup(Dressed):
    """Draws a group of choices: each may carry a hint, and reveal another field of the form.

    Template keyword: only=[values] draws a part of them.
    """

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """The parameters of the component's macro, each item with what its option says."""
        only = kwargs.pop("only", None)
        params = super().map_gov_params(field, **kwargs)
        params["idPrefix"] = field.id
        if only is not None:
            # A part of the group, beside others: what is wrong with the whole is said once, by the page.
            params.pop("errorMessage", None)
        shown = []
        for place, (item, option) in enumerate(zip(params["items"], getattr(field, "options", ()), strict=False), 1):
            if option.divider:
                shown.append({"divider": option.divider})
            # The same wherever on the page it stands.
            item["id"] = field.id if place == 1 else f"{field.id}-{place}"
            shown.append(self._dressed(item, option, field))
        params["items"] = shown or params["items"]
        if only is not None:
            by_value = {item["value"]: item for item in shown if "value" in item}
            params["items"] = [by_value[value] for value in only if value in by_value]
        return params

    @staticmethod
    def _dressed(item: Params, option: Any, field: Any) -> Params:
        if option.hint:
            item["hint"] = {"text": option.hint}
        if option.exclusive:
            item["behaviour"] = "exclusive"
        if option.reveals:
            item["conditional"] = {"html": field.form[option.reveals]()}
        return item


class TextBox(Dressed, GovTextInput):
    """One line of text."""


class EmailBox(TextBox):
    """One line for an email address."""

    input_type = "email"


class TelephoneBox(TextBox):
    """One line for a telephone number."""

    input_type = "tel"


class PasswordBox(Dressed, GovPasswordInput):
    """A password, with a button to show it; never sent back to the page."""


class TextArea(Dressed, GovTextArea):
    """Several lines of text."""


class CountedTextArea(Dressed, GovCharacterCount):
    """Several lines of text, with the characters left."""


class RadioGroup(DressedGroup, GovRadioInput):
    """One choice of several."""


class CheckboxGroup(DressedGroup, GovCheckboxesInput):
    """Any number of choices."""


class SingleCheckbox(Dressed, GovCheckboxInput):
    """One box to tick."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """The parameters of the component's macro; the hint belongs to the one box."""
        params = super().map_gov_params(field, **kwargs)
        params["idPrefix"] = field.id
        return params


class DropDown(Dressed, GovSelect):
    """One choice of a long list."""


class FileBox(Dressed, GovFileInput):
    """A file to send along."""
