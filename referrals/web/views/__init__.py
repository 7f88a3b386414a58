"""The pages, a file a noun; each is a blueprint that the list of BLUEPRINTS names."""

from flask import Blueprint

from referrals.web.views import account, health, home, joining, pages, passwords, sessions

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.blueprint,
    health.blueprint,
    home.blueprint,
    joining.blueprint,
    pages.blueprint,
    passwords.blueprint,
    sessions.blueprint,
)
