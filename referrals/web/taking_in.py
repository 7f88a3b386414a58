"""Taking in what was chosen on the page that adds documents: each file by itself, the good ones all together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, Self

from flask import flash
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.documents import actions, policy
from referrals.documents.actions import Addition, Ready
from referrals.documents.cleaning.kinds import LARGEST
from referrals.documents.cleaning.refusals import WORDS, Refused, Why
from referrals.foundation.sealing import KeyDestroyed, RowKey
from referrals.web.filters import count
from referrals.web.forms.choice import Option
from referrals.web.forms.files import PRIVATE, SHARED, AddDocumentsForm
from referrals.web.posting import carry_out, new_form_key
from referrals.web.presenting.referral import other_side, reaches_other, sides_of

# Several files are made safe beside each other, which needs no database.
AT_ONCE: Final = 2
NOT_SHARED: Final = "They were not shared, because the resident has not agreed to that much being shared."


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What adding needs to know of a referral or draft, read before the files are looked at."""

    key: RowKey
    caption: str
    home: str
    # The two choices of who can see them; no other where nothing may go to the other side.
    own: Option
    other: Option | None
    first: str
    other_name: str

    @classmethod
    def of(cls, referral: Referral, who: Viewer, home: str) -> Self:
        """The circumstances for this viewer; two queries. Raises KeyDestroyed for an erased referral."""
        key = referral.seal_key()
        if key is None:
            raise KeyDestroyed("An erased referral takes no documents.")
        name = sides_of(referral)[other_side(who)]
        draft = referral.submitted_at is None
        hint = "They get it when you send the referral." if draft else "They are told. It cannot be taken back."
        shared = Option(SHARED, f"Your {who.side.value} and {name}", hint=hint)
        return cls(
            key=key,
            caption=referral.reference or "Draft",
            home=home,
            own=Option(PRIVATE, f"Only your {who.side.value}", hint=_privacy(who)),
            other=shared if draft or reaches_other(referral, who) else None,
            first=SHARED if draft else PRIVATE,
            other_name=name,
        )


def _privacy(who: Viewer) -> str:
    return "The group cannot see it." if who.side is Side.OFFICE else "The MP’s office cannot see it."


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sending: where to go when all went well, and the names of what was added."""

    answer: Response
    kept: tuple[str, ...]


def take_in(form: AddDocumentsForm, around: Circumstances, find: Callable[[], Referral], who: Viewer) -> Taken:
    """Make every file safe and add those that can be; what could not be taken is said in the form, file by file."""
    ready, refused = prepare_all(form.files.data, around.key)
    additions: list[Addition] = []

    def act() -> str:
        referral = find()
        shared = form.audience.data == SHARED
        may_share = referral.submitted_at is None or reaches_other(referral, who)
        additions.append(actions.add(referral, ready, shared=shared and may_share, by=who))
        if shared and not may_share:
            flash(NOT_SHARED)
        return around.home

    try:
        answer = carry_out(form.form_key.data, act) if ready else Response()
    except BaseException:
        actions.let_go(ready)
        raise
    kept = additions[-1].kept if additions else ()
    # What found no room, or came with a form that had been sent before.
    actions.let_go([one for one in ready if one not in kept])
    if additions:
        refused += [sentence(one.name, Why.TOO_MANY) for one in additions[-1].refused]
    form.refuse(refused)
    if refused:
        # What is chosen next is another sending.
        form.form_key.data = new_form_key()
    elif additions:
        flash(f"{count(len(kept), 'document')} added.", "success")
    return Taken(answer, tuple(one.name for one in kept))


def prepare_all(chosen: list[FileStorage], key: RowKey) -> tuple[list[Ready], list[str]]:
    """Each file made safe and stored, and a sentence for each that could not be; both in the order chosen."""
    with ThreadPoolExecutor(AT_ONCE) as hands:
        found = list(hands.map(partial(_prepared, key=key), chosen[: policy.MOST]))
    ready = [one for one in found if isinstance(one, Ready)]
    refused = [one for one in found if isinstance(one, str)]
    return ready, refused + [sentence(_name(file), Why.TOO_MANY) for file in chosen[policy.MOST :]]


def _prepared(file: FileStorage, key: RowKey) -> Ready | str:
    try:
        # One byte more than is taken shows that there is more.
        return actions.prepare(_name(file), file.stream.read(LARGEST + 1), key)
    except Refused as fault:
        return sentence(_name(file), fault.why)


def _name(file: FileStorage) -> str:
    return (file.filename or "")[-200:]


def sentence(name: str, why: Why) -> str:
    """Which file, why, and what to do."""
    return f"{name} {WORDS[why].what}. {WORDS[why].do}"
