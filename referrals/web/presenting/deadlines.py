"""The deadlines of a referral in words: the last day, how it is counted, where that is written, and what to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.casework import deadlines, policy
from referrals.casework.deadlines import About, Deadline, Kind, Rule, wording
from referrals.casework.deadlines.following import MET
from referrals.casework.models import DatedEvent, Referral
from referrals.casework.queries import Dated
from referrals.casework.queries.deadlines import kind_label
from referrals.foundation.clock import now, today
from referrals.web.filters import clock, count, day
from referrals.web.presenting.case import small

KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.LIMIT: ("Limit for the resident", "red"),
    Kind.DUTY: ("Legal duty of a body", "orange"),
    Kind.REPLY: ("Answer to be expected", "teal"),
    Kind.DATA: ("Data protection", "purple"),
    Kind.CONSENT: ("Consent ends", "yellow"),
    Kind.APPOINTMENT: ("Appointment", "grey"),
}
HEADINGS: Final[Mapping[About, str]] = {
    About.MONEY: "Benefits and money",
    About.HOUSING: "Housing",
    About.COMPLAINTS: "Complaints about public bodies",
    About.LETTERS: "Letters of the office",
    About.DATA: "Personal data",
    About.DIARY: "In the diary",
}
CHECK: Final = "Check the letter. If it gives another day, that day counts: change it here."
UNSURE: Final = "We have not read this rule in a law or an official page. Check it before you rely on it."
# What the strip of a referral names when it is near: what a person must not miss.
ON_THE_STRIP: Final = (Kind.LIMIT, Kind.APPOINTMENT)


def weekday(value: date) -> str:
    """'Friday 27 November 2026'."""
    return f"{value:%A} {day(value)}"


def deadlines_for(found: Dated, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What `referrals/_deadlines.html` reads."""
    keeps = policy.may_keep_dates(referral, viewer)
    suggested = []
    if keeps and policy.is_open(referral):
        known = [event.kind for event in found.standing]
        suggested = deadlines.suggested(referral.category, referral.issue_type, known)
    return {
        "open": [card(one, found, referral) for one in found.deadlines if one.is_open and not _waits(one, found)],
        "over": [card(one, found, referral) for one in found.deadlines if not one.is_open],
        "dates": [_date_row(event, found, referral) for event in found.standing],
        "suggested": [{"text": one.label, "href": _new(referral, one.code)} for one in suggested],
        "key_date": day(referral.key_date) if suggested else "",
        "keeps": keeps,
        "new": url_for("deadlines.choose", reference=referral.reference),
    }


def pressing_for(found: Dated) -> dict[str, str] | None:
    """The nearest limit or appointment for the strip, once it is at most seven days away; None where none is.

    What has gone is named too, but for appointments.
    """
    near = [
        one
        for one in found.deadlines
        if one.rule.kind in ON_THE_STRIP and one.is_near(today()) and not (_is_appointment(one) and one.is_past(now()))
    ]
    if not near:
        return None
    first = near[0]
    return {"name": title(first), "when": when(first), "left": left(first), "href": f"#{anchor(first)}"}


def card(one: Deadline, found: Dated, referral: Referral) -> dict[str, Any]:
    """One deadline as its macro reads it."""
    text, tone = KINDS[one.rule.kind]
    return {
        "id": anchor(one),
        "title": title(one),
        "kind": text,
        "tone": tone,
        "when": when(one),
        "when_label": "On" if _is_appointment(one) else "Last day",
        "left": left(one),
        "late": one.is_open and one.is_past(now()),
        "near": one.is_near(today()),
        "opens": f"It begins on {day(one.counted.opens_on)}." if one.counted.opens_on else "",
        "missed": small(one.rule.missed),
        "facts": facts(one, found),
        "unsure": "" if one.rule.verified else UNSURE,
        "check": "" if _is_appointment(one) else CHECK,
        "over": over(one, found),
        "change": link("deadlines.change", one, referral),
        "end": link("deadlines.end", one, referral),
        # What ended with another rule is opened again there.
        "open_again": one.ended is not None
        and one.ended.rule == one.rule.code
        and link("deadlines.open_again", one, referral),
    }


def facts(one: Deadline, found: Dated) -> list[dict[str, str]]:
    """How it is counted and where that is written, as rows."""
    rows = [("Who changed it", _moved(one, found))]
    if not _is_appointment(one):
        rows = [
            ("Counted from", f"{kind_label(one.event.kind)}, {_moment(one.event)}"),
            *rows,
            ("How", wording.how_counted(one.rule)),
            ("Rests on", f"{one.rule.basis}. {source(one.rule)}"),
            ("Good to know", one.rule.note),
        ]
    words = one.event.words or ""
    rows.append(("Note", "" if words == title(one) else words))
    return [{"key": key, "value": value} for key, value in rows if value]


def source(rule: Rule) -> str:
    """Where a rule was read, and when."""
    return f"Read in {rule.checked:%B %Y}: {rule.source}."


def title(one: Deadline) -> str:
    """What is to be done, or what the appointment is."""
    return one.event.words if _is_appointment(one) and one.event.words and _is_short(one.event.words) else one.rule.name


def when(one: Deadline) -> str:
    """The last day in words, with the time where it is exact."""
    if one.day is None:
        since = one.counted.stopped_since
        return f"The clock has stood still since {day(since)}" if since else "Not known yet: look it up and enter it"
    at = f" at {clock(one.moment)}" if one.moment else ""
    return f"{weekday(one.day)}{at}"


def left(one: Deadline) -> str:
    """How many days are left, or how long ago it was; nothing for what is over or has no day."""
    days = one.days_left(today())
    if days is None or not one.is_open:
        return ""
    if _is_appointment(one):
        words = {0: "today", 1: "tomorrow"}.get(days) or (
            f"in {days} days" if days > 0 else f"{count(-days, 'day')} ago"
        )
        return words[:1].upper() + words[1:]
    if days == 0:
        return "Time is up" if one.is_past(now()) else "Today is the last day"
    if days > 0:
        return f"{count(days, 'day')} left"
    return f"Passed {count(-days, 'day')} ago" if one.is_limit else f"{count(-days, 'day')} overdue"


def over(one: Deadline, found: Dated) -> str:
    """Why it is over; empty for what is open."""
    if one.ended is None:
        return f"Done: {kind_label(one.met_by.kind)}, {_moment(one.met_by)}." if one.met_by else ""
    who = found.name_of(one.ended.by_id)
    if one.ended.decision == MET:
        return f"Done on {day(one.ended.day)} ({who})."
    return f"No longer applies ({who}, {day(one.ended.at)})." + (f" {one.ended.words}" if one.ended.words else "")


def anchor(one: Deadline) -> str:
    """Where on the page it stands."""
    return f"deadline-{one.event.id}-{one.rule.code}"


def offered(referral: Referral) -> list[dict[str, Any]]:
    """Every kind of date that can matter to the referral: suggested ones first, then by what they are about."""
    here = deadlines.suggested(referral.category, referral.issue_type, [])
    groups = {"Most likely for this referral": here} | {
        words: [one for one in deadlines.triggers_for(referral.category) if one.about is about and one not in here]
        for about, words in HEADINGS.items()
    }
    return [
        {
            "title": words,
            "dates": [{"text": one.label, "hint": one.hint, "href": _new(referral, one.code)} for one in some],
        }
        for words, some in groups.items()
        if some
    ]


def follows(kind: str) -> list[dict[str, str]]:
    """What a date of this kind sets going: each rule with how it counts."""
    return [
        {"name": rule.name, "how": wording.how_counted(rule)}
        for rule in deadlines.rules_of(kind, today())
        if rule.kind is not Kind.APPOINTMENT
    ]


def all_rules(referral: Referral) -> list[dict[str, Any]]:
    """Every rule of the catalogue that can matter to the referral, under the headings of the dates they start from."""
    here = [rule for rule in deadlines.rules() if deadlines.trigger(rule.trigger).is_for(referral.category)]
    groups = {
        words: [rule for rule in here if deadlines.trigger(rule.trigger).about is about]
        for about, words in HEADINGS.items()
        if about is not About.DIARY
    }
    return [{"title": words, "rules": [_rule_row(rule) for rule in some]} for words, some in groups.items() if some]


def _rule_row(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "kind": KINDS[rule.kind][0],
        "starts": kind_label(rule.trigger),
        "how": wording.how_counted(rule),
        "basis": f"{rule.basis}. {source(rule)}",
        "unsure": "" if rule.verified else UNSURE,
        "note": rule.note,
    }


def _waits(one: Deadline, found: Dated) -> bool:
    """Whether it only matters once another rule of the same date is missed, and that one still can be met."""
    return any(
        other.rule.code == one.rule.done_with
        and other.event is one.event
        and other.is_open
        and not other.is_past(now())
        for other in found.deadlines
    )


def _moved(one: Deadline, found: Dated) -> str:
    if one.moved is None:
        return ""
    rule = f" By the rule it would be {day(one.counted.day)}." if one.counted.day else ""
    why = f" {one.moved.words}" if one.moved.words else ""
    return f"{found.name_of(one.moved.by_id)}, {day(one.moved.at)}.{rule}{why}"


def _date_row(event: DatedEvent, found: Dated, referral: Referral) -> dict[str, Any]:
    side = "office" if event.organisation_id == referral.office_id else "group"
    return {
        "label": kind_label(event.kind),
        "when": _moment(event),
        "by": f"Recorded by {found.name_of(event.recorded_by_id)} ({side}), {day(event.created_at)}",
        "words": event.words or "",
        "withdraw": url_for("deadlines.withdraw", reference=referral.reference, event_id=event.id),
    }


def _moment(event: DatedEvent) -> str:
    return f"{day(event.day)} at {clock(event.moment)}" if event.moment else day(event.day)


def _is_appointment(one: Deadline) -> bool:
    return one.rule.kind is Kind.APPOINTMENT


def _is_short(words: str) -> bool:
    return len(words) <= 80 and "\n" not in words


def _new(referral: Referral, kind: str) -> str:
    return url_for("deadlines.new", reference=referral.reference, kind=kind)


def link(endpoint: str, one: Deadline, referral: Referral) -> str:
    """The address of a page about one deadline."""
    return url_for(endpoint, reference=referral.reference, event_id=one.event.id, rule=one.rule.code)
