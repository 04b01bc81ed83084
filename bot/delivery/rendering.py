"""The message for each kind of notice, as the base is when it leaves."""

from collections.abc import Mapping, Sequence

from bot.answers.following import Following, Interest
from bot.delivery.announcements import subject_of
from bot.delivery.dispatcher import Render
from bot.knowledge.citations import DatedArticle
from bot.knowledge.model import Article, Knowledge
from bot.presentation import subscriptions as told
from bot.presentation.message import Message, escape
from bot.storage.alerts import sentence_of
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.gathering import Item
from bot.storage.subscriptions import reasons

MASS = "mass-"
"""How the cause of an alert starts that asks whether to announce many articles at once."""


class Rendering:
    """Renders from one state of the base at a time."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def renew(self, knowledge: Knowledge, following: Following) -> None:
        """Renders from another state of the base from now on."""
        self._knowledge = knowledge
        self._following = following

    @property
    def by_kind(self) -> Mapping[str, Render]:
        """What renders each kind of notice."""
        return {
            "article": self._article,
            "correction": self._correction,
            "digest": self._digest,
            "alert": self._alert,
        }

    async def _article(self, due: Due, _: Sequence[Item]) -> Message | None:
        """None when the article was withdrawn, or is not followed any more."""
        article = self._knowledge.articles.get(due.subject)
        if article is None:
            return None
        async with self._storage.reading() as connection:
            subject = subject_of(article, self._following.around)
            follows = await reasons(connection, due.chat_id, subject)
        if not follows:
            return None
        why = follows[0]
        label = self._following.label(Interest(why.place, why.theme, why.topic))
        one = DatedArticle(due.subject, article)
        return told.push(one, self._cities(article), label, self._knowledge.vocabulary)

    async def _correction(self, due: Due, _: Sequence[Item]) -> Message | None:
        id_ = due.subject.rpartition(":")[0]
        article = self._knowledge.articles.get(id_)
        if article is None:
            return None
        return told.correction(DatedArticle(id_, article), self._knowledge.vocabulary)

    async def _digest(self, due: Due, items: Sequence[Item]) -> Message | None:
        found = []
        async with self._storage.reading() as connection:
            for item in reversed(items):
                id_ = item.notice.partition(":")[2]
                article = self._knowledge.articles.get(id_)
                if article is None:
                    continue
                subject = subject_of(article, self._following.around)
                if await reasons(connection, due.chat_id, subject):
                    found.append(DatedArticle(id_, article))
        return told.digest(found, self._knowledge.vocabulary) if found else None

    async def _alert(self, due: Due, _: Sequence[Item]) -> Message | None:
        async with self._storage.reading() as connection:
            sentence = await sentence_of(connection, due.notice)
        if sentence is None:
            return None
        cause = due.subject.rpartition(":")[0]
        if cause.startswith(MASS):
            return told.asks_operator(sentence, cause.removeprefix(MASS))
        return Message(escape(sentence))

    def _cities(self, article: Article) -> str:
        cities = (self._knowledge.cities.get(city) for city in article.cities)
        return ", ".join(city.name for city in cities if city is not None)
