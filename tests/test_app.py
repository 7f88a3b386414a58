"""Starting in production: refused on demo people and on a shared database that could be corrupted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import config
from referrals.accounts.models import Person
from referrals.app import create_app
from referrals.foundation import engines, sealing
from referrals.foundation.database import db
from tests import people
from tests.plugins.application import Stage, settings_for


def production(stage: Stage, tmp_path: Path, **changes: str) -> config.Settings:
    """The settings of a production on the database of this test."""
    sealing.KeyRing.load_or_create(tmp_path / "keyring.json")
    environ = {
        "REFERRALS_ENV": "production",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "DATABASE_URL": stage.url,
        "KEY_RING_FILE": str(tmp_path / "keyring.json"),
        "ALLOWED_HOSTS": "referrals.example.org",
        "BASE_URL": "https://referrals.example.org",
        "MAIL_TRANSPORT": "smtp",
    }
    return config.load(environ | changes)


@pytest.fixture(autouse=True)
def _settings_put_back(app: Flask, stage: Stage) -> Iterator[None]:
    """Give the tests after this one the settings of tests back: a new application brings its own key ring and mail."""
    yield
    create_app(settings_for(stage.url, stage.folder))


def test_a_production_with_real_people_starts(app: Flask, stage: Stage, tmp_path: Path) -> None:
    made = create_app(production(stage, tmp_path))
    assert made.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert made.config["SESSION_COOKIE_SECURE"] is True


def test_demo_people_are_refused(app: Flask, stage: Stage, tmp_path: Path) -> None:
    with db.engine.begin() as connection:
        connection.execute(Person.__table__.update().where(Person.id == people.LEAD.id).values(is_demo=True))
    with pytest.raises(config.UnsafeSettings, match="demo people"):
        create_app(production(stage, tmp_path))


def test_an_old_sqlite_is_not_shared(app: Flask, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.SQLITE, "sqlite_version", "3.40.1")
    if stage.kind == "sqlite":
        with pytest.raises(config.UnsafeSettings, match="WEB_PROCESSES=1"):
            create_app(production(stage, tmp_path))
    assert create_app(production(stage, tmp_path, WEB_PROCESSES="1"))
