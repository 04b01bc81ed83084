"""The life of the Telegram process: waits for Telegram, polls, and ends when told to."""

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import datetime

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.chat import routes
from bot.chat.handlers import Handlers
from bot.chat.lanes import AT_ONCE, Lanes
from bot.chat.polling import DeadPollError, Poller
from bot.presentation.conversation import Conversation

WAIT_SECONDS = (1, 2, 5, 10, 30)
"""Between two attempts to reach a Telegram that is away at boot; the last one repeats."""
DRAIN_SECONDS = 2.5
"""For the replies under way when the process is told to stop; all must end within 5 s."""

_log = logging.getLogger(__name__)


async def run_bot(
    url: str, token: str, conversation: Conversation, clock: Callable[[], datetime]
) -> int:
    """Serves until SIGTERM or SIGINT (0), or until polling dies (1): the exit status."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    bot = Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=HTTPXRequest(connection_pool_size=AT_ONCE, read_timeout=15, pool_timeout=10),
    )
    serving = asyncio.create_task(_serve(bot, Poller(url, token), conversation, clock))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        _log.info("stopped")
        return 0
    except (DeadPollError, InvalidToken) as error:
        told = error if isinstance(error, DeadPollError) else "Telegram refuse ce jeton."
        _log.error("%s", told)
    return 1


async def _serve(
    bot: Bot, poller: Poller, conversation: Conversation, clock: Callable[[], datetime]
) -> None:
    lanes = Lanes()
    try:
        await _reach(bot)
        await routes.register(bot)
        handlers = Handlers(bot, conversation, lanes, clock)
        _log.info("listening as @%s", bot.username)
        await poller.run(handlers.accept)
    finally:
        await lanes.close(DRAIN_SECONDS)
        await poller.confirm()
        await bot.shutdown()


async def _reach(bot: Bot) -> None:
    """Waits until Telegram answers. Raises InvalidToken when it refuses the token."""
    attempt = 0
    while True:
        try:
            await bot.initialize()
            await bot.delete_webhook()
        except InvalidToken:
            raise
        except TelegramError as error:
            seconds = WAIT_SECONDS[min(attempt, len(WAIT_SECONDS) - 1)]
            attempt += 1
            _log.warning("Telegram is away (%s), again in %d s", type(error).__name__, seconds)
            await asyncio.sleep(seconds)
        else:
            return
