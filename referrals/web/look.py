"""Dresses the application: template folders, filters, and the addresses of styles and scripts."""

from collections.abc import Mapping

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from referrals.web.assets import Assets
from referrals.web.filters import FILTERS
from referrals.web.security import headers


def dress(app: Flask) -> None:
    """Give templates what they stand on; call once, after the settings are read."""
    if app.jinja_loader is None:
        raise RuntimeError("the application has no template folder")
    parts = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader([app.jinja_loader, PrefixLoader(parts)])
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["errors_as_list"] = errors_as_list
    assets = Assets(lambda: headers(app))
    app.jinja_env.globals["asset_url"] = assets.url
    app.wsgi_app = assets.around(app.wsgi_app)  # type: ignore[assignment, method-assign]


def errors_as_list(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """What Invalid.errors holds, as the error summary shows it: each message linked to the field of that id."""
    return [{"text": message, "href": f"#{name}"} if name else {"text": message} for name, message in errors.items()]
