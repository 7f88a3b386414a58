"""Who steals the database, its files, the log or the mail reads no word about any resident."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_string, policy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

import config
from referrals.accounts.models import Person
from referrals.casework.models import Referral, Resident
from referrals.cli.worker import Worker
from referrals.correspondence.models import Letterhead
from referrals.directory.models import Organisation
from referrals.foundation.database import Base, db
from referrals.foundation.ids import new_id
from referrals.foundation.sealing import SealedJSON, SealedText
from referrals.notifications import settings as mail
from referrals.stories.models import PublishedStory
from tests import people
from tests.house.searching import Needles, parts_of
from tests.plugins.application import Stage
from tests.plugins.demonstration import Demonstration, listening
from tests.plugins.run import made_once, run_folder
from tests.plugins.visitors import Visitor

BRIEFING = 'filename="briefing-'
# What the service tells everybody: a resident's words that are also there are no secret.
PUBLIC = (
    "referrals/directory/lists",
    "referrals/cli/demo/world.toml",
    # What case studies call bodies, places and ages instead of what they are.
    "referrals/stories/generalising.py",
    "templates",
)


@dataclass
class Theft:
    """Everything that lies about after the demonstration was loaded and used, and what must not be in it."""

    needles: Needles
    rows: bytes
    files: bytes
    log: bytes
    mails: list[str]
    names: list[str]


def texts_in(value: Any) -> Iterator[str]:
    """Every text within a sealed value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (found for inner in value.values() for found in texts_in(inner))
    elif isinstance(value, list):
        yield from (found for inner in value for found in texts_in(inner))


def sealed_texts() -> Iterator[str]:
    """Every word that is sealed, opened: of whichever table and column there are."""
    for mapper in Base.registry.mappers:
        names = [name for name, kind in vars(mapper.class_).items() if isinstance(kind, (SealedText, SealedJSON))]
        for row in db.session.scalars(select(mapper.class_)) if names else ():
            for name in names:
                yield from texts_in(getattr(row, name))


def letterheads() -> list[str]:
    """How offices name themselves and are reached, as it stands on every letter they send: no secret of anybody."""
    heads = db.session.scalars(select(Letterhead))
    return [text for head in heads for text in (head.member, head.office, head.address, head.phone, head.email)]


def published() -> list[str]:
    """What everybody may read of case studies, by the consent of whom they are about."""
    stories = db.session.scalars(select(PublishedStory))
    return [text for story in stories for text in texts_in([story.title, story.content])]


def secret_words() -> set[str]:
    """What to look for: sealed texts, in parts, without codes and without what the service says itself."""
    paths = [path for name in PUBLIC for path in [config.ROOT / name, *(config.ROOT / name).rglob("*")]]
    told = [path.read_text() for path in paths if path.suffix in {".toml", ".html", ".txt", ".py"}]
    public = "\n".join([*told, *letterheads(), *published()]).lower()
    texts = {text for text in sealed_texts() if " " in text or "@" in text}
    texts |= {part for resident in db.session.scalars(select(Resident)) for part in (resident.name or "").split()}
    return {part for text in texts for part in parts_of(text) if part.lower() not in public}


def raw_rows() -> bytes:
    """Every column of every row of every table as the driver gives it, except the postcodes of the whole country."""
    found = []
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name != "postcodes":
                rows = connection.execute(text(f'SELECT * FROM "{table.name}"'))
                found += [value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row]
    return b"\0".join(found)


def raw_files(stage: Stage) -> bytes:
    """The database's own files: on SQLite with its log, on PostgreSQL everything that it wrote for this database."""
    if not stage.server:
        return b"".join(path.read_bytes() for path in sorted(stage.folder.glob("referrals.db*")))
    with stage.server.connect(stage.name) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert row is not None
    folder = run_folder() / "postgres" / "data"
    # Lower numbers are PostgreSQL's own tables, the same everywhere.
    files = (path for path in (folder / "base" / str(row[0])).iterdir() if path.name[0].isdigit())
    files = [path for path in files if int(re.split(r"[_.]", path.name)[0]) >= 16384]
    return b"".join(path.read_bytes() for path in files)


def look_around(stage: Stage) -> None:
    """Somebody of an office signs in, looks for a resident by name, reads what they find, and writes about it."""
    worker = db.session.scalars(select(Person).where(Person.email == "caseworker@demo.example")).one()
    mine = Referral.assignee_id == worker.id, Referral.state == "in_progress"
    referral = db.session.scalars(select(Referral).where(*mine)).first()
    assert referral is not None
    assert referral.resident is not None
    name, page = referral.resident.name, f"/referrals/{referral.reference}"
    visitor = Visitor(stage.app)
    visitor.send("/sign-in", {"email": worker.email, "password": people.PASSWORD})
    assert referral.reference in visitor.send("/find", {"text": name}).text
    assert name in visitor.get(page).text
    note = {"body": "Rang the resident: the chandelier is still leaking"}
    assert visitor.send(f"{page}/notes/private", note).status_code == 303


def steal(demonstration: Demonstration) -> Theft:
    """Use the demonstration, send its mail, and take everything that lies about then, from its loading on."""
    demonstration.put_on()
    stage = demonstration.stage
    with stage.app.app_context(), listening() as listener:
        folder = mail.current().folder
        before = set(folder.glob("*")) if folder.exists() else set()
        look_around(stage)
        Worker(jobs=()).round()
        mails = [path.read_text() for path in set(folder.glob("*")) - before]
        names = [*db.session.scalars(select(Person.name)), *db.session.scalars(select(Organisation.name))]
        needles = Needles(secret_words())
        db.session.remove()
        rows, files = raw_rows(), raw_files(stage)
    log = "\n".join([demonstration.log(), *listener.lines])
    return Theft(needles, rows, files, log.encode(), mails, names)


@pytest.fixture(scope="module")
def theft(demonstration: Demonstration) -> Theft:
    """What a thief has when the demonstration was loaded and used, and its mail was sent."""
    return made_once(f"theft-{demonstration.stage.kind}", lambda: steal(demonstration))


def test_there_is_much_to_look_for(theft: Theft) -> None:
    words = set(theft.needles.words)
    assert len(words) > 800
    assert {"Adeyemi-Walsh", "Terence Adeyemi-Walsh", "Rang the resident: the c"[:20]} <= words
    assert min(len(theft.rows), len(theft.files)) > 500_000
    assert len(theft.mails) > 100


def test_no_row_tells_a_word(theft: Theft) -> None:
    assert theft.needles.found_in(theft.rows) == set()


def test_no_file_of_the_database_tells_a_word(theft: Theft) -> None:
    assert theft.needles.found_in(theft.files) == set()


def test_no_line_of_the_log_tells_a_word(theft: Theft) -> None:
    assert b"attempt 1: sent" in theft.log
    assert theft.needles.found_in(theft.log) == set()


def opened(text_of_mail: str) -> bytes:
    """What a mail with a file says: its subject, its words, and the file."""
    found = message_from_string(text_of_mail, policy=policy.default)
    parts = [part.get_payload(decode=True) for part in found.walk() if not part.is_multipart()]
    return b"\n".join([str(found["Subject"]).encode(), *(part for part in parts if isinstance(part, bytes))])


def test_no_mail_tells_a_word_or_names_anybody(theft: Theft) -> None:
    for text_of_mail in theft.mails:
        # What an area sends to its MP's office on purpose says from whom it is, and its file is looked at as it is.
        if BRIEFING in text_of_mail:
            assert theft.needles.found_in(opened(text_of_mail)) == set()
            continue
        assert theft.needles.found_in(text_of_mail.encode()) == set()
        assert [name for name in theft.names if name in text_of_mail] == []
    assert sum(BRIEFING in text_of_mail for text_of_mail in theft.mails) == 1


# Each way in which a name may be left lying about, with a name of its own.
WAYS: dict[str, Callable[[str], str]] = {
    "Ottoline Quarrington": str,
    "Barnaby Fennimore": str.upper,
    "Clementine Ashgrove": lambda name: name.replace(" ", ""),
    "Peregrine Hollowell": "  ".join,
    "Wilhelmina Oxenford": lambda name: name[::-1],
    "Thaddeus Merriweather": lambda name: name.lower().encode().hex(),
    "Philippa Underwood": lambda name: base64.b64encode(b"xy" + name.encode() + b" and more").decode(),
    "Leopold Zéphirin": lambda name: json.dumps({"who": name}),
}


def test_a_word_left_lying_about_would_be_found(app: Flask, stage: Stage) -> None:
    needles = Needles(WAYS)
    assert needles.found_in(raw_rows()) == set()
    kind = {"kind": "group", "created_at": people.LONG_AGO}
    with db.engine.begin() as connection:
        for name, way in WAYS.items():
            leak = {"id": new_id(), "code": name[:6], "name": way(name), **kind}
            connection.execute(insert(Organisation).values(**leak))
    assert needles.found_in(raw_rows()) == set(WAYS)
    assert needles.found_in(raw_files(stage)) == set(WAYS)
