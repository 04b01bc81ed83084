"""Messages to Telegram, and what became of them. Never logs a text."""

import asyncio
import logging

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
from bot.presentation.message import Message

LONGEST_WAIT_SECONDS = 10
"""A reply that Telegram asks to delay longer than this is given up: nobody waits for it."""

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
    """Sends replies to people. Raises nothing: a reply that fails is logged by its outcome."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, origin: Origin, message: Message) -> None:
        """A new message where the question was asked."""
        reply_to = (
            ReplyParameters(origin.message, allow_sending_without_reply=True)
            if origin.message is not None
            else None
        )
        for attempt in (1, 2):
            try:
                await self._bot.send_message(
                    origin.chat,
                    message.html,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=origin.thread,
                    link_preview_options=_NO_PREVIEW,
                    reply_parameters=reply_to,
                    reply_markup=keyboard(message),
                )
            except RetryAfter as error:
                if not await _waited(error, attempt):
                    return
            except TelegramError as error:
                _log.warning("reply not sent to %d: %s", origin.chat, type(error).__name__)
                return
            else:
                return

    async def edit(self, origin: Origin, edited: int, message: Message) -> None:
        """The message with the pressed button becomes `message`; a new one where it cannot."""
        for attempt in (1, 2):
            try:
                await self._bot.edit_message_text(
                    message.html,
                    chat_id=origin.chat,
                    message_id=edited,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard(message),
                )
            except RetryAfter as error:
                if not await _waited(error, attempt):
                    return
            except BadRequest as error:
                # Texts of the server are re-capitalised at will: compared without case.
                if "not modified" not in str(error).lower():
                    await self.send(origin, message)
                return
            except TelegramError as error:
                _log.warning("message not edited in %d: %s", origin.chat, type(error).__name__)
                return
            else:
                return

    async def acknowledge(self, query: str) -> None:
        """Answers a callback query, so that the button stops spinning."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            # Queries older than some minutes cannot be answered any more; that is normal.
            _log.debug("callback query not answered: %s", type(error).__name__)


async def _waited(error: RetryAfter, attempt: int) -> bool:
    """Waits as long as Telegram asks, if that is short and for the first time."""
    delay = error.retry_after
    seconds = float(delay) if isinstance(delay, int) else delay.total_seconds()
    if attempt > 1 or seconds > LONGEST_WAIT_SECONDS:
        _log.warning("reply given up: Telegram asks to wait %.0f s", seconds)
        return False
    await asyncio.sleep(seconds)
    return True
