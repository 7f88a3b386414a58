"""The pages, a file a noun; each is a blueprint that the list of BLUEPRINTS names."""

from flask import Blueprint

from referrals.web.views import (
    account,
    health,
    home,
    joining,
    organisations,
    pages,
    passwords,
    people,
    sessions,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.blueprint,
    health.blueprint,
    home.blueprint,
    joining.blueprint,
    organisations.blueprint,
    pages.blueprint,
    passwords.blueprint,
    people.blueprint,
    sessions.blueprint,
)
