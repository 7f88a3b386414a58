"""Receipts for sent forms: the same form sent ten times is carried out once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import CursorResult, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation import clock
from referrals.foundation.database import Base, db, transaction

# A page may lie open for a while, or come back from a browser's history.
KEPT_FOR: Final = timedelta(days=7)


class FormReceipt(Base):
    """What became of one sending of one form, by the random key that the form carried."""

    __tablename__ = "form_receipts"

    form_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]


def receipt_for(form_key: str, person_id: UUID) -> str | None:
    """Where an earlier sending of this form by this person led, or None when it is the first."""
    receipt = db.session.get(FormReceipt, (form_key, person_id))
    return receipt.location if receipt else None


def keep_receipt(form_key: str, person_id: UUID, location: str) -> None:
    """Note, in the same transaction as the change, where this form led; a second note of it fails on its key."""
    db.session.add(FormReceipt(form_key=form_key, person_id=person_id, location=location, created_at=clock.now()))
    db.session.flush()


def carry_out_once(form_key: str, person_id: UUID, action: Callable[[], str]) -> str:
    """Run `action` in one transaction and return the location it gives; a second sending gets the first one's location.

    The receipt is written before the action: of two sendings at the same moment the later one waits for the earlier,
    and is carried out only when that one failed. Whatever `action` raises leaves neither a change nor a receipt.
    """
    try:
        with transaction():
            earlier = receipt_for(form_key, person_id)
            if earlier is not None:
                return earlier
            keep_receipt(form_key, person_id, "")
            location = action()
            receipt = db.session.get_one(FormReceipt, (form_key, person_id))
            receipt.location = location
            return location
    except IntegrityError:
        earlier = receipt_for(form_key, person_id)
        if earlier is None:
            raise
        return earlier


def forget_old_receipts() -> int:
    """Remove receipts that no open page can still ask for, and say how many there were."""
    old = delete(FormReceipt).where(FormReceipt.created_at < clock.now() - KEPT_FOR)
    return cast(CursorResult[Any], db.session.execute(old)).rowcount
