"""How mail leaves the service: its settings, given once at start."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit


class Transport(StrEnum):
    """Where messages go: into a folder as .eml files, or to a mail server."""

    FOLDER = "folder"
    SMTP = "smtp"


class SmtpSecurity(StrEnum):
    """How the conversation with the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """Everything about mail. `base_url` is the service's address, such as `https://referrals.example`."""

    base_url: str
    templates: Path
    sender: str
    transport: Transport = Transport.FOLDER
    folder: Path = Path("instance/outbox")
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_security: SmtpSecurity = SmtpSecurity.NONE
    smtp_user: str | None = None
    smtp_password: str | None = None
    # Seconds for each step of the conversation.
    smtp_timeout: float = 20.0

    @property
    def host(self) -> str:
        """The host name of the service, which ends every Message-ID."""
        return urlsplit(self.base_url).hostname or "localhost"


class MailNotConfigured(RuntimeError):
    """A message was to be queued or sent before the process was given its mail settings."""


_current: MailSettings | None = None


def configure(settings: MailSettings) -> None:
    """Give the process its mail settings; later calls replace them."""
    global _current  # noqa: PLW0603 - one set per process, given at start
    _current = settings


def current() -> MailSettings:
    """The mail settings of this process. Raises MailNotConfigured before `configure`."""
    if _current is None:
        raise MailNotConfigured("mail is not configured: the settings were not given at start")
    return _current
