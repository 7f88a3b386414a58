"""The pages, a file a noun; each is a blueprint that the list of BLUEPRINTS names."""

from flask import Blueprint

from referrals.web.views import health, home, pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    home.blueprint,
    pages.blueprint,
)
