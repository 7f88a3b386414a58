"""Changing the directory: organisations and places, each addition with its audit event."""

from referrals.directory.actions.organisations import (
    add_group,
    add_office,
    add_programme,
    add_service_desk,
    close_organisation,
)
from referrals.directory.actions.places import add_constituency, add_member, add_term, end_term

__all__ = [
    "add_constituency",
    "add_group",
    "add_member",
    "add_office",
    "add_programme",
    "add_service_desk",
    "add_term",
    "close_organisation",
    "end_term",
]
