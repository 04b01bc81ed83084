"""The Telegram process, put together: storage, the base in use, and what speaks from it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.answers.answering import Answering
from bot.assembly import load_base, load_places, settle
from bot.chat.intake import Intake
from bot.chat.polling import Poller
from bot.chat.reminding import Reminding
from bot.chat.running import Services, run_bot
from bot.chat.subscribing import Subscribing
from bot.chat.webhook import Webhook
from bot.delivery.digests import replan
from bot.delivery.event_messages import EventMessages
from bot.delivery.newsroom import Newsroom
from bot.delivery.planner import Planner
from bot.delivery.rendering import Rendering
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.reading import Reader
from bot.presentation.alerts import bad_base
from bot.presentation.conversation import Conversation
from bot.reloading import follow_base
from bot.settings import Settings
from bot.storage.alerts import alert
from bot.storage.engine import Storage, open_storage

PROBLEMS_TOLD = 10
"""Problems of the base told to the operator at once."""

_log = logging.getLogger(__name__)


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
        self._settings = settings
        self._knowledge = knowledge
        self._places = load_places(settings, knowledge)
        answering = Answering(knowledge, self._places)
        self._clock = clock
        planner = Planner(storage)
        self.services = Services(
            storage=storage,
            conversation=Conversation(knowledge, answering),
            subscribing=Subscribing(storage, replan),
            reminding=Reminding(storage),
            rendering=Rendering(storage),
            planner=planner,
            event_messages=EventMessages(planner, clock),
            newsroom=Newsroom(storage, settings.operator_chat_id),
            operator=settings.operator_chat_id,
            watch=self._watch,
        )
        self._renew(knowledge, answering)

    def _renew(self, knowledge: Knowledge, answering: Answering) -> None:
        services, following = self.services, answering.following
        services.conversation.renew(knowledge, answering)
        services.subscribing.renew(following, knowledge.vocabulary)
        services.reminding.renew(following)
        services.rendering.renew(knowledge, following)
        services.newsroom.renew(knowledge, following)
        services.planner.renew(knowledge, following)
        services.event_messages.renew(following)
        settle()

    async def _watch(self, wake: Callable[[], None]) -> None:
        """Announces what is new at start, then follows the files of the base."""
        if await self.services.newsroom.look(self._clock()):
            wake()

        async def use(knowledge: Knowledge, answering: Answering) -> None:
            self._renew(knowledge, answering)
            await self.services.newsroom.look(self._clock())
            wake()

        async def tell(problems: list[Problem]) -> None:
            lines = "\n".join(map(str, problems[:PROBLEMS_TOLD]))
            _log.error("the base was not reloaded:\n%s", lines)
            async with self.services.storage.writing() as connection:
                told, now = bad_base(lines), self._clock()
                await alert(connection, "bad base", told, self.services.operator, now)
            wake()

        await follow_base(
            Reader(self._settings.knowledge_dir),
            self._knowledge,
            self._places,
            use,
            tell,
            asyncio.Event(),
            today=lambda: self._clock().date(),
        )
