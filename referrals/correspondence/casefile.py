"""Letters for another casework system, as plain JSON beside the rest of a case."""

from typing import Any

from referrals.correspondence.models import Letter
from referrals.correspondence.queries import Letters
from referrals.correspondence.queries.made import title_of
from referrals.directory import lists


def plain_letters(letters: Letters, *, private: bool) -> list[dict[str, Any]]:
    """Each letter with its words; those that only the viewer's own side may read only where `private`."""
    return [_plain(letter, letters) for letter in letters.rows if private or letter.shared_at is not None]


def _plain(letter: Letter, letters: Letters) -> dict[str, Any]:
    channel = letter.channel
    return {
        "id": str(letter.id),
        "kind": {"code": letter.kind, "label": title_of(letter)},
        "audience": letter.audience,
        "channel": {"code": channel, "label": lists.label("letter_channels", channel)} if channel else None,
        "through_group": letter.through_group,
        "text_version": letter.text_version,
        "made_at": letter.made_at.isoformat(),
        "made_by": letters.name_of(letter.made_by_id),
        "sent_on": letter.sent_on.isoformat() if letter.sent_on else None,
        "private": letter.shared_at is None,
        "recipient": letter.recipient,
        "words": letter.words,
    }
