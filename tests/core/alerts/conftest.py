"""What do the tests of the other ways share? A real mail server, a real address, and settings that name both."""

import json
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiohttp import web
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from core.config import Settings
from tests.e2e.processes import free_port

SECRET = "a-secret-of-the-owner"
PASSWORD = "p@ss/word:1"


@dataclass
class Mailbox:
    """A mail server of this test's: keeps what arrives, and refuses while ``refusal`` says so."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refusal: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusal:
            return self.refusal
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)


@dataclass
class Address:
    """An HTTP address of this test's: keeps what arrives, and answers with ``status``."""

    url: str = ""
    status: int = 204
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def alerts(self) -> list[dict[str, Any]]:
        """What has arrived, read."""
        return [json.loads(body)["data"] for _, body in self.received]


@pytest.fixture
def mailbox() -> Generator[Mailbox]:
    """A mail server that listens."""
    box = Mailbox(free_port())
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, authenticator=box.authenticate, auth_require_tls=False
    )
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
async def address() -> AsyncGenerator[Address]:
    """An address that listens."""
    found = Address()

    async def take(request: web.Request) -> web.Response:
        found.received.append((dict(request.headers), await request.read()))
        return web.Response(status=found.status)

    app = web.Application()
    app.router.add_post("/alerts", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    found.url = f"http://127.0.0.1:{port}/alerts"
    yield found
    await runner.cleanup()


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox, address: Address) -> Settings:
    """Settings with both ways."""
    return settings.model_copy(
        update={
            "smtp_url": SecretStr(f"smtp://me:p%40ss%2Fword%3A1@127.0.0.1:{mailbox.port}"),
            "smtp_from": "nexus@example.org",
            "smtp_to": "owner@example.org, second@example.org",
            "alert_webhook_url": SecretStr(address.url),
            "alert_webhook_secret": SecretStr(SECRET),
        }
    )
