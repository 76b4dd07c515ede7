"""Do secrets stay out of the logs, whoever writes them and however they get there?"""

import io
import json
import logging
from collections.abc import Generator

import pytest
import structlog
from pydantic import SecretStr

from core import logs, redaction
from core.config import Settings

TOKEN = "7123456789:AAE-dummy_dummy_dummy_dummy_dummy12"
PASSWORD = "correct-horse"
API_KEY = "sk-ant-api03-dummydummydummy"
KEYS = "1:" + "a" * 43 + "="


@pytest.fixture
def output() -> Generator[io.StringIO]:
    """A stream that all logging goes to while the test runs."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = structlog.get_config()
    yield io.StringIO()
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize("style", ["console", "json"])
def test_secrets_never_appear(output: io.StringIO, style: str) -> None:
    logs.configure("INFO", "json" if style == "json" else "console", stream=output)
    log = structlog.get_logger("nexus")
    library = logging.getLogger("somebody.else")

    log.info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    log.info("calling", url="https://api.telegram.org/file/bot123456:TEST-secret/photo.jpg")
    log.info("connecting", address=f"postgresql://nexus:{PASSWORD}@db:5432/nexus")
    log.info(
        "fields",
        bot_token="TEST-secret",
        nested={"api_key": "TEST-secret", "list": [{"password": "TEST-secret"}]},
    )
    log.info("headers", headers={"Authorization": "Bearer TEST-secret-1", "x-api-key": "TEST-secret"})
    library.warning("GET /bot%s/getUpdates with %s", TOKEN, API_KEY)
    library.warning("Authorization: Bearer TEST-secret-2", extra={"secret": "TEST-secret"})
    library.error("keys are %s", KEYS)
    try:
        raise ValueError(f"cannot connect to redis://:{PASSWORD}@cache:6379 with {API_KEY}")
    except ValueError:
        log.exception("failed")
        library.exception("failed too")

    text = output.getvalue()
    assert text.count("<hidden>") >= 12
    for secret in (TOKEN, PASSWORD, API_KEY, KEYS, "TEST-secret"):
        assert secret not in text


def test_known_secrets_are_hidden_wherever_they_stand(output: io.StringIO) -> None:
    settings = Settings(
        _env_file=None,
        telegram_bot_token=SecretStr("123456:TEST"),
        redis_url=SecretStr("redis://plain"),
        openai_api_key=SecretStr("a-key-of-my-own-server"),
    )
    logs.configure("INFO", "json", secrets=redaction.secrets_of(settings), stream=output)
    structlog.get_logger("nexus").warning(
        "what 123456:TEST said", data=["at redis://plain", 5, None, True], said="Bad: a-key-of-my-own-server."
    )
    line = json.loads(output.getvalue())
    assert line["event"] == "what <hidden> said"
    assert line["data"] == ["at <hidden>", 5, None, True]
    assert line["said"] == "Bad: <hidden>."


def test_json_lines_carry_level_time_and_logger(output: io.StringIO) -> None:
    logs.configure("INFO", "json", stream=output)
    structlog.get_logger("nexus.one").info("happened", number=3)
    logging.getLogger("two").warning("said %s", "so", extra={"place": "here"})
    first, second = (json.loads(line) for line in output.getvalue().splitlines())
    assert (first["event"], first["level"], first["logger"], first["number"]) == (
        "happened",
        "info",
        "nexus.one",
        3,
    )
    assert (second["event"], second["level"], second["logger"], second["place"]) == (
        "said so",
        "warning",
        "two",
        "here",
    )
    assert first["timestamp"].endswith("Z")


def test_levels_hold_and_chatty_libraries_are_quiet(output: io.StringIO) -> None:
    logs.configure("WARNING", "json", stream=output)
    structlog.get_logger("nexus").info("not this")
    logging.getLogger("library").info("nor this")
    structlog.get_logger("nexus").warning("but this")
    assert [json.loads(line)["event"] for line in output.getvalue().splitlines()] == ["but this"]
    logs.configure("INFO", "json", stream=output)
    logging.getLogger("aiogram.event").info("Update id=1 is handled")
    assert "is handled" not in output.getvalue()


def test_ordinary_words_are_left_alone(output: io.StringIO) -> None:
    logs.configure("INFO", "json", stream=output)
    structlog.get_logger("nexus").info(
        "published", tokens=120, at="12:30:45", url="https://t.me/anima/7", keyboard="x"
    )
    line = json.loads(output.getvalue())
    assert (line["tokens"], line["at"], line["url"], line["keyboard"]) == (
        120,
        "12:30:45",
        "https://t.me/anima/7",
        "x",
    )


@pytest.mark.parametrize("style", ["console", "json"])
def test_nobody_forges_a_line_or_moves_the_cursor(output: io.StringIO, style: str) -> None:
    logs.configure("INFO", "json" if style == "json" else "console", stream=output)
    hostile = "a\r\n2026 [info] owner_paid\x1b[2J\x9b31m\u202e\u2028\u2066b"
    structlog.get_logger("nexus").info("refused", product=hostile, more={"x": [hostile]})
    structlog.get_logger("nexus").info("short", product="\x1b[31m")
    logging.getLogger("somebody.else").warning("no such name: %s", hostile)
    written = output.getvalue()
    assert written.count("\n") == 3
    assert not [letter for letter in written if letter != "\n" and not letter.isprintable()]
    assert "owner_paid" in written
    if style == "json":
        assert json.loads(written.splitlines()[0])["product"] == hostile


def test_each_line_of_a_traceback_is_clean_too(output: io.StringIO) -> None:
    logs.configure("INFO", "console", stream=output)
    try:
        raise ValueError("\x1b[2J\x9b31m")
    except ValueError:
        structlog.get_logger("nexus").exception("failed")
    written = output.getvalue()
    assert written.count("\n") > 3
    assert not [letter for letter in written if letter != "\n" and not letter.isprintable()]
