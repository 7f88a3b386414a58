"""What people permit of their quotes and pictures: whether it is in force, and what of a piece may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from referrals.engagement.models import PublicityPermission, PublicityPiece


class Standing(StrEnum):
    """How a permission stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece that may be shown, with what is in it, and until when."""

    id: UUID
    kind: str
    words: str
    whose: str
    link: str
    until: date


def standing(permission: PublicityPermission, on: date) -> Standing:
    """How it stands on that day; both its days included."""
    if permission.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if permission.given_on > on:
        return Standing.NOT_YET
    return Standing.IN_FORCE if on <= permission.ends_on else Standing.ENDED


def shown(
    piece: PublicityPiece, permissions: Sequence[PublicityPermission], on: date, use: str | None = None
) -> Shown | None:
    """What of a piece may be shown on that day, for one use (a code of permission_uses) or within the group.

    None unless somebody has permitted it, and everybody who was asked still does: where one of the people in a picture
    takes their permission back, or it runs out, the picture is not shown.
    """
    if not permissions or any(standing(one, on) is not Standing.IN_FORCE for one in permissions):
        return None
    if use is not None and any(use not in one.uses for one in permissions):
        return None
    until = min(one.ends_on for one in permissions)
    return Shown(piece.id, piece.kind, piece.words or "", piece.whose or "", piece.link or "", until)
