"""Settings: read from the environment, safe by default, and refused in production when unsafe."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
# Printed at every start with demo data, and refused in production.
DEMO_PASSWORD = "kettle-lantern-orchard-42"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its environment variable, what it is when unset, and what it means."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("REFERRALS_ENV", "development", "`development`, `testing` or `production`, which refuses unsafe settings"),
    Setting("SECRET_KEY", "made on first run", "Signs cookies; at least 32 characters; required in production"),
    Setting("DATABASE_URL", "sqlite:///instance/referrals.db", "An SQLite or PostgreSQL address"),
    Setting(
        "KEY_RING_FILE",
        "instance/keyring.json",
        "Where the key ring lies (mode 0600; made on first run)",
    ),
    Setting("KEY_RING", "", "The key ring itself, as text, instead of a file"),
    Setting(
        "ALLOWED_HOSTS",
        "127.0.0.1, localhost",
        "Host names it answers to, with commas; required in production",
    ),
    Setting("BASE_URL", "http://127.0.0.1:PORT", "The address people use; links in mail begin with it"),
    Setting("PORT", "8000", "The port of the web server (`make run`)"),
    Setting("WEB_PROCESSES", "2", "Web server processes (one where the SQLite is too old to share)"),
    Setting("WEB_THREADS", "4", "Threads of each web server process"),
    Setting("TRUSTED_PROXIES", "0", "How many reverse proxies stand in front of it"),
    Setting("DOCUMENT_STORE", "folder", "Where documents lie, sealed: `folder` or `s3`"),
    Setting("DOCUMENT_FOLDER", "instance/documents", "Where `folder` puts them (mode 0700; shared by all processes)"),
    Setting("S3_BUCKET", "", "The bucket of `s3`"),
    Setting("S3_REGION", "eu-west-2", "Its region"),
    Setting("S3_ENDPOINT", "", "The address of an S3 service that is not Amazon's"),
    Setting("S3_ACCESS_KEY_ID", "", "The key that may read, write and delete in the bucket"),
    Setting("S3_SECRET_ACCESS_KEY", "", "Its secret"),
    Setting(
        "CLAMD_ADDRESS",
        "",
        "A clamd (`host:port`, or the path of its socket) that looks at every document; without one none is scanned",
    ),
    Setting("MAIL_TRANSPORT", "folder", "`folder` writes messages into MAIL_FOLDER; `smtp` sends them"),
    Setting("MAIL_FOLDER", "instance/outbox", "Where `folder` puts messages"),
    Setting("MAIL_FROM", "Referrals <no-reply@localhost>", "The sender of every message"),
    Setting("SMTP_HOST", "localhost", "The mail server"),
    Setting("SMTP_PORT", "587", "Its port"),
    Setting("SMTP_USER", "", "Its user name, if it asks for one"),
    Setting("SMTP_PASSWORD", "", "Its password"),
    Setting("SMTP_SECURITY", "starttls", "`starttls`, `tls` or `none` (`none` is refused in production)"),
    Setting("SERVICE_OWNER", "the organisation that runs this service", "Who runs this copy of the service"),
    Setting("SERVICE_CONTACT", "help@localhost", "Where people write for help"),
    Setting("DEMO_PASSWORD", DEMO_PASSWORD, "The password of the demo people; they never exist in production"),
    Setting("DEBUG", "", "`1` shows faults in the browser; refused in production"),
)


class UnsafeSettings(RuntimeError):
    """The settings are not fit for production; the message lists each fault and its mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in use, typed. Paths are absolute."""

    env: str
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    key_ring_file: Path
    key_ring: str = field(repr=False)
    allowed_hosts: tuple[str, ...]
    base_url: str
    port: int
    web_processes: int
    web_threads: int
    trusted_proxies: int
    document_store: str
    document_folder: Path
    s3_bucket: str
    s3_region: str
    s3_endpoint: str
    s3_access_key_id: str
    s3_secret_access_key: str = field(repr=False)
    clamd_address: str
    mail_transport: str
    mail_folder: Path
    mail_from: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_security: str
    service_owner: str
    service_contact: str
    demo_password: str = field(repr=False)
    debug: bool

    @property
    def production(self) -> bool:
        """Whether real people's data may be here."""
        return self.env == "production"

    @property
    def testing(self) -> bool:
        """Whether the tests are running."""
        return self.env == "testing"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises UnsafeSettings for a value that cannot be read or, in production, is not safe."""
    given = os.environ if environ is None else environ
    values = {setting.name: given.get(setting.name, "").strip() or setting.default for setting in SETTINGS}
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "KEY_RING", "SMTP_USER", "SMTP_PASSWORD", "DEBUG"):
        values[name] = given.get(name, "").strip()
    settings = _typed(values)
    if settings.production:
        faults = production_faults(settings)
        if faults:
            raise UnsafeSettings("\n- ".join(["This is not safe to start in production:", *faults]))
    return settings


def _typed(values: Mapping[str, str]) -> Settings:
    env = values["REFERRALS_ENV"]
    if env not in ("development", "testing", "production"):
        raise UnsafeSettings("REFERRALS_ENV must be development, testing or production.")
    production = env == "production"
    hosts = tuple(host.strip() for host in values["ALLOWED_HOSTS"].split(",") if host.strip())
    return Settings(
        env=env,
        secret_key=values["SECRET_KEY"] or ("" if production else _kept_secret()),
        database_url=_absolute_sqlite(values["DATABASE_URL"]),
        key_ring_file=_absolute(values["KEY_RING_FILE"]),
        key_ring=values["KEY_RING"],
        allowed_hosts=hosts if hosts or production else LOCAL_HOSTS,
        base_url=values["BASE_URL"].rstrip("/").replace(":PORT", f":{_number(values, 'PORT')}"),
        port=_number(values, "PORT"),
        web_processes=_number(values, "WEB_PROCESSES"),
        web_threads=_number(values, "WEB_THREADS"),
        trusted_proxies=_number(values, "TRUSTED_PROXIES"),
        document_store=values["DOCUMENT_STORE"],
        document_folder=_absolute(values["DOCUMENT_FOLDER"]),
        s3_bucket=values["S3_BUCKET"],
        s3_region=values["S3_REGION"],
        s3_endpoint=values["S3_ENDPOINT"],
        s3_access_key_id=values["S3_ACCESS_KEY_ID"],
        s3_secret_access_key=values["S3_SECRET_ACCESS_KEY"],
        clamd_address=values["CLAMD_ADDRESS"],
        mail_transport=values["MAIL_TRANSPORT"],
        mail_folder=_absolute(values["MAIL_FOLDER"]),
        mail_from=values["MAIL_FROM"],
        smtp_host=values["SMTP_HOST"],
        smtp_port=_number(values, "SMTP_PORT"),
        smtp_user=values["SMTP_USER"],
        smtp_password=values["SMTP_PASSWORD"],
        smtp_security=values["SMTP_SECURITY"],
        service_owner=values["SERVICE_OWNER"],
        service_contact=values["SERVICE_CONTACT"],
        demo_password=values["DEMO_PASSWORD"],
        debug=values["DEBUG"] == "1",
    )


def production_faults(settings: Settings) -> list[str]:
    """What makes these settings unsafe for real people's data, each with its mend; empty when nothing does."""
    checks = (
        (not settings.secret_key, "SECRET_KEY is missing. Set it to at least 32 random characters."),
        (
            0 < len(settings.secret_key) < SHORTEST_SECRET,
            "SECRET_KEY is too short. Set it to at least 32 random characters.",
        ),
        (settings.debug, "DEBUG is on. Unset it: it shows the inside of the service to anyone."),
        (
            not settings.allowed_hosts or "*" in settings.allowed_hosts,
            "ALLOWED_HOSTS is missing or allows everything. Set it to the host names people use.",
        ),
        (
            not settings.key_ring and not settings.key_ring_file.exists(),
            "There is no key ring. Make one in development with `flask keys create`, and name it in KEY_RING_FILE.",
        ),
        (
            not settings.base_url.startswith("https://"),
            "BASE_URL must begin with https://, because links in mail carry tokens.",
        ),
        (
            settings.mail_transport != "smtp",
            "MAIL_TRANSPORT must be smtp. Messages written to a folder reach nobody.",
        ),
        (settings.smtp_security not in ("starttls", "tls"), "SMTP_SECURITY must be starttls or tls."),
        (
            ":memory:" in settings.database_url,
            "DATABASE_URL names a database in memory. Everything would be lost at a stop.",
        ),
    )
    return [fault for wrong, fault in checks if wrong]


def _number(values: Mapping[str, str], name: str) -> int:
    try:
        return int(values[name])
    except ValueError:
        raise UnsafeSettings(f"{name} must be a whole number, such as 8000.") from None


def _absolute(path: str) -> Path:
    return path_ if (path_ := Path(path)).is_absolute() else ROOT / path_


def _absolute_sqlite(url: str) -> str:
    prefix = "sqlite:///"
    if not url.startswith(prefix) or ":memory:" in url or url.startswith(prefix + "/"):
        return url
    return prefix + str(ROOT / url.removeprefix(prefix))


def _kept_secret() -> str:
    """The secret of a development copy, made once and kept beside its database."""
    file = ROOT / "instance" / "secret_key"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    if not file.exists():
        # Written whole under another name, then linked: of two processes starting at once, one makes it, both read it.
        draft = file.with_name(f"secret_key.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
