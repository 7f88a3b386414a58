"""Changing the directory: organisations and places, each addition with its audit event."""

from referrals.directory.actions.organisations import (
    add_group,
    add_office,
    add_programme,
    add_service_desk,
    close_organisation,
)
from referrals.directory.actions.places import add_constituency, add_member, add_term, end_term
from referrals.directory.actions.skills import Known, add_skill, remove_skill

__all__ = [
    "Known",
    "add_constituency",
    "add_group",
    "add_member",
    "add_office",
    "add_programme",
    "add_service_desk",
    "add_skill",
    "add_term",
    "close_organisation",
    "end_term",
    "remove_skill",
]
