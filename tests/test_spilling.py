"""Would a secret in a log line be noticed?"""

import logging
from collections.abc import Generator
from typing import Any, Never

import pytest
import structlog
from pydantic import SecretStr

from tests import spilling


@pytest.fixture
def apart() -> Generator[None]:
    """Keep these lines from the watch over the whole suite."""

    def drop(logger: object, name: str, fields: Any) -> Never:
        raise structlog.DropEvent

    before, root = structlog.get_config(), logging.getLogger()
    handlers = root.handlers[:]
    structlog.configure(processors=[drop])
    root.handlers[:] = []
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("library", [False, True])
def test_a_spilled_secret_is_found(library: bool) -> None:
    def spill() -> None:
        with spilling.watched():
            secret = SecretStr("opaque-value-nobody-knows")
            if library:
                logging.getLogger("a.library").warning("sent %s", secret.get_secret_value())
            else:
                structlog.get_logger().info("sent", body=secret.get_secret_value())

    with pytest.raises(spilling.Spill, match="opaque-value"):
        spill()


@pytest.mark.usefixtures("apart")
def test_what_is_hidden_by_its_name_is_no_spill() -> None:
    with spilling.watched():
        secret = SecretStr("opaque-value-nobody-knows")
        structlog.get_logger().info("sent", access_token=secret.get_secret_value())
