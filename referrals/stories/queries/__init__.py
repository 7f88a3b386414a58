"""Reads of case studies: for their organisation and the other side, and for everybody what is published."""

from referrals.stories.queries.facts import facts_about, first_of, held_by
from referrals.stories.queries.public import Front, Told, front, is_shown, published_for, shown, told_at, was_shown
from referrals.stories.queries.studies import Studies, StudyLine, listed, studies_of, study

__all__ = [
    "Front",
    "Studies",
    "StudyLine",
    "Told",
    "facts_about",
    "first_of",
    "front",
    "held_by",
    "is_shown",
    "listed",
    "published_for",
    "shown",
    "studies_of",
    "study",
    "told_at",
    "was_shown",
]
