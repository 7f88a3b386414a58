"""The pages, a file a noun; each is a blueprint that the list of BLUEPRINTS names."""

from flask import Blueprint

from referrals.web.views import (
    account,
    consents,
    find,
    health,
    home,
    joining,
    milestones,
    moves,
    notes,
    organisations,
    outbox,
    pages,
    passwords,
    people,
    queue,
    referrals,
    sessions,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.blueprint,
    consents.blueprint,
    find.blueprint,
    health.blueprint,
    home.blueprint,
    joining.blueprint,
    milestones.blueprint,
    moves.blueprint,
    notes.blueprint,
    organisations.blueprint,
    outbox.blueprint,
    pages.blueprint,
    passwords.blueprint,
    people.blueprint,
    queue.blueprint,
    referrals.blueprint,
    sessions.blueprint,
)
