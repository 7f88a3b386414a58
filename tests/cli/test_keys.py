"""`flask keys`: a new key for everything, also when the turning was stopped half-way."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import queries
from referrals.casework.actions import keys
from referrals.casework.models import Referral
from referrals.foundation import sealing
from referrals.foundation.database import db, transaction
from referrals.foundation.sealing import KeyRing, Vault
from tests.casework import cases
from tests.people import VOLUNTEER


@pytest.fixture
def ring_file(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A key ring of this test alone, in use while it runs."""
    before, settings = sealing.vault(), app.extensions["settings"]
    path = tmp_path / "keyring.json"
    KeyRing.load_or_create(path)
    sealing.configure(Vault(KeyRing.load(path)))
    app.extensions["settings"] = replace(settings, key_ring_file=path, key_ring="")
    yield path
    app.extensions["settings"] = settings
    sealing.configure(before)


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["keys", *words])
    return result.exit_code, result.output


def key_ids() -> set[str | None]:
    return set(db.session.scalars(select(Referral.wrapping_key_id)))


def story_of(referral_id: object) -> str | None:
    db.session.expunge_all()
    return queries.referral(referral_id, VOLUNTEER.viewer).story  # type: ignore[arg-type]


def test_everything_hangs_on_the_new_key_and_still_reads(app: Flask, ring_file: Path) -> None:
    made = [cases.make_referral("accepted").id for _ in range(3)]
    old = sealing.vault().current_id
    code, output = run(app, "rotate")
    new = KeyRing.load(ring_file).current_id
    assert code == 0
    assert "3 referrals to wrap" in output
    assert new != old
    assert key_ids() == {new}
    assert [story_of(referral_id) for referral_id in made] == [cases.STORY] * 3
    # Without the old key too: nothing hangs on it any more.
    sealing.configure(Vault(KeyRing.load(ring_file).without_key(old)))
    assert story_of(made[0]) == cases.STORY
    event = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "keys.rotated")).one()
    assert event.facts == {"key": new, "rows": 3}


def test_a_stopped_rotation_is_taken_up_again(app: Flask, ring_file: Path) -> None:
    made = [cases.make_referral("accepted").id for _ in range(3)]
    ring = KeyRing.load(ring_file).with_new_key()
    ring.save(ring_file)
    sealing.configure(Vault(ring))
    with transaction():
        assert keys.rewrap_referrals(limit=2) == 2
    assert len(key_ids()) == 2
    code, output = run(app, "rotate")
    assert code == 0
    assert f"Going on with key {ring.current_id}: 1 referrals are left." in output
    assert KeyRing.load(ring_file).current_id == ring.current_id
    assert key_ids() == {ring.current_id}
    assert [story_of(referral_id) for referral_id in made] == [cases.STORY] * 3


def test_an_empty_service_can_turn_its_key_too(app: Flask, ring_file: Path) -> None:
    code, output = run(app, "rotate")
    assert code == 0
    assert "0 referrals to wrap" in output


def test_a_ring_from_the_environment_is_not_changed_here(app: Flask, ring_file: Path) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], key_ring="anything")
    code, output = run(app, "rotate")
    assert code == 1
    assert "KEY_RING_FILE" in output


def test_a_ring_is_made_once_and_never_replaced(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    assert run(app, "create", str(path))[0] == 0
    content = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    code, output = run(app, "create", str(path))
    assert code == 1
    assert "is there already" in output
    assert path.read_bytes() == content
