"""What each kind of incoming thing leads to."""

import logging
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Bot, Update

from bot.chat.flood import FloodGate, Verdict
from bot.chat.incoming import Command, Incoming, Press, Text, Unreadable, read
from bot.chat.lanes import Lanes
from bot.chat.sending import Replies
from bot.presentation import notices
from bot.presentation.conversation import Conversation

_log = logging.getLogger(__name__)


class Handlers:
    """Turns updates into replies: in order inside a chat, side by side between chats."""

    def __init__(
        self, bot: Bot, conversation: Conversation, lanes: Lanes, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._conversation = conversation
        self._lanes = lanes
        self._clock = clock
        self._replies = Replies(bot)
        self._gate = FloodGate()
        self.unreadable = 0
        """Updates passed over because the library could not parse them."""

    async def accept(self, update: dict[str, Any]) -> None:
        """Queues the handling of one raw update. Raises nothing."""
        try:
            parsed = Update.de_json(update, self._bot)
            incoming = read(parsed, self._bot.username, self._bot.id)
        except Exception as error:  # whatever the library stumbles on
            self.unreadable += 1
            _log.warning(
                "update passed over: %s (%d so far)", type(error).__name__, self.unreadable
            )
            return
        if incoming is not None:
            await self._lanes.put(incoming.origin.chat, lambda: self._handle(incoming))

    async def _handle(self, incoming: Incoming) -> None:
        try:
            verdict = self._gate.admit(incoming.origin.chat, time.monotonic())
            if isinstance(incoming, Press):
                await self._replies.acknowledge(incoming.query)
            if verdict is Verdict.ANSWER:
                await self._answer(incoming)
            elif verdict is Verdict.WARN:
                await self._replies.send(incoming.origin, notices.too_fast())
        except Exception as error:  # one failure must not end the chat's lane
            # The frames name our code only; the message of the error might quote a person.
            frames = "".join(traceback.format_tb(error.__traceback__))
            _log.error("reply failed: %s\n%s", type(error).__name__, frames)
            await self._replies.send(incoming.origin, notices.broken())

    async def _answer(self, incoming: Incoming) -> None:
        origin, now = incoming.origin, self._clock()
        match incoming:
            case Command(name=name, rest=rest, is_private=is_private):
                message = self._conversation.command(name, rest, origin.chat, now)
                if message is None and is_private:
                    message = notices.no_such_command()
                if message is not None:
                    await self._replies.send(origin, message)
            case Text(text=text):
                await self._replies.send(origin, self._conversation.says(text, origin.chat, now))
            case Unreadable():
                await self._replies.send(origin, notices.only_text())
            case Press(data=data, edited=edited):
                message = self._conversation.presses(data, origin.chat, now)
                if edited is None:
                    await self._replies.send(origin, message)
                else:
                    await self._replies.edit(origin, edited, message)
