"""Transports: the ways a mail leaves, and what each kind of failure means for trying again."""

import os
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Final, Protocol

from referrals.notifications.settings import MailSettings, SmtpSecurity, Transport

# The server asks for a sign-in, or refuses ours: our settings are at fault, not the message (RFC 4954 section 6).
_OUR_SETTINGS: Final = frozenset({530, 534, 535, 538})


class Refused(Exception):
    """The message was not taken; `why` names the kind of failure and the code, never the server's words."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class RefusedForGood(Refused):
    """Trying again would bring the same answer."""


class RefusedForNow(Refused):
    """Another time it may be taken."""


class ServerAway(Refused):
    """There is no server to talk to, or it does not let us in: nothing was wrong with the message."""


class Carrier(Protocol):
    """What carries mails away."""

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand over one mail; raises a kind of Refused."""

    def close(self) -> None:
        """Say goodbye; never raises."""


def carrier(settings: MailSettings) -> Carrier:
    """The carrier that the settings ask for; it connects when the first mail is sent."""
    return SmtpCarrier(settings) if settings.transport is Transport.SMTP else FolderCarrier(settings.folder)


class FolderCarrier:
    """Writes each mail into a folder as `<its Message-ID>.eml`, for development."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage, to: str) -> None:
        """Write the file in one step; a mail sent twice is the same file."""
        name = mail["Message-ID"].strip("<>").partition("@")[0]
        draft = self._folder / f".{name}.writing"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(bytes(mail))
            draft.replace(self._folder / f"{name}.eml")
        except OSError as fault:
            raise ServerAway(type(fault).__name__) from None

    def close(self) -> None:
        """Nothing is held open."""


class SmtpCarrier:
    """Talks to the mail server; one connection serves several mails."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand over one mail. Raises ServerAway, RefusedForNow or RefusedForGood."""
        server = self._connected()
        try:
            server.send_message(mail, parseaddr(self._settings.sender)[1], [to])
        except smtplib.SMTPRecipientsRefused as fault:
            raise _verdict(fault, next(iter(fault.recipients.values()))[0]) from None
        except smtplib.SMTPResponseException as fault:
            raise _verdict(fault, fault.smtp_code) from None
        except smtplib.SMTPNotSupportedError as fault:
            # The address needs an extension that the server has not.
            raise RefusedForGood(type(fault).__name__) from None
        except (smtplib.SMTPException, OSError) as fault:
            self._drop()
            raise RefusedForNow(type(fault).__name__) from None

    def close(self) -> None:
        """Say goodbye to the server, if there was a conversation."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._connect()
            except smtplib.SMTPResponseException as fault:
                raise ServerAway(f"{type(fault).__name__} {fault.smtp_code}") from None
            except (smtplib.SMTPException, OSError) as fault:
                raise ServerAway(type(fault).__name__) from None
        return self._server

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        host, port, timeout = settings.smtp_host, settings.smtp_port, settings.smtp_timeout
        tls = ssl.create_default_context()
        server: smtplib.SMTP
        if settings.smtp_security is SmtpSecurity.TLS:
            server = smtplib.SMTP_SSL(host, port, local_hostname=settings.host, timeout=timeout, context=tls)
        else:
            server = smtplib.SMTP(host, port, local_hostname=settings.host, timeout=timeout)
        try:
            if settings.smtp_security is SmtpSecurity.STARTTLS:
                server.starttls(context=tls)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password or "")
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _verdict(fault: Exception, code: int) -> Refused:
    why = f"{type(fault).__name__} {code}"
    if code in _OUR_SETTINGS:
        return ServerAway(why)
    return RefusedForGood(why) if 500 <= code <= 599 else RefusedForNow(why)
