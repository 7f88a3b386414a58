"""The case as a printed page and as a table: the chosen parts of what its own page shows the viewer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.documents.packing import PARTS, Part
from referrals.foundation import clock, spreadsheets
from referrals.web.filters import day, moment
from referrals.web.presenting.case import Rows
from referrals.web.presenting.referral import page_for

COLUMNS: Final = ("Reference", "Part", "When", "Who", "What", "Words")
NOTHING: Final = "Nothing is recorded."


def pack_for(referral: Referral, viewer: Viewer, parts: Collection[Part]) -> dict[str, Any]:
    """What `templates/packs/case.typ` reads: plain texts only.

    {title, reference, made, facts, sections: [{title, note, facts, entries: [{title, by, when, words: [{label, text}],
    facts}]}]}; facts are [{key, value}].
    """
    shown = page_for(referral, viewer)
    made_by = f"{viewer.name} on {moment(clock.now())}"
    return {
        "title": shown["strip"]["summary"],
        "reference": referral.reference,
        "made": f"Made by {made_by}. It holds personal data: keep it safe, and destroy it when it is no longer needed.",
        "facts": _standing(shown),
        "sections": [_section(part, shown, parts) for part in PARTS if part in parts and part in _MAKERS],
    }


def table_of(pack: Mapping[str, Any]) -> bytes:
    """The same as CSV, a line for each fact and each thing that happened."""
    return spreadsheets.to_csv(COLUMNS, _lines(pack))


def _lines(pack: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    reference = pack["reference"]
    for row in [{"key": "Summary", "value": pack["title"]}, *pack["facts"]]:
        yield (reference, "Where it stands", "", "", row["key"], row["value"])
    for section in pack["sections"]:
        for row in section["facts"]:
            yield (reference, section["title"], "", "", row["key"], row["value"])
        for entry in section["entries"]:
            said = [f"{part['label']}: {part['text']}" if part["label"] else part["text"] for part in entry["words"]]
            said += [f"{row['key']}: {row['value']}" for row in entry["facts"]]
            yield (reference, section["title"], entry["when"], entry["by"], entry["title"], "\n".join(said))


def _standing(shown: Mapping[str, Any]) -> Rows:
    strip = shown["strip"]
    state = strip["state_text"] or strip["state"].replace("_", " ").capitalize()
    rows = [("State", state), ("Whose turn", strip["turn_text"]), ("By when", day(strip["due"]))]
    return [{"key": key, "value": value} for key, value in rows if value] + _texts(shown["about"])


def _section(part: Part, shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    made = {"title": PARTS[part].label, "note": "", "facts": [], "entries": [], **_MAKERS[part](shown, parts)}
    if not made["facts"] and not made["entries"] and not made["note"]:
        made["note"] = NOTHING
    return made


def _story(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    told = [("What has happened", shown["story"]), ("What is wanted", shown["wanted"])]
    entries = [_entry(title, words=[("", words)]) for title, words in told if words]
    return {"entries": entries, "facts": _texts(shown["issue"])}


def _person(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    person = shown["person"]
    if not person:
        return {"note": "This is a request for advice from the group. It is not about a resident."}
    rows = _texts(person["rows"])
    if Part.CONTACT in parts:
        rows += [{"key": "Before you contact them", "value": "\n".join(person["advice"])}, *_texts(person["contact"])]
    return {"facts": rows}


def _outcome(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    if not shown["outcomes"]:
        return {"note": "There is no result yet."}
    outcome = shown["outcomes"][0]
    facts = [{"key": "What came of it", "value": "\n".join(outcome["codes"])}, *_texts(outcome["facts"])]
    facts += [{"key": kind["kind"], "value": "\n".join(map(_sum, kind["rows"]))} for kind in outcome["money"]]
    facts += _texts(outcome["resident"]) + _texts(shown["later"]["rows"])
    entry = _entry(outcome["resolution"], words=[("", outcome["words"] or "")])
    return {"entries": [entry], "facts": [row for row in facts if row["value"]]}


def _sum(row: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (row["amount"], row["yearly"], row["basis"], row["evidence"], row["when"])))


def _timeline(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    entries = [entry for entry in shown["timeline"] if Part.PRIVATE in parts or not entry["private_to"]]
    return {
        "entries": [
            _entry(
                f"{entry['title']} (only your {entry['private_to']})" if entry["private_to"] else entry["title"],
                when=moment(entry["moment"]),
                by=_who(entry),
                words=[("", entry["body"])] if entry["body"] else entry["parts"],
                facts=entry["details"],
            )
            for entry in reversed(entries)
        ]
    }


def _who(entry: Mapping[str, Any]) -> str:
    beside = ", ".join(filter(None, (entry["role"], entry["organisation"])))
    return f"{entry['who']} ({beside})" if beside else entry["who"]


def _enquiries(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    found = [*shown["enquiries"]["open"], *shown["enquiries"]["over"]]
    return {
        "entries": [
            _entry(
                one["title"],
                words=[("", one["sentence"]), ("Asked", one["asked"] or ""), ("Answer", one["reply"] or "")],
                facts=[(row["key"], row["value"]) for row in one["facts"]],
            )
            for one in found
        ]
    }


def _documents(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    rows = [row for row in shown["documents"]["rows"] if Part.PRIVATE in parts or not row["private_to"]]
    return {
        "entries": [
            _entry(row["name"], when=row["on"], by=row["by"], words=[("", row["about"]), ("", row["state"])])
            for row in rows
        ]
    }


def _letters(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    rows = [row for row in reversed(shown["letters"]["rows"]) if Part.PRIVATE in parts or not row["private_to"]]
    return {"entries": [_entry(row["title"], words=[("", row["about"]), ("", row["words"])]) for row in rows]}


def _consents(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    return {
        "entries": [
            _entry(consent["title"], words=[("", consent["scope"]), ("", consent["standing"])], by=consent["given"])
            for consent in shown["consents"]
        ]
    }


def _case_studies(shown: Mapping[str, Any], parts: Collection[Part]) -> dict[str, Any]:
    rows = [row for row in shown["case_studies"]["rows"] if Part.PRIVATE in parts or not row["private"]]
    return {"entries": [_entry(row["title"], words=[("", row["state"]), ("", row["about"])]) for row in rows]}


_MAKERS: Final = {
    Part.STORY: _story,
    Part.PERSON: _person,
    Part.OUTCOME: _outcome,
    Part.ENQUIRIES: _enquiries,
    Part.TIMELINE: _timeline,
    Part.DOCUMENTS: _documents,
    Part.LETTERS: _letters,
    Part.CONSENTS: _consents,
    Part.CASE_STUDIES: _case_studies,
}


def _entry(
    title: str,
    *,
    when: str = "",
    by: str = "",
    words: Sequence[tuple[str, str]] = (),
    facts: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    return {
        "title": title,
        "when": when,
        "by": by,
        "words": [{"label": label, "text": text} for label, text in words if text],
        "facts": [{"key": key, "value": str(value)} for key, value in facts],
    }


def _texts(rows: Rows) -> Rows:
    return [{"key": str(row["key"]), "value": str(row["value"] or "")} for row in rows]
