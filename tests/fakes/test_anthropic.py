"""Is the fake as strict as the real API, and does it serve others as a process?"""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.anthropic import FakeAnthropic

HEADERS = {
    "Authorization": "Bearer test-key",
    "anthropic-version": "2026-10-21",
    "content-type": "application/json",
}
BODY: dict[str, Any] = {
    "model": "claude-sonnet-5-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Write about tea"}],
}


async def _post(url: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/v1/messages", data=json.dumps(body), headers=headers) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"temperature": 0.7}, "temperature"),
        ({"top_p": 0.9}, "top_p"),
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "budget_tokens"),
        ({"thinking": {"type": "disabled"}}, "cannot be disabled"),
        ({"tool_choice": {"type": "tool", "name": "post"}}, "forcing"),
        ({"messages": [*BODY["messages"], {"role": "assistant", "content": "{"}]}, "prefilling"),
        ({"messages": []}, "at least one"),
        ({"messages": [{"role": "user", "content": ""}]}, "non-empty"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"surprise": 1}, "Extra inputs"),
        ({"output_config": {"effort": "enormous"}}, "effort"),
        (
            {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}},
            "additionalProperties",
        ),
        (
            {
                "output_config": {
                    "format": {"type": "json_schema", "schema": {"type": "string", "minLength": 1}}
                }
            },
            "minLength",
        ),
    ],
)
async def test_bad_requests_are_refused(change: dict[str, Any], told: str) -> None:
    async with FakeAnthropic() as claude:
        status, answer = await _post(claude.url, BODY | change, HEADERS)
    assert status == 400
    assert told in answer["error"]["message"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer other"}, 401),
        ({"anthropic-version": "1999-01-01"}, 400),
        ({"content-type": "text/plain"}, 415),
    ],
)
async def test_headers_are_checked(headers: dict[str, str], status: int) -> None:
    async with FakeAnthropic() as claude:
        assert (await _post(claude.url, BODY, HEADERS | headers))[0] == status


async def test_an_unknown_model_is_not_found() -> None:
    async with FakeAnthropic() as claude:
        status, answer = await _post(claude.url, BODY | {"model": "claude-3-5-sonnet"}, HEADERS)
    assert (status, answer["error"]["type"]) == (404, "not_found_error")


async def test_as_a_process(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running(
        ["-m", "tests.fakes.anthropic", "--port", str(port)], log=tmp_path / "fake.log"
    ) as started:
        await wait_until_answers(f"{url}/fake/requests", started)
        key_header = {
            "x-api-key": "test-key",
            "anthropic-version": "2023-06-01",
            "content-type": "application/json",
        }
        status, answer = await _post(url, BODY, key_header)
        assert (status, answer["content"][0]["text"]) == (200, "✨ Write about tea")
        async with aiohttp.ClientSession() as http:
            async with http.post(f"{url}/fake/faults", json={"faults": ["overloaded"]}) as reply:
                assert reply.status == 200
            assert (await _post(url, BODY, HEADERS))[0] == 529
            assert (await _post(url, BODY, HEADERS))[0] == 200
            async with http.get(f"{url}/fake/requests") as reply:
                assert len(await reply.json()) == 3
    assert "test-key" in (tmp_path / "fake.log").read_text()
