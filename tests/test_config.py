"""Settings: read with safe defaults, and refused in production one fault at a time."""

from pathlib import Path

import pytest

import config


def production(tmp_path: Path, **changes: str) -> dict[str, str]:
    """An environment that is fit for production, but for the changes."""
    ring = tmp_path / "keyring.json"
    ring.touch()
    return {
        "REFERRALS_ENV": "production",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "DATABASE_URL": "postgresql+psycopg://referrals@localhost/referrals",
        "KEY_RING_FILE": str(ring),
        "ALLOWED_HOSTS": "referrals.example.org",
        "BASE_URL": "https://referrals.example.org",
        "MAIL_TRANSPORT": "smtp",
    } | changes


def test_a_fit_production_starts(tmp_path: Path) -> None:
    settings = config.load(production(tmp_path))
    assert settings.production
    assert settings.allowed_hosts == ("referrals.example.org",)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is missing or allows everything"),
        ({"KEY_RING_FILE": "nowhere/keyring.json"}, "There is no key ring"),
        ({"BASE_URL": "http://referrals.example.org"}, "https://"),
        ({"MAIL_TRANSPORT": "folder"}, "MAIL_TRANSPORT must be smtp"),
        ({"SMTP_SECURITY": "none"}, "SMTP_SECURITY must be starttls or tls"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "in memory"),
    ],
)
def test_an_unsafe_production_is_refused_with_the_mend(tmp_path: Path, changes: dict[str, str], word: str) -> None:
    with pytest.raises(config.UnsafeSettings, match=word):
        config.load(production(tmp_path, **changes))


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(config.UnsafeSettings) as refusal:
        config.load(production(tmp_path, SECRET_KEY="", DEBUG="1"))
    assert "SECRET_KEY" in str(refusal.value)
    assert "DEBUG" in str(refusal.value)


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(config.UnsafeSettings, match="PORT must be a whole number"):
        config.load({"REFERRALS_ENV": "testing", "SECRET_KEY": "x", "PORT": "eighty"})


def test_links_follow_the_port() -> None:
    assert config.load({"REFERRALS_ENV": "testing", "SECRET_KEY": "x", "PORT": "9000"}).base_url.endswith(":9000")


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = config.load(production(tmp_path, SMTP_PASSWORD="hush hush"))
    assert "hush" not in repr(settings)
    assert settings.secret_key not in repr(settings)
