"""The life of the Telegram process: waits for Telegram, serves, and ends when told to."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.chat import routes
from bot.chat.changes import Changes
from bot.chat.handlers import Handlers
from bot.chat.intake import DeafError, Intake
from bot.chat.lanes import AT_ONCE
from bot.chat.reaching import reach
from bot.chat.reminding import Reminding
from bot.chat.sending import Pushes, Replies
from bot.chat.subscribing import Subscribing
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.event_messages import EventMessages
from bot.delivery.gate import open_gate, slow_down
from bot.delivery.newsroom import Newsroom
from bot.delivery.planner import Planner
from bot.delivery.rendering import Rendering
from bot.presentation.conversation import Conversation
from bot.storage.engine import Storage

DRAIN_SECONDS = 2.0
"""For the replies under way when the process is told to stop; all must end within 5 s."""

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Services:
    """Everything that the process serves with, besides Telegram."""

    storage: Storage
    conversation: Conversation
    subscribing: Subscribing
    reminding: Reminding
    rendering: Rendering
    planner: Planner
    event_messages: EventMessages
    newsroom: Newsroom
    operator: int | None
    watch: Callable[[Callable[[], None]], Coroutine[None, None, None]]
    """Follows the base as its files change, for ever; calls back when there is something new to
    send."""


async def run_bot(url: str, token: str, intake: Intake, services: Services, clock: Clock) -> int:
    """Serves until SIGTERM or SIGINT (0), or until updates cannot come in (1): the exit status."""
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
    serving = asyncio.create_task(_serve(bot, intake, services, clock))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        _log.info("stopped")
        return 0
    except DeafError as error:
        _log.error("%s", error)
    except ExceptionGroup as group:
        deaf, others = group.split(DeafError)
        if others is not None or deaf is None:
            raise
        _log.error("%s", deaf.exceptions[0])  # the sentence says it all
    return 1


async def _serve(bot: Bot, intake: Intake, services: Services, clock: Clock) -> None:
    gate = await open_gate(services.storage, clock())

    async def pause(wait: timedelta) -> None:
        await slow_down(services.storage, gate, wait, clock())

    dispatcher = Dispatcher(
        services.storage,
        gate,
        Pushes(bot).send,
        {**services.rendering.by_kind, **services.event_messages.by_kind},
        operator=services.operator,
        clock=clock,
    )
    changes = Changes(
        bot,
        services.storage,
        services.subscribing,
        services.reminding,
        services.newsroom,
        services.planner,
        services.operator,
        dispatcher.wake,
    )
    handlers = Handlers(bot, services.conversation, changes, Replies(bot, gate, pause), clock)
    try:
        await reach(bot.initialize)
        await routes.register(bot)
        _log.info("listening as @%s", bot.username)
        async with asyncio.TaskGroup() as group:
            group.create_task(dispatcher.run())
            group.create_task(services.watch(dispatcher.wake))
            group.create_task(services.planner.run(clock, dispatcher.wake))
            group.create_task(intake.run(bot, handlers.accept))
    finally:
        await handlers.close(DRAIN_SECONDS)
        await intake.close()
        await bot.shutdown()
