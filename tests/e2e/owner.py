"""How does a test act as the owner in the sandbox? Types, presses buttons by their label, and waits for what appears."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

Message = dict[str, Any]
_WAIT_SECONDS = 30.0


class Owner:
    """The person in front of the chat page, over the page's own API."""

    def __init__(self, http: aiohttp.ClientSession, url: str, owner_id: int) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self.id = owner_id

    @classmethod
    async def at(cls, http: aiohttp.ClientSession, url: str) -> "Owner":
        """Sit down at the sandbox behind ``url``."""
        async with http.get(f"{url}/sandbox/api/state") as answer:
            state = await answer.json()
        return cls(http, url, state["owner"]["id"])

    async def channels(self) -> dict[str, int]:
        """Return the channels as {title: id}."""
        async with self._http.get(f"{self._url}/sandbox/api/state") as answer:
            state = await answer.json()
        return {chat["title"]: chat["id"] for chat in state["chats"] if chat["type"] == "channel"}

    async def messages(self, chat: int | None = None) -> list[Message]:
        """Return the messages of ``chat`` (the bot's chat when left out), oldest first."""
        async with self._http.get(
            f"{self._url}/sandbox/api/chats/{chat or self.id}/messages", params={"limit": 200}
        ) as answer:
            assert answer.status == 200, await answer.text()
            found: list[Message] = (await answer.json())["messages"]
            return found

    async def send(self, text: str, **fields: object) -> None:
        """Type ``text`` into the bot's chat."""
        await self._post(f"chats/{self.id}/send", {"text": text, **fields})

    async def make_channel(self, title: str, username: str) -> None:
        """Make a channel that the control bot administers."""
        await self._post("channels", {"title": title, "username": username})

    async def press(self, message: Message, label: str) -> None:
        """Press the inline button of ``message`` whose text contains ``label``."""
        await self._post(
            f"chats/{self.id}/press", {"message_id": message["message_id"], "data": button(message, label)}
        )

    async def wait(
        self,
        wanted: Callable[[Message], bool],
        *,
        chat: int | None = None,
        seconds: float = _WAIT_SECONDS,
        what: str = "message",
    ) -> Message:
        """Wait until a message is as wanted and return the newest such. Raises with what was there instead."""
        deadline = asyncio.get_running_loop().time() + seconds
        seen: list[Message] = []
        while asyncio.get_running_loop().time() < deadline:
            seen = await self.messages(chat)
            for message in reversed(seen):
                if wanted(message):
                    return message
            await asyncio.sleep(0.1)
        shown = "\n".join(f"- {text_of(message)!r} {labels(message)}" for message in seen[-8:])
        raise AssertionError(f"no {what} within {seconds:.0f} s; the chat has:\n{shown}")

    async def _post(self, path: str, body: dict[str, object]) -> Any:
        async with self._http.post(f"{self._url}/sandbox/api/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


def text_of(message: Message) -> str:
    """Return a message's text or caption."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: Message) -> list[str]:
    """Return the texts of a message's inline buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [one["text"] for row in rows for one in row]


def button(message: Message, label: str) -> str:
    """Return the callback data of the button whose text contains ``label``."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for one in row:
            if label in one["text"] and "callback_data" in one:
                return str(one["callback_data"])
    raise AssertionError(f"no button {label!r} on {text_of(message)!r}: {labels(message)}")


def has(label: str) -> Callable[[Message], bool]:
    """Match a message from the bot that has a button with ``label``."""
    return lambda message: any(label in one for one in labels(message))


async def make_rule(owner: Owner, rule: dict[str, Any]) -> None:
    """Make a rule in the chat, and switch it on."""
    await owner.send("/automations")
    await owner.press(await owner.wait(has("Из JSON"), what="automations"), "Из JSON")
    await owner.wait(lambda message: "Пришлите правило" in text_of(message), what="question")
    await owner.send(json.dumps(rule))
    added = await owner.wait(
        lambda message: rule["name"] in text_of(message) and has("Включить")(message), what="rule"
    )
    await owner.press(added, "Включить")
    await owner.wait(
        lambda message: rule["name"] in text_of(message) and has("Выключить")(message), what="rule that is on"
    )
