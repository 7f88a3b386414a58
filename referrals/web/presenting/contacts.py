"""The log of an area as pages show it: stories in a list, one story with all its contacts, and what is to be done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from referrals.accounts.queries import names_of
from referrals.accounts.viewer import Viewer
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.engagement import policy, queries
from referrals.engagement.models import Contact, FollowUp
from referrals.engagement.queries import AreaLine, Due, Story
from referrals.foundation.clock import today
from referrals.web.filters import day
from referrals.web.forms.choice import Option

BY_OFFICE = "The MP’s office"


def terms_of(contacts: Sequence[Contact]) -> dict[UUID, Term]:
    """The terms of the MPs whom these contacts were with; one query."""
    return directory.terms({one.term_id for one in contacts})


def members_of(terms: Sequence[Term], *, linked: bool = False) -> list[dict[str, Any]]:
    """The MPs of an area in words; `linked` to the page of each, which only the area has."""
    return [
        {"name": f"{one.member.name} MP", "seat": one.constituency.name, "party": one.party, "since": one.begins_on}
        | {"href": url_for("members.show", term_id=one.id) if linked else None}
        for one in terms
    ]


def lines_of(stories: Sequence[Story]) -> list[dict[str, Any]]:
    """The stories as a list shows them; two queries."""
    contacts = [one for story in stories for one in story.contacts]
    to_do = queries.follow_ups_of([one.id for one in contacts])
    terms = terms_of(contacts)
    return [
        _line(story, terms)
        | {
            "href": url_for("contacts.show", contact_id=story.latest.id),
            "open": sum(row.standing == "open" for one in story.contacts for row in to_do[one.id]),
        }
        for story in stories
    ]


def outlines_of(stories: Sequence[Story]) -> list[dict[str, Any]]:
    """The stories as coordinators read them: what each contact was about, and no other word; one query."""
    terms = terms_of([one for story in stories for one in story.contacts])
    return [_line(story, terms) | {"contacts": [_facts(one) for one in story.contacts]} for story in stories]


def _line(story: Story, terms: dict[UUID, Term]) -> dict[str, Any]:
    found = {code for one in story.contacts for code in one.types}
    return {
        "title": story.contacts[0].subject,
        "path": [lists.label("mp_channels", one.channel) for one in story.contacts],
        "types": [item.label for item in lists.items("engagement_types") if item.code in found],
        "member": f"{terms[story.latest.term_id].member.name} MP",
        "last_on": story.latest.happened_on,
    }


def _facts(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "subject": contact.subject,
        "channel": lists.label("mp_channels", contact.channel),
        "on": contact.happened_on,
        "types": _labels("engagement_types", contact.types),
        "gave": _labels("mp_contributions", contact.contributions),
        "member_there": contact.member_there,
    }


def _labels(list_code: str, codes: Sequence[str]) -> list[str]:
    return [lists.label(list_code, code) for code in codes]


def story_page(story: Story, asked_for: Contact, viewer: Viewer) -> dict[str, Any]:
    """What the page of a story reads; three queries."""
    to_do = queries.follow_ups_of([one.id for one in story.contacts])
    people = [UUID(person_id) for one in story.contacts for person_id in one.ours]
    people += [one.logged_by_id for one in story.contacts]
    rows = [row for found in to_do.values() for row in found]
    names = names_of([*people, *(row.owner_id for row in rows), *(row.settled_by_id for row in rows)])
    terms = terms_of(story.contacts)
    staff = queries.known_names([UUID(known) for one in story.contacts for known in one.staff], viewer)
    names |= staff
    contacts = [
        _entry(one, story, to_do[one.id], names, terms) | {"may_take_out": policy.may_take_out(one, viewer)}
        for one in story.contacts
    ]
    return {
        "title": story.contacts[0].subject,
        "line": _line(story, terms),
        "contacts": contacts,
        "latest": story.latest.id,
        "asked_for": asked_for.id,
    }


def _entry(
    contact: Contact,
    story: Story,
    rows: Sequence[FollowUp],
    names: dict[UUID, str],
    terms: dict[UUID, Term],
) -> dict[str, Any]:
    member = f"{terms[contact.term_id].member.name} MP"
    ours = [names[UUID(one)] for one in contact.ours if UUID(one) in names]
    return _facts(contact) | {
        "came_of": _came_of(contact, story),
        "ours": ", ".join([*ours, *([contact.others] if contact.others else [])]),
        "theirs": ", ".join(
            [
                *([member] if contact.member_there else []),
                *(names[UUID(one)] for one in contact.staff if UUID(one) in names),
                *([contact.theirs] if contact.theirs else []),
            ]
        ),
        "member": member,
        "agreed": contact.agreed,
        "to_do": [_row(row, names) for row in rows],
        "who": names.get(contact.logged_by_id, ""),
        "logged_at": contact.logged_at,
    }


def _came_of(contact: Contact, story: Story) -> dict[str, Any] | None:
    found = next((one for one in story.contacts if one.id == contact.came_of_id), None)
    if found is None:
        return None
    label = lists.label("mp_channels", found.channel)
    return {"id": found.id, "words": f"{label}, {day(found.happened_on)}"}


def _row(row: FollowUp, names: dict[UUID, str]) -> dict[str, Any]:
    late = (today() - row.due_on).days if row.standing == "open" else 0
    return {
        "id": row.id,
        "words": row.words,
        "owner": names.get(row.owner_id, "") if row.owner_id else BY_OFFICE,
        "due_on": row.due_on,
        "overdue_days": max(late, 0),
        "standing": row.standing,
        "settled_at": row.settled_at,
        "settled_by": names.get(row.settled_by_id, "") if row.settled_by_id else "",
    }


def contact_of(contact: Contact, viewer: Viewer) -> dict[str, Any]:
    """One contact by itself, in words; three queries, and one for staff who were there."""
    names = names_of([*(UUID(person_id) for person_id in contact.ours), contact.logged_by_id])
    names |= queries.known_names([UUID(known) for known in contact.staff], viewer)
    return _entry(contact, Story(contact.story_id, [contact]), [], names, terms_of([contact]))


def rows_of(rows: Sequence[FollowUp]) -> list[dict[str, Any]]:
    """What is to be done after one contact, in words; one query."""
    names = names_of([person for row in rows for person in (row.owner_id, row.settled_by_id)])
    return [_row(row, names) for row in rows]


def due_of(found: Sequence[Due]) -> list[dict[str, Any]]:
    """What is to be done, in words; one query."""
    names = names_of([one.owner_id for one in found])
    return [
        {
            "words": one.words,
            "href": url_for("contacts.show", contact_id=one.contact_id),
            "owner": names.get(one.owner_id, "") if one.owner_id else BY_OFFICE,
            "due_on": one.due_on,
            "overdue_days": max((today() - one.due_on).days, 0),
        }
        for one in found
    ]


def staff_of(terms: Sequence[Term], viewer: Viewer, there: Sequence[str] = ()) -> list[Option]:
    """Who works for these MPs, as the group knows them: today, and whoever was there and has left; one query."""
    names = {term.id: f"{term.member.name} MP" for term in terms}
    return [
        Option(str(one.id), f"{one.name}, {one.role}" if one.role else one.name or "", hint=_of(names, one.term_id))
        for one in queries.staff(list(names), viewer)
        if one.ends_on is None or str(one.id) in there
    ]


def _of(names: dict[UUID, str], term_id: UUID | None) -> str:
    """Whose they are, where there is more than one MP."""
    return names[term_id] if term_id and len(names) > 1 else ""


def choices_of(contacts: Sequence[Contact]) -> list[tuple[str, str]]:
    """Earlier contacts to choose from."""
    return [
        (
            str(one.id),
            f"{day(one.happened_on)}: {lists.label('mp_channels', one.channel)}, {one.subject}",
        )
        for one in contacts
    ]


def areas_of(lines: Sequence[AreaLine]) -> list[dict[str, Any]]:
    """The areas of a programme in words."""
    return [
        {
            "name": one.name,
            "href": url_for("areas.show", organisation_id=one.id),
            "last_on": one.last_on,
            "quiet": one.is_quiet,
            "region": one.region,
            "ending": [(f"{term.member.name} MP", term.ends_on) for term in one.ending],
            "vacant": one.vacant,
            "contacts": one.contacts,
            "types": [item.label for item in lists.items("engagement_types") if item.code in one.types],
        }
        for one in lines
    ]
