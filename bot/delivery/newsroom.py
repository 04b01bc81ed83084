"""Announces what each reading of the base brings, and asks the operator about the unusual."""

from datetime import datetime

from bot.answers.following import Following
from bot.delivery.announcements import Answer, announce
from bot.delivery.rendering import MASS
from bot.knowledge.model import Knowledge
from bot.presentation.alerts import mass_change
from bot.storage.alerts import alert
from bot.storage.engine import Storage


class Newsroom:
    """Looks at the base at start, at each reload, and when the operator has answered."""

    def __init__(self, storage: Storage, operator: int | None) -> None:
        self._storage = storage
        self._operator = operator
        self._answers: dict[str, Answer] = {}

    def renew(self, knowledge: Knowledge, following: Following) -> None:
        """Looks at another state of the base from now on."""
        self._articles = knowledge.articles
        self._around = following.around

    async def look(self, now: datetime) -> int:
        """Announces what is new; how many messages were planned. A mass change asks first."""
        came = await announce(
            self._storage, self._articles, self._around, now, answers=self._answers
        )
        if came.asking:
            async with self._storage.writing() as connection:
                cause, sentence = f"{MASS}{came.plan.token}", mass_change(came.plan.pushes)
                await alert(connection, cause, sentence, self._operator, now)
        return came.rows

    async def answered(self, token: str, answer: Answer, now: datetime) -> int:
        """The operator's answer about exactly the change that `token` stands for."""
        self._answers = {token: answer}
        return await self.look(now)
