"""What does the chat page (or a test) do: write, press, forward, create channels, switch faults?"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox import owner
from bot.sandbox.chat_list import chat_changed, summary
from bot.sandbox.drafts import stop_draft
from bot.sandbox.model import Chat, Json, Post
from bot.sandbox.params import Params, read_params
from bot.sandbox.posting import place, pressed, reacted, remove, seen_by_page, set_admin
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import page_message
from bot.sandbox.state import Sandbox
from bot.sandbox.web_api import chat_of, control_bot

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


class PageActions:
    """The writing half of the page's API. `?as=<user id>` acts as somebody else, who is made up when needed."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def send(self, request: web.Request) -> Json:
        """A text, or files with a caption."""
        async with self._changing(request) as params:
            author = self._author(request)
            chat = self._own_chat(request, author)
            caption = params.text("text") or params.text("caption")
            reply_to = params.integer("reply_to_message_id") or None
            if params.files:
                posts = owner.attach(
                    self._sandbox, chat, author, params.files, caption,
                    as_document=params.flag("as_document"), as_voice=params.flag("as_voice"), reply_to=reply_to,
                )  # fmt: skip
            else:
                posts = owner.write(self._sandbox, chat, author, caption, reply_to)
            return self._messages(posts)

    async def press(self, request: web.Request) -> Json:
        """A button, or any data a modified application might send in its place."""
        async with self._changing(request) as params:
            chat = chat_of(self._sandbox, request)
            post = self._post(chat, params.integer("message_id"))
            return {
                "query_id": pressed(self._sandbox, chat, post, self._author(request), params.text("data"))
            }

    async def stop(self, request: web.Request) -> Json:
        """The stop button under a draft that is being written."""
        async with self._changing(request) as params:
            draft_id = params.integer("draft_id")
            stop_draft(self._sandbox, chat_of(self._sandbox, request), draft_id)
            return {"draft_id": draft_id}

    async def forward(self, request: web.Request) -> Json:
        """Messages of another chat."""
        async with self._changing(request) as params:
            author = self._author(request)
            source = self._chat_named(params.text("from_chat_id"))
            posts = [self._post(source, int(one)) for one in params.nested("message_ids", list) or []]
            return self._messages(
                owner.forward(self._sandbox, self._own_chat(request, author), author, posts)
            )

    async def edit(self, request: web.Request) -> Json:
        """One's own message."""
        async with self._changing(request) as params:
            author = self._author(request)
            chat = self._own_chat(request, author)
            post = owner.edit(self._sandbox, chat, author, params.integer("message_id"), params.text("text"))
            return self._messages([post])

    async def delete(self, request: web.Request) -> Json:
        """One message or several, for everyone."""
        async with self._changing(request) as params:
            chat = chat_of(self._sandbox, request)
            ids = params.nested("message_ids", list) or [params.integer("message_id")]
            posts = [self._post(chat, int(one)) for one in ids]
            remove(self._sandbox, chat, posts)
            return {"message_ids": [post.id for post in posts]}

    async def react(self, request: web.Request) -> Json:
        """A reaction; the same one again takes it back. `count` lets that many made-up readers react instead."""
        async with self._changing(request) as params:
            chat = chat_of(self._sandbox, request)
            post, emoji = self._post(chat, params.integer("message_id")), params.text("emoji") or None
            author, readers = self._author(request), params.integer("count")
            if emoji is None or not readers:
                again = emoji is not None and author in post.reactions.get(emoji, [])
                reacted(self._sandbox, chat, post, author, None if again else emoji)
            for number in range(readers if emoji else 0):
                reacted(self._sandbox, chat, post, 9_000_000_000 + number, emoji)
            return {"message": page_message(self._sandbox, post)}

    async def read(self, request: web.Request) -> Json:
        """The chat has been read to its end."""
        async with self._changing(request):
            chat = chat_of(self._sandbox, request)
            chat.last_read = chat.next_message_id - 1
            self._sandbox.save(chat)
            return {"unread": 0}

    async def block(self, request: web.Request) -> Json:
        """Block the bot, or let it write again."""
        async with self._changing(request) as params:
            author = self._author(request)
            owner.block(self._sandbox, self._own_chat(request, author), params.flag("blocked"))
            return {"blocked": params.flag("blocked")}

    async def create_channel(self, request: web.Request) -> Json:
        """A channel with the control bot as its administrator."""
        async with self._changing(request) as params:
            title, username = params.text("title").strip(), params.text("username").strip().removeprefix("@")
            if not title:
                raise bad_request("CHAT_TITLE_EMPTY")
            if username and not USERNAME.fullmatch(username):
                raise bad_request("USERNAME_INVALID")
            if username and self._sandbox.channel(f"@{username}"):
                raise bad_request("USERNAME_OCCUPIED")
            sandbox = self._sandbox
            chat = sandbox.add_channel(title, username, members=params.integer("member_count", 1))
            place(sandbox, chat, sandbox.owner.id, {"channel_chat_created": True})
            set_admin(sandbox, chat, control_bot(sandbox), {})
            chat_changed(sandbox, chat)
            return {"chat": summary(sandbox, chat)}

    async def set_admin(self, request: web.Request) -> Json:
        """Promote a bot in a channel, or (`rights: null`) put it out."""
        async with self._changing(request) as params:
            chat = chat_of(self._sandbox, request)
            bot = self._sandbox.bots.get(params.integer("bot_id"))
            if bot is None or chat.private:
                raise bad_request("USER_ID_INVALID")
            set_admin(self._sandbox, chat, bot, params.nested("rights", dict))
            chat_changed(self._sandbox, chat)
            return {"chat": summary(self._sandbox, chat)}

    async def add_bot(self, request: web.Request) -> Json:
        """Register a token; the first one is the control bot's."""
        async with self._changing(request) as params:
            try:
                bot = self._sandbox.add_bot(
                    params.text("token"), params.text("username"), params.text("name")
                )
            except ValueError as error:
                raise bad_request(str(error)) from error
            self._sandbox.control = self._sandbox.control or bot
            return {"bot": bot.user()}

    @asynccontextmanager
    async def _changing(self, request: web.Request) -> AsyncIterator[Params]:
        """Read the request, and make what it changes durable before it is answered."""
        params = await read_params(request)
        try:
            yield params
        finally:
            self._sandbox.storage.commit()

    def _author(self, request: web.Request) -> int:
        wanted = request.query.get("as", "")
        return self._sandbox.add_person(int(wanted)).id if wanted.isdigit() else self._sandbox.owner.id

    def _own_chat(self, request: web.Request, author: int) -> Chat:
        """A stranger has a dialog of their own, whichever dialog the address names; a channel is one for all."""
        chat = chat_of(self._sandbox, request)
        if chat.private and chat.id != author and chat.bot_id is not None:
            return self._sandbox.dialog(author, self._sandbox.bots[chat.bot_id])
        if not chat.private and author != self._sandbox.owner.id:
            raise bad_request("CHAT_WRITE_FORBIDDEN")
        return chat

    def _chat_named(self, reference: str) -> Chat:
        chat = self._sandbox.channel(reference)
        if chat is None and reference.isdigit():
            chat = self._sandbox.chats.get(f"{reference}:{control_bot(self._sandbox).id}")
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _post(self, chat: Chat, message_id: int) -> Post:
        post = self._sandbox.post(chat, message_id)
        if post is None:
            raise bad_request("message not found")
        return post

    def _messages(self, posts: list[Post]) -> Json:
        found: list[Any] = [page_message(self._sandbox, post) for post in posts]
        visible = bool(posts) and seen_by_page(self._sandbox, self._sandbox.chats[posts[0].chat])
        return {"messages": found, "shown": visible}
