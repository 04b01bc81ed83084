"""What each kind of incoming thing leads to."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Bot, Update

from bot.chat.changes import Changes
from bot.chat.flood import FloodGate, Verdict
from bot.chat.incoming import (
    Command,
    Incoming,
    Membership,
    Press,
    Text,
    Unreadable,
    read,
)
from bot.chat.lanes import Lanes
from bot.chat.sending import Replies
from bot.presentation import notices
from bot.presentation.conversation import Conversation
from bot.presentation.message import Message

_log = logging.getLogger(__name__)

Made = asyncio.Future[Message | None]
"""What a change gave to reply, once it is written down."""


class Handlers:
    """Turns updates into replies: in order inside a chat, side by side between chats."""

    def __init__(
        self,
        bot: Bot,
        conversation: Conversation,
        changes: Changes,
        replies: Replies,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._conversation = conversation
        self._changes = changes
        self._replies = replies
        self._lanes = Lanes()
        self._changing = Lanes()
        self._clock = clock
        self._flood = FloodGate()
        self.unreadable = 0
        """Updates passed over because the library could not parse them."""

    async def accept(self, update: dict[str, Any]) -> Awaitable[object] | None:
        """Queues the handling of one raw update. Raises nothing.

        For an update that changes something, what is returned is done once the change is
        written down: only then may the update be confirmed.
        """
        try:
            parsed = Update.de_json(update, self._bot)
            incoming = read(parsed, self._bot.username, self._bot.id)
        except Exception as error:
            self.unreadable += 1
            _log.warning(
                "update passed over: %s (%d so far)", type(error).__name__, self.unreadable
            )
            return None
        if incoming is None:
            return None
        verdict = self._flood.admit(incoming.origin.chat, time.monotonic())
        chat = incoming.origin.chat
        if verdict is Verdict.PASS_OVER and not self._changes.always(incoming):
            if isinstance(incoming, Press):
                # Passed over as well, but its button does not spin for ever.
                query = incoming.query
                await self._lanes.put(chat, lambda: self._replies.acknowledge(query))
            return None
        if not self._changes.concern(incoming):
            await self._lanes.put(chat, lambda: self._handle(incoming, verdict, None))
            return None
        # Changes have lanes of their own: those replies, which go at the pace of the chat, do not
        # hold back, so that a chat that floods does not keep everybody's updates unconfirmed.
        made: Made = asyncio.get_running_loop().create_future()
        await self._changing.put(chat, lambda: self._make(incoming, verdict, made))
        await self._lanes.put(chat, lambda: self._handle(incoming, verdict, made))
        return asyncio.shield(made)

    async def close(self, within_seconds: float) -> None:
        """Ends what can end within that time, and cancels the rest."""
        await asyncio.gather(
            self._changing.close(within_seconds), self._lanes.close(within_seconds)
        )

    async def _make(self, incoming: Incoming, verdict: Verdict, made: Made) -> None:
        message: Message | None = None
        try:
            if verdict is Verdict.ANSWER or self._changes.always(incoming):
                message = await self._changes.make(incoming, self._clock())
        except Exception as error:
            _log_failure("change", error)
            message = notices.broken()
        finally:
            if not made.done():
                made.set_result(message)

    async def _handle(self, incoming: Incoming, verdict: Verdict, made: Made | None) -> None:
        try:
            if isinstance(incoming, Press):
                await self._replies.acknowledge(incoming.query)
            if verdict is Verdict.WARN:
                await self._reply(incoming, notices.too_fast())
                return
            message = None if made is None else await made
            if message is None:
                message = self._answer(incoming)
            if message is not None:
                await self._reply(incoming, message)
        except Exception as error:
            _log_failure("reply", error)
            await self._replies.send(incoming.origin, notices.broken())

    def _answer(self, incoming: Incoming) -> Message | None:
        origin, now = incoming.origin, self._clock()
        match incoming:
            case Command(name=name, rest=rest):
                message = self._conversation.command(name, rest, origin.chat, now)
                if message is None and origin.is_private:
                    return notices.no_such_command()
                return message
            case Text(text=text):
                return self._conversation.says(text, origin.chat, now)
            case Unreadable():
                return notices.only_text()
            case Press(data=data):
                return self._conversation.presses(data, origin.chat, now)
            case _:
                return None

    async def _reply(self, incoming: Incoming, message: Message) -> None:
        if isinstance(incoming, Press) and incoming.edited is not None:
            await self._replies.edit(incoming.origin, incoming.edited, message)
        elif isinstance(incoming, Membership) and (
            incoming.origin.kind == "channel" or not incoming.may_write
        ):
            # Not in the channel, before everybody, nor where it has no right to write: to the
            # admin who made the change.
            sender = incoming.origin.sender
            if sender is not None:
                await self._replies.send(replace(incoming.origin, chat=sender), message)
        else:
            await self._replies.send(incoming.origin, message)


def _log_failure(what: str, error: Exception) -> None:
    """The frames name our code only; the message of the error might quote a person."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s failed: %s\n%s", what, type(error).__name__, frames)
