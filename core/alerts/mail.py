"""How does a letter reach the owner? One SMTP conversation, encrypted wherever a password is part of it."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib

from core.clock import Clock
from core.config import Settings
from core.errors import Transient

_SECONDS = 30.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"smtp": 587, "smtps": 465}


def recipients(settings: Settings, chosen: str | None) -> Sequence[str]:
    """Return who gets the letters: those of the environment, else the address in the owner's settings."""
    named = settings.smtp_to or chosen or settings.smtp_from or ""
    return [one.strip() for one in named.split(",") if one.strip()]


async def send(settings: Settings, clock: Clock, to: Sequence[str], subject: str, text: str) -> None:
    """Send one letter. Raises ``Transient``, whose message names neither password nor address."""
    if settings.smtp_url is None:
        raise Transient("SMTP_URL is not set", error_code="smtp-unset")
    parts = urlsplit(settings.smtp_url.get_secret_value())
    letter = EmailMessage()
    letter["From"] = settings.smtp_from or to[0]
    letter["To"] = ", ".join(to)
    letter["Subject"] = subject
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = make_msgid(domain="nexus.invalid")
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    host, user = parts.hostname or "", unquote(parts.username or "")
    try:
        await aiosmtplib.send(
            letter,
            hostname=host,
            port=parts.port or _PORTS[parts.scheme],
            username=user or None,
            password=unquote(parts.password or "") or None,
            use_tls=parts.scheme == "smtps",
            # A password never travels in the clear; without one the server decides.
            start_tls=False
            if parts.scheme == "smtps"
            else (True if user and host not in _LOOPBACK else None),
            timeout=_SECONDS,
        )
    except aiosmtplib.SMTPAuthenticationError as error:
        raise Transient(
            f"the mail server refuses the password ({error.code})", error_code="smtp-auth"
        ) from None
    except aiosmtplib.SMTPResponseException as error:
        raise Transient(f"the mail server answered {error.code}", error_code=f"smtp-{error.code}") from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
        raise Transient(
            f"the mail server cannot be used ({type(error).__name__})", error_code="smtp"
        ) from None
