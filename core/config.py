"""How is this installation configured? The environment and `.env`, validated once at start."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import ConfigError

_POSTGRES_SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")


WEBHOOK_PATH = "/telegram/updates"  # of the receiver
_HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


def _is_mail(text: str) -> bool:
    name, at, host = text.strip().rpartition("@")
    return bool(name and at and host) and text.isprintable() and not set(text.strip()) & set(' <>,;\\"')


class Settings(BaseSettings):
    """Every setting NEXUS reads from outside. Empty means "not set" throughout."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True,
        hide_input_in_errors=True,
    )  # fmt: skip

    telegram_bot_token: SecretStr | None = None
    telegram_owner_ids: Annotated[tuple[int, ...], NoDecode] = ()
    telegram_api_base: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: AnyHttpUrl | None = None
    telegram_webhook_secret: SecretStr | None = None
    anthropic_api_key: SecretStr | None = None
    anthropic_base_url: AnyHttpUrl | None = None
    openai_api_key: SecretStr | None = None
    openai_base_url: AnyHttpUrl | None = None
    x_client_id: str | None = None
    x_client_secret: SecretStr | None = None
    linkedin_client_id: str | None = None
    linkedin_client_secret: SecretStr | None = None
    facebook_client_id: str | None = None
    facebook_client_secret: SecretStr | None = None
    instagram_client_id: str | None = None
    instagram_client_secret: SecretStr | None = None
    threads_client_id: str | None = None
    threads_client_secret: SecretStr | None = None
    vk_client_id: str | None = None
    platform_bases: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    smtp_url: SecretStr | None = None
    smtp_from: str | None = None
    smtp_to: str | None = None
    alert_webhook_url: SecretStr | None = None
    alert_webhook_secret: SecretStr | None = None
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    media_s3_bucket: str | None = None
    media_s3_endpoint: AnyHttpUrl | None = None
    media_s3_region: str | None = None
    media_s3_access_key: str | None = None
    media_s3_secret_key: SecretStr | None = None
    nexus_home: Path = Path(".nexus")
    nexus_secret_keys: SecretStr | None = None
    backup_key: SecretStr | None = None
    backup_dir: Path | None = None
    backup_every_hours: int = Field(default=24, ge=1, le=24 * 31)
    backup_keep: int = Field(default=14, ge=1, le=1000)
    nexus_host: str = "127.0.0.1"
    nexus_port: int = Field(default=8085, ge=1, le=65535)
    public_url: AnyHttpUrl | None = None
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    sentry_dsn: SecretStr | None = None
    sentry_environment: str = "production"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("telegram_owner_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part for part in value.replace(",", " ").split() if part]
            if not all(part.isdecimal() for part in parts):
                raise ValueError(
                    "must be Telegram user ids (digits), separated by commas, e.g. 123456789,987654321"
                )
            return tuple(int(part) for part in parts)
        return value

    @field_validator("platform_bases", mode="before")
    @classmethod
    def _split_bases(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.replace(",", " ").split()]
        if not all(slug and base.startswith(("http://", "https://")) for slug, _, base in pairs):
            raise ValueError("must be platforms and addresses, e.g. twitter=http://127.0.0.1:9000")
        return {slug: base.rstrip("/") for slug, _, base in pairs}

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, rest = value.get_secret_value().partition(":")
            if not (number.isdecimal() and rest):
                raise ValueError("is not a bot token; @BotFather gives one like 123456789:AAE…")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError(
                "must be 16 to 256 characters of A-Z, a-z, 0-9, _ and -; Telegram takes no others"
            )
        return value

    @field_validator("openai_base_url")
    @classmethod
    def _no_password(cls, value: AnyHttpUrl | None) -> AnyHttpUrl | None:
        if value is not None and (value.username or value.password):
            raise ValueError("must not hold a user name or password; the key goes into OPENAI_API_KEY")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in _POSTGRES_SCHEMES:
            raise ValueError("must start with postgresql://, postgres:// or postgresql+asyncpg://")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
                raise ValueError(
                    "must look like smtp://user:password@host:587 or smtps://user:password@host:465"
                )
        return value

    @field_validator("smtp_from", "smtp_to")
    @classmethod
    def _mail_address(cls, value: str | None) -> str | None:
        if value is not None and not all(_is_mail(one) for one in value.split(",")):
            raise ValueError("must be an e-mail address, or several separated by commas")
        return value

    @field_validator("alert_webhook_url")
    @classmethod
    def _hook_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
                raise ValueError("must be a web address like https://example.org/alerts")
        return value

    @field_validator("alert_webhook_secret")
    @classmethod
    def _hook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError("must be at least 16 characters long")
        return value

    @field_validator("backup_key")
    @classmethod
    def _backup_key_length(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError("must be at least 16 characters long")
        return value

    @model_validator(mode="after")
    def _backups_need_a_key(self) -> "Settings":
        if self.backup_dir is not None and self.backup_key is None:
            raise ValueError(
                "BACKUP_DIR is set, so BACKUP_KEY has to be: it is the passphrase that seals the backups"
            )
        return self

    @field_validator("redis_url")
    @classmethod
    def _redis_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must start with redis://, rediss:// or unix://")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    def application(self, name: str) -> tuple[str, str] | None:
        """Return id and secret (empty where none exists) of the owner's application ``name``, or None."""
        if self.application_lacks(name):
            return None
        secret = getattr(self, f"{name.lower()}_client_secret", None)
        return str(getattr(self, f"{name.lower()}_client_id")), secret.get_secret_value() if secret else ""

    def application_lacks(self, name: str) -> tuple[str, ...]:
        """Return the names of the settings that the application ``name`` wants and does not have."""
        wanted = (f"{name}_CLIENT_ID", f"{name}_CLIENT_SECRET")
        known = [one for one in wanted if one.lower() in type(self).model_fields]
        return tuple(one for one in known if getattr(self, one.lower()) is None)

    @cached_property
    def webhook_address(self) -> str | None:
        """Where Telegram is to call; None when neither it nor PUBLIC_URL is set."""
        if self.telegram_webhook_url is not None:
            return str(self.telegram_webhook_url)
        return None if self.public_url is None else str(self.public_url).rstrip("/") + WEBHOOK_PATH

    @cached_property
    def sqlalchemy_url(self) -> str | None:
        """The database address for SQLAlchemy's asyncpg dialect, or None when PostgreSQL is embedded."""
        if self.database_url is None:
            return None
        _, _, rest = self.database_url.get_secret_value().partition("://")
        address, mark, query = rest.partition("?")
        # Addresses are written for libpq; asyncpg calls the same thing `ssl` and needs no word on channel binding.
        pairs = [pair for pair in query.split("&") if pair and not pair.startswith("channel_binding=")]
        pairs = [
            pair.replace("sslmode=", "ssl=", 1) if pair.startswith("sslmode=") else pair for pair in pairs
        ]
        return f"postgresql+asyncpg://{address}{mark if pairs else ''}{'&'.join(pairs)}"


def load_settings(env_file: Path | None = None) -> Settings:
    """Read and validate the settings.

    Raises ``ConfigError`` whose message names every wrong setting by its environment name, never its value.
    """
    path = env_file or Path(".env")
    _check_env_file(path)
    try:
        return Settings(_env_file=path)
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise ConfigError("Settings cannot be used:\n  " + "\n  ".join(lines)) from None


def _check_env_file(path: Path) -> None:
    """Refuse lines of a `.env` file that a lenient parser would silently drop."""
    if not path.is_file():
        return
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error.__class__.__name__})") from None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, equals, _ = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ConfigError(
                f"{path}, line {number}: expected NAME=value (the line is not shown: it may hold a secret)"
            )
