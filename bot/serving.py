"""The Telegram process, put together: storage, the base in use, and what speaks from it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.answers.answering import Answering
from bot.assembly import build_answering, load_base
from bot.chat.intake import Intake
from bot.chat.polling import Poller
from bot.chat.running import Services, run_bot
from bot.chat.subscribing import Subscribing
from bot.chat.webhook import Webhook
from bot.delivery.digests import replan
from bot.delivery.newsroom import Newsroom
from bot.delivery.rendering import Rendering
from bot.knowledge.model import Knowledge
from bot.presentation.conversation import Conversation
from bot.settings import Settings
from bot.storage.engine import Storage, open_storage

LOOK_SECONDS = 60
"""Between two looks at what is to be announced, besides those at start and at reload."""


async def serve(settings: Settings, clock: Callable[[], datetime]) -> int:
    """The bot, until it is told to stop; the exit status.

    Raises KnowledgeError when the base has problems at start.
    """
    assert settings.telegram_token is not None
    intake = _intake(settings, settings.telegram_token)
    knowledge = load_base(settings, clock().date())
    async with open_storage(settings.database_url) as storage:
        live = _Live(settings, storage, knowledge, clock)
        return await run_bot(
            settings.telegram_api_url, settings.telegram_token, intake, live.services, clock
        )


def _intake(settings: Settings, token: str) -> Intake:
    if settings.webhook_url is None:
        return Poller(settings.telegram_api_url, token)
    assert settings.webhook_listen is not None
    assert settings.webhook_secret is not None
    return Webhook(settings.webhook_url, *settings.webhook_listen, settings.webhook_secret)


class _Live:
    """The base in use, and everything that speaks from it."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
    ) -> None:
        answering = build_answering(settings, knowledge)
        self._clock = clock
        self.services = Services(
            storage=storage,
            conversation=Conversation(knowledge, answering),
            subscribing=Subscribing(storage, replan),
            rendering=Rendering(storage),
            newsroom=Newsroom(storage, settings.operator_chat_id),
            operator=settings.operator_chat_id,
            watch=self._watch,
        )
        self._renew(knowledge, answering)

    def _renew(self, knowledge: Knowledge, answering: Answering) -> None:
        services, following = self.services, answering.following
        services.conversation.renew(knowledge, answering)
        services.subscribing.renew(following, knowledge.vocabulary)
        services.rendering.renew(knowledge, following)
        services.newsroom.renew(knowledge, following)

    async def _watch(self, wake: Callable[[], None]) -> None:
        while True:
            if await self.services.newsroom.look(self._clock()):
                wake()
            await asyncio.sleep(LOOK_SECONDS)
