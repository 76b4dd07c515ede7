"""What does every command do first? Read the settings, set up logging, and open the home, the database, the keys."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli.database import Source, database_of
from bot.cli.home import load_keyring, prepare_home
from core import logs, redaction, sentry
from core.config import Settings, load_settings
from core.db.reaching import check_address
from core.errors import ConfigError
from core.security.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works: the settings with an absolute home, the database's address, the keys."""

    settings: Settings
    home: Path
    database: Source
    keyring: Keyring

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.database.url


def read_settings() -> Settings:
    """Read the settings and direct all logging accordingly. Raises ``ConfigError``."""
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format, secrets=redaction.secrets_of(settings))
    try:
        sentry.report_errors(settings)
    except ValueError:
        raise ConfigError(
            "SENTRY_DSN: is not an address of Sentry; copy it from the project's settings there"
        ) from None
    if settings.sqlalchemy_url is not None:
        check_address(settings.sqlalchemy_url)
    if settings.nexus_secret_keys is not None:
        Keyring.parse(settings.nexus_secret_keys.get_secret_value())
    return settings


@contextmanager
def opened(settings: Settings) -> Generator[Place]:
    """Open everything a command needs; cheap checks come before the database is started."""
    home = prepare_home(settings)
    settings = settings.model_copy(update={"nexus_home": home})
    keyring = load_keyring(settings, home, may_create=settings.database_url is None)
    with database_of(settings, home) as database:
        yield Place(settings=settings, home=home, database=database, keyring=keyring)
