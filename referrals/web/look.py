"""Dresses the application: template folders, filters, and the addresses of styles and scripts."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from referrals.web import keeping
from referrals.web.assets import Assets
from referrals.web.filters import FILTERS
from referrals.web.presenting.pictures import drawn
from referrals.web.security import headers


def dress(app: Flask) -> None:
    """Give templates what they stand on; call once, after the settings are read."""
    if app.jinja_loader is None:
        raise RuntimeError("the application has no template folder")
    parts = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader([app.jinja_loader, PrefixLoader(parts)])
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.filters["drawn"] = drawn
    app.jinja_env.globals["errors_as_list"] = errors_as_list
    app.jinja_env.globals["in_error"] = in_error
    app.after_request(refuse_what_is_in_error)
    keeping.set_up(app)
    assets = Assets(lambda: headers(app))
    app.jinja_env.globals["asset_url"] = assets.url
    app.wsgi_app = assets.around(app.wsgi_app)  # type: ignore[assignment, method-assign]


def errors_as_list(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """What Invalid.errors holds, as the error summary shows it: each message linked to the field of that id."""
    return [{"text": message, "href": f"#{name}"} if name else {"text": message} for name, message in errors.items()]


def in_error(form: Any, errors: Any) -> bool:
    """Whether a page shows what is wrong with what was sent; `form` and `errors` come from its context, if there.

    Asked by the skeleton of every page, which says so in its title. It is noted for the answer's status.
    """
    g.page_in_error = bool((form and form.error_list()) or errors)
    return bool(g.page_in_error)


def refuse_what_is_in_error(answer: Response) -> Response:
    """Answer 422 with every page that shows a sent form in error, unless its view has chosen another status.

    Where the page shows what somebody else has changed meanwhile, it is 409.
    """
    in_error, is_stale = g.pop("page_in_error", False), g.pop("page_is_stale", False)
    if (in_error or is_stale) and request.method == "POST" and answer.status_code in {200, 422}:
        answer.status_code = 409 if is_stale else 422
    return answer
