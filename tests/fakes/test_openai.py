"""Is the fake as strict as real servers, and does it serve others as a process?"""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.openai import FakeOpenAI
from tests.fakes.openai_checks import Manners

HEADERS = {"Authorization": "Bearer test-key", "content-type": "application/json"}
BODY: dict[str, Any] = {
    "model": "house-large",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Write about tea"}],
}


async def _post(url: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/chat/completions", data=json.dumps(body), headers=headers) as answer,
    ):
        return answer.status, await answer.json()


def _format(schema: dict[str, Any], name: str = "answer") -> dict[str, Any]:
    wanted = {"name": name, "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wanted}}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"surprise": 1}, "Unrecognized"),
        ({"model": ""}, "model"),
        ({"messages": []}, "empty array"),
        ({"messages": [{"role": "user", "content": " "}]}, "empty"),
        ({"messages": [{"role": "owner", "content": "x"}]}, "role"),
        ({"messages": [*BODY["messages"], {"role": "assistant", "content": "{"}]}, "user's"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_completion_tokens": 100}, "Only one"),
        ({"temperature": 3}, "temperature"),
        ({"reasoning_effort": "low"}, "reasoning_effort"),
        ({"response_format": {"type": "poem"}}, "poem"),
        ({"response_format": {"type": "json_object"}}, "word 'json'"),
        (_format({"type": "object", "properties": {}}), "additionalProperties"),
        (_format({"type": "string"}, name=""), "name"),
        (_format({"type": "string", "minLength": 1}), "minLength"),
        (_format({"type": "array", "items": {"type": "string", "pattern": "x"}}), "pattern"),
        (
            _format(
                {"type": "object", "additionalProperties": False, "properties": {"a": {}}, "required": []}
            ),
            "required",
        ),
    ],
)
async def test_bad_requests_are_refused(change: dict[str, Any], told: str) -> None:
    async with FakeOpenAI() as server:
        status, answer = await _post(server.url, BODY | change, HEADERS)
    assert status == 400
    assert told in answer["error"]["message"]


@pytest.mark.parametrize(
    ("change", "param"),
    [({"temperature": 0.5}, "temperature"), ({}, "max_tokens"), ({"max_tokens": 99_999}, "max_tokens")],
)
async def test_manners_are_named_when_they_are_missed(change: dict[str, Any], param: str) -> None:
    manners = Manners(tokens=frozenset({"max_completion_tokens"}), temperature=False)
    async with FakeOpenAI(manners=manners) as server:
        body = {
            name: value for name, value in BODY.items() if name != "max_tokens" or "temperature" not in change
        }
        status, answer = await _post(server.url, body | change, HEADERS)
    assert (status, answer["error"]["param"]) == (400, param)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer other"}, 401),
        ({"content-type": "text/plain"}, 415),
    ],
)
async def test_headers_are_checked(headers: dict[str, str], status: int) -> None:
    async with FakeOpenAI() as server:
        assert (await _post(server.url, BODY, HEADERS | headers))[0] == status


async def test_an_unknown_model_is_not_found() -> None:
    async with FakeOpenAI() as server:
        status, answer = await _post(server.url, BODY | {"model": "claude-sonnet-5-5"}, HEADERS)
    assert (status, answer["error"]["code"]) == (404, "model_not_found")


@pytest.mark.parametrize("key", [None, "test-key"])
async def test_as_a_process(tmp_path: Path, key: str | None) -> None:
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    options = ["--key", key] if key else []
    async with running(
        ["-m", "tests.fakes.openai", "--port", str(port), *options], log=tmp_path / "fake.log"
    ) as started:
        await wait_until_answers(f"{root}/fake/requests", started)
        headers = HEADERS if key else {"content-type": "application/json"}
        status, answer = await _post(f"{root}/v1", BODY, headers)
        assert (status, answer["choices"][0]["message"]["content"]) == (200, "✨ Write about tea")
        async with aiohttp.ClientSession() as http:
            async with http.post(f"{root}/fake/faults", json={"faults": ["broken"]}) as reply:
                assert reply.status == 200
            assert (await _post(f"{root}/v1", BODY, headers))[0] == 500
            async with http.get(f"{root}/fake/requests") as reply:
                assert len(await reply.json()) == 2
    assert f"{root}/v1" in (tmp_path / "fake.log").read_text()
