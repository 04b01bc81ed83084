"""Messages to Telegram, and what became of them. Never logs a text."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.chat.incoming import Origin
from bot.chat.outcomes import outcome_of
from bot.delivery.gate import Gate
from bot.delivery.outcome import Address, Outcome, PerhapsDelivered, Sent
from bot.presentation.message import Message

LONGEST_WAIT = timedelta(seconds=10)
"""A reply that Telegram asks to delay longer than this is given up: nobody waits for it."""
PUSH_SECONDS = 30

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = logging.getLogger(__name__)


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; None without any."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in message.rows]
    )


class Replies:
    """Sends replies to people, who go before pushes. Raises nothing: a failure is logged."""

    def __init__(self, bot: Bot, gate: Gate, slow_down: Callable[[timedelta], Awaitable[None]]):
        """`slow_down` is told when Telegram asks the whole bot to wait."""
        self._bot = bot
        self._gate = gate
        self._slow_down = slow_down

    async def send(self, origin: Origin, message: Message) -> None:
        """A new message where the question was asked."""
        reply_to = (
            ReplyParameters(origin.message, allow_sending_without_reply=True)
            if origin.message is not None
            else None
        )
        await self._attempt(
            origin.chat, partial(_send, self._bot, origin.chat, origin.thread, message, reply_to)
        )

    async def edit(self, origin: Origin, edited: int, message: Message) -> None:
        """The message with the pressed button becomes `message`; a new one where it cannot."""
        if message.document is not None:
            await self.send(origin, message)
            return
        error = await self._attempt(
            origin.chat,
            partial(
                self._bot.edit_message_text,
                message.html,
                chat_id=origin.chat,
                message_id=edited,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard(message),
            ),
        )
        # Texts of the server are re-capitalised at will: compared without case.
        if isinstance(error, BadRequest) and "not modified" not in str(error).lower():
            await self.send(origin, message)

    async def _attempt(
        self, chat: int, call: Callable[[], Awaitable[object]]
    ) -> TelegramError | None:
        """Calls once, and once more after a short pause that Telegram asked for."""
        for is_last in (False, True):
            try:
                async with self._gate.replying(chat):
                    await call()
            except RetryAfter as error:
                delay = error.retry_after
                wait = timedelta(seconds=delay) if isinstance(delay, int) else delay
                await self._slow_down(wait)
                if is_last or wait > LONGEST_WAIT:
                    _log.warning("reply given up: Telegram asks to wait %s", wait)
                    return error
            except TelegramError as error:
                _log.warning("reply not sent to %d: %s", chat, type(error).__name__)
                return error
            else:
                return None
        return None

    async def acknowledge(self, query: str) -> None:
        """Answers a callback query, so that the button stops spinning."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            # Queries older than some minutes cannot be answered any more; that is normal.
            _log.debug("callback query not answered: %s", type(error).__name__)


class Pushes:
    """Sends what goes out by itself: the dispatcher's `Send`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, to: Address, message: Message) -> Outcome:
        """What came of sending one message, once. Raises nothing."""
        try:
            async with asyncio.timeout(PUSH_SECONDS):
                await _send(self._bot, to.chat_id, to.thread, message, None, is_silent=to.silent)
        except TimeoutError:
            return PerhapsDelivered("timeout")
        except TelegramError as error:
            return outcome_of(error)
        return Sent()


async def _send(
    bot: Bot,
    chat: int,
    thread: int | None,
    message: Message,
    reply_to: ReplyParameters | None,
    *,
    is_silent: bool = False,
) -> None:
    if message.document is not None:
        await bot.send_document(
            chat,
            message.document.content,
            filename=message.document.name,
            caption=message.html,
            parse_mode=ParseMode.HTML,
            message_thread_id=thread,
            disable_notification=is_silent,
            reply_parameters=reply_to,
            reply_markup=keyboard(message),
        )
        return
    await bot.send_message(
        chat,
        message.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=thread,
        link_preview_options=_NO_PREVIEW,
        disable_notification=is_silent,
        reply_parameters=reply_to,
        reply_markup=keyboard(message),
    )
