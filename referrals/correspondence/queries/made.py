"""The letters of a referral that a viewer may know of, and what the timeline says of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import names_of
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy as case_policy
from referrals.casework.models import Referral
from referrals.casework.queries import TimelineEntry
from referrals.correspondence import policy
from referrals.correspondence.letters import KINDS
from referrals.correspondence.models import Letter
from referrals.directory import lists
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

MADE, SENT = "made", "sent"


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one referral, oldest first, and who made them."""

    rows: list[Letter]
    names: dict[UUID, str]

    def name_of(self, person_id: UUID | None) -> str:
        """Who it was."""
        return self.names.get(person_id, "") if person_id else ""

    def timeline(self) -> list[TimelineEntry]:
        """One entry for each: that it was sent, or, until then, that it was made."""
        return [self._entry(letter) for letter in self.rows]

    def _entry(self, letter: Letter) -> TimelineEntry:
        was_sent = letter.sent_at is not None
        facts: list[tuple[str, str | date]] = []
        if letter.channel and was_sent:
            facts.append(("How", channel_words(letter)))
        return TimelineEntry(
            at=letter.sent_at or letter.made_at,
            kind="letter",
            code=SENT if was_sent else MADE,
            title=f"{'Letter sent' if was_sent else 'Letter made'}: {title_of(letter)}",
            by_name=self.name_of(letter.sent_by_id or letter.made_by_id),
            side=ROLES[Role(letter.role)].side if letter.role else Side.OFFICE,
            role=letter.role,
            organisation_id=letter.organisation_id,
            facts=tuple(facts),
            private=letter.shared_at is None,
            happened_on=letter.sent_on,
            id=letter.id,
        )


def letters_of(referral: Referral, viewer: Viewer) -> Letters:
    """The letters that the viewer may know of; one query, and one more for names if any. NotFound to strangers."""
    case_policy.must_see(referral, viewer)
    query = select(Letter).where(Letter.referral_id == referral.id).order_by(Letter.made_at, Letter.id)
    found = [letter for letter in db.session.scalars(query) if policy.may_know_of(letter, viewer)]
    people = {letter.made_by_id for letter in found} | {letter.sent_by_id for letter in found if letter.sent_by_id}
    return Letters(found, names_of(people) if people else {})


def letter(referral: Referral, letter_id: UUID, viewer: Viewer) -> Letter:
    """One letter of this referral. Raises NotFound unless the viewer may know of it."""
    found = db.session.get(Letter, letter_id)
    if found is None or found.referral_id != referral.id or not policy.may_know_of(found, viewer):
        raise NotFound
    return found


def title_of(letter: Letter) -> str:
    """What a letter is called; its bare code where the catalogue no longer has it."""
    return KINDS[letter.kind].title if letter.kind in KINDS else letter.kind


def channel_words(letter: Letter) -> str:
    """How it went, in words."""
    if letter.through_group:
        return "Through the group, to be handed over"
    return lists.label("letter_channels", letter.channel) if letter.channel else ""
