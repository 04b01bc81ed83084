"""Calls that must succeed before anything else makes sense."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, TelegramError

from bot.chat.intake import DeafError

WAIT_SECONDS = (1, 2, 5, 10, 30)
"""Between two attempts to reach a Telegram that is away; the last one repeats."""

_log = logging.getLogger(__name__)


async def reach(call: Callable[[], Awaitable[object]]) -> None:
    """Calls until Telegram answers. Raises DeafError when it refuses the token."""
    attempt = 0
    while True:
        try:
            await call()
        except InvalidToken:
            raise DeafError("Telegram refuse ce jeton.") from None  # its text holds the token
        except TelegramError as error:
            seconds = WAIT_SECONDS[min(attempt, len(WAIT_SECONDS) - 1)]
            attempt += 1
            _log.warning("Telegram is away (%s), again in %d s", type(error).__name__, seconds)
            await asyncio.sleep(seconds)
        else:
            return
