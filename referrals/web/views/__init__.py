"""The pages, a file a noun; each is a blueprint that the list of BLUEPRINTS names."""

from flask import Blueprint

from referrals.web.views import (
    account,
    consents,
    drafts,
    find,
    health,
    home,
    joining,
    milestones,
    mine,
    moves,
    notes,
    organisations,
    outbox,
    pages,
    passwords,
    people,
    queue,
    receipts,
    referrals,
    sessions,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.blueprint,
    consents.blueprint,
    drafts.blueprint,
    find.blueprint,
    health.blueprint,
    home.blueprint,
    joining.blueprint,
    milestones.blueprint,
    mine.blueprint,
    moves.blueprint,
    notes.blueprint,
    organisations.blueprint,
    outbox.blueprint,
    pages.blueprint,
    passwords.blueprint,
    people.blueprint,
    queue.blueprint,
    receipts.blueprint,
    referrals.blueprint,
    sessions.blueprint,
)
