"""Noting who pays attention to a referral: a reading, a sign of presence, and words that are still being written."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from typing import cast as typed
from uuid import UUID, uuid5

from sqlalchemy import CursorResult, Table, case, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import KeptText, Presence, Reading, Referral
from referrals.casework.queries.attention import HERE_FOR, at_place, own_texts
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotAllowed, Stale

_PRESENCES: Table = Presence.__table__  # type: ignore[assignment]
_TEXTS: Table = KeptText.__table__  # type: ignore[assignment]
_SPACE: Final = UUID("4f2d7a52-6f0e-4c1c-9a83-3b0f5f0f9f61")
# A text that nobody came back to for so long is given up.
KEPT_FOR: Final = timedelta(days=7)
# Bounds on what one person can keep of one referral.
MOST_TEXTS: Final = 20
MOST_FIELDS: Final = 12
LONGEST: Final = 20_000


def note_reading(referral: Referral, *, by: Viewer) -> None:
    """Note that the viewer's side has now read what the other side wrote; part of the reading that records its event.

    To be called only where something of it was new, so that each note of it is when something was first read.
    """
    policy.must_see(referral, by)
    if by.organisation_id is None:
        raise NotAllowed
    reading = Reading(referral=referral, referral_id=referral.id, organisation_id=by.organisation_id, at=clock.now())
    db.session.add(reading)
    db.session.flush()


def be_here(referral: Referral, *, by: Viewer) -> None:
    """Give a sign that the viewer has the referral open; after a long silence they have opened it anew. One statement.

    Raises NotFound to who may not see it, and NotAllowed to who may not read referrals.
    """
    policy.must_see(referral, by)
    by.must(Permission.REFERRAL_READ)
    moment = clock.now()
    new = {
        "referral_id": referral.id,
        "person_id": by.person_id,
        "organisation_id": by.organisation_id,
        "opened_at": moment,
        "seen_at": moment,
    }
    # Who comes back in another role has come anew.
    goes_on = (_PRESENCES.c.seen_at > moment - HERE_FOR) & (_PRESENCES.c.organisation_id == by.organisation_id)
    again = {
        "organisation_id": by.organisation_id,
        "opened_at": case((goes_on, _PRESENCES.c.opened_at), else_=moment),
        "seen_at": moment,
    }
    key = ["referral_id", "person_id"]
    coming = _insert(_PRESENCES).values(new).on_conflict_do_update(index_elements=key, set_=again)
    db.session.connection().execute(coming)


def _insert(table: Table) -> Any:
    make = postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    return make(table)


def must_be_unchanged(referral: Referral, *, since: datetime, by: Viewer) -> None:
    """Raise Stale when anything about the referral changed after a moment; its row stays locked until the end.

    For decisions that would silently take the place of somebody else's, on rows that have no version of their own.
    """
    policy.must_see(referral, by)
    changed_at = db.session.scalar(select(Referral.updated_at).where(Referral.id == referral.id).with_for_update())
    if changed_at is None or changed_at > since:
        raise Stale


def keep_text(referral: Referral, form: str, words: Mapping[str, str], *, by: Viewer) -> None:
    """Keep what somebody has typed into a form so far, in place of what was kept before; blank texts are not kept.

    Raises NotFound, NotAllowed to who could not send the form's like, and Invalid for more than can be kept.
    """
    policy.must_see(referral, by)
    if not policy.may_read_words(referral, by) or referral.erased or by.organisation_id is None:
        raise NotAllowed
    typed_in = {name: text for name, text in words.items() if text.strip()}
    if len(typed_in) > MOST_FIELDS or sum(map(len, typed_in.values())) > LONGEST:
        raise Invalid({"": "That is more than can be kept"})
    if not typed_in:
        forget_text(referral.id, form, by=by)
        return
    text = _text(referral, form, typed_in, by)
    if _others_of(text) >= MOST_TEXTS:
        raise Invalid({"": "That is more than can be kept"})
    values = {column.name: getattr(text, column.name) for column in _TEXTS.columns}
    again = {"at": text.at, "words_sealed": text.words_sealed}
    connection = db.session.connection()
    connection.execute(_insert(_TEXTS).values(values).on_conflict_do_update(index_elements=["id"], set_=again))


def _text(referral: Referral, form: str, words: dict[str, str], by: Viewer) -> KeptText:
    # Its id follows from whose it is and what it is for: two keepings at the same moment write the same row.
    place = f"{referral.id} {by.person_id} {by.organisation_id} {form}"
    return KeptText(
        id=uuid5(_SPACE, place),
        referral=referral,
        referral_id=referral.id,
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        form=form,
        at=clock.now(),
        words=words,
    )


def _others_of(text: KeptText) -> int:
    others = (
        KeptText.referral_id == text.referral_id,
        KeptText.person_id == text.person_id,
        KeptText.id != text.id,
    )
    return db.session.scalar(select(func.count()).select_from(KeptText).where(*others)) or 0


def forget_text(place: str | UUID | None, form: str, *, by: Viewer) -> int:
    """Throw away what the viewer had typed into a form of a referral or a draft; return how many texts that were.

    `place` is None for a form whose own name says of what it is.
    """
    theirs = KeptText.form == form, *own_texts(by)
    return _removed(
        delete(KeptText).where(KeptText.referral_id.in_(select(Referral.id).where(at_place(place))), *theirs)
    )


def forget_texts_of(referral_id: UUID, forms: str) -> int:
    """Throw away what anybody had typed into the forms of a referral whose names begin so; how many texts that were."""
    theirs = KeptText.referral_id == referral_id, KeptText.form.startswith(forms, autoescape=True)
    return _removed(delete(KeptText).where(*theirs))


def forget_old_texts() -> int:
    """Remove texts that nobody came back to for seven days, and say how many there were."""
    return _removed(delete(KeptText).where(KeptText.at < clock.now() - KEPT_FOR))


def forget_old_presences() -> int:
    """Remove signs of presence that tell nothing any more, and say how many there were."""
    return _removed(delete(Presence).where(Presence.seen_at < clock.now() - HERE_FOR))


def _removed(statement: Any) -> int:
    removing = statement.execution_options(synchronize_session=False)
    return typed(CursorResult[Any], db.session.execute(removing)).rowcount
