"""Does a wrong setting give one clear message that names it and never shows its value?"""

from pathlib import Path

import pytest

from core.config import load_settings
from core.errors import ConfigError


def _load(tmp_path: Path, text: str) -> object:
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def test_nothing_configured_is_fine(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "absent.env")
    assert settings.telegram_bot_token is None
    assert settings.sqlalchemy_url is None
    assert (settings.nexus_host, settings.nexus_port) == ("127.0.0.1", 8085)


def test_empty_values_mean_not_set(tmp_path: Path) -> None:
    settings = _load(
        tmp_path, "DATABASE_URL=\nNEXUS_PORT=\nTELEGRAM_OWNER_IDS=\n# a comment\n\nexport LOG_LEVEL=debug\n"
    )
    assert (settings.database_url, settings.nexus_port, settings.telegram_owner_ids) == (None, 8085, ())  # type: ignore[attr-defined]
    assert settings.log_level == "DEBUG"  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_every_spelling_of_a_database_address(tmp_path: Path, scheme: str) -> None:
    settings = _load(tmp_path, f"DATABASE_URL={scheme}://u:p%40ss@db.example:5433/nexus?ssl=require\n")
    assert settings.sqlalchemy_url == "postgresql+asyncpg://u:p%40ss@db.example:5433/nexus?ssl=require"  # type: ignore[attr-defined]


def test_an_address_of_a_model_server_holds_no_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL: must not hold") as caught:
        _load(tmp_path, "OPENAI_BASE_URL=http://me:s3cret@127.0.0.1:1234/v1\n")
    assert "s3cret" not in str(caught.value)
    local = _load(tmp_path, "OPENAI_API_KEY=\nOPENAI_BASE_URL=http://127.0.0.1:11434/v1\n")
    assert str(local.openai_base_url) == "http://127.0.0.1:11434/v1"  # type: ignore[attr-defined]
    assert local.openai_api_key is None  # type: ignore[attr-defined]


def test_owner_ids(tmp_path: Path) -> None:
    assert _load(tmp_path, "TELEGRAM_OWNER_IDS=1, 22,333\n").telegram_owner_ids == (1, 22, 333)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("TELEGRAM_BOT_TOKEN=hunter2", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_OWNER_IDS=hunter2", "TELEGRAM_OWNER_IDS"),
        ("TELEGRAM_API_BASE=hunter2", "TELEGRAM_API_BASE"),
        ("DATABASE_URL=mysql://root:hunter2@db/x", "DATABASE_URL"),
        ("REDIS_URL=http://hunter2", "REDIS_URL"),
        ("NEXUS_PORT=hunter2", "NEXUS_PORT"),
        ("NEXUS_PORT=70000", "NEXUS_PORT"),
        ("LOG_FORMAT=hunter2", "LOG_FORMAT"),
        ("hunter2 is my password", "line 1"),
        ("=hunter2", "line 1"),
    ],
)
def test_a_mistake_is_named_and_its_value_is_not_shown(tmp_path: Path, line: str, name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, line + "\n")
    assert name in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"(?s)NEXUS_PORT.*LOG_LEVEL|LOG_LEVEL.*NEXUS_PORT"):
        _load(tmp_path, "NEXUS_PORT=x\nLOG_LEVEL=loud\n")


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_settings(tmp_path / ".env")


def test_an_application_is_there_when_all_of_it_is(tmp_path: Path) -> None:
    half = load_settings(tmp_path / "absent.env").model_copy(update={"x_client_id": "id"})
    assert half.application("X") is None
    assert half.application_lacks("X") == ("X_CLIENT_SECRET",)
    whole = _load(tmp_path, "X_CLIENT_ID=id\nX_CLIENT_SECRET=s3cret\nVK_CLIENT_ID=51\n")
    assert whole.application("X") == ("id", "s3cret")  # type: ignore[attr-defined]
    assert whole.application("VK") == ("51", "")  # type: ignore[attr-defined]
    assert "s3cret" not in repr(whole)


def test_stand_ins_are_named_with_their_platforms(tmp_path: Path) -> None:
    settings = _load(tmp_path, "PLATFORM_BASES=twitter=http://127.0.0.1:1/, vk=https://example.org\n")
    assert settings.platform_bases == {"twitter": "http://127.0.0.1:1", "vk": "https://example.org"}  # type: ignore[attr-defined]
    with pytest.raises(ConfigError, match="PLATFORM_BASES: must be platforms and addresses"):
        _load(tmp_path, "PLATFORM_BASES=http://127.0.0.1:1\n")
