"""What each notice says at the moment it leaves, if it still has something to say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.announcements import Around, subject_of
from bot.delivery.dispatcher import Render
from bot.knowledge.model import Article
from bot.presentation.alerts import alert_message
from bot.presentation.message import Message
from bot.storage.alerts import sentence_of
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.gathering import Item
from bot.storage.subscriptions import Follow, reasons


@dataclass(frozen=True, slots=True)
class News:
    """An article for one chat, with what the chat follows that it came for, most precise first."""

    key: str
    article: Article
    why: Sequence[Follow]


class Wording(Protocol):
    """How news read."""

    def article(self, news: News) -> Message:
        """A new article."""

    def correction(self, news: News) -> Message:
        """An article that was told and has changed since. Its `why` may be empty."""

    def digest(self, news: Sequence[News]) -> Message:
        """Several articles, one at least, the oldest first."""


def renders(
    storage: Storage,
    articles: Callable[[], Mapping[str, Article]],
    around: Around,
    wording: Wording,
) -> Mapping[str, Render]:
    """A Render for each kind of notice about articles, and for alerts.

    `articles` gives the base as it is now. An article that is gone, or that the chat follows no
    more, is not told.
    """

    async def find(connection: AsyncConnection, key: str, chat_id: int) -> News | None:
        article = articles().get(key)
        if article is None:
            return None
        return News(key, article, await reasons(connection, chat_id, subject_of(article, around)))

    async def article(due: Due, items: Sequence[Item]) -> Message | None:  # noqa: ARG001 (a Render)
        async with storage.reading() as connection:
            news = await find(connection, due.subject, due.chat_id)
        return wording.article(news) if news and news.why else None

    async def correction(due: Due, items: Sequence[Item]) -> Message | None:  # noqa: ARG001 (a Render)
        async with storage.reading() as connection:
            news = await find(connection, due.subject.rpartition(":")[0], due.chat_id)
        return wording.correction(news) if news else None

    async def digest(due: Due, items: Sequence[Item]) -> Message | None:
        async with storage.reading() as connection:
            found = [
                await find(connection, item.notice.partition(":")[2], due.chat_id) for item in items
            ]
        told = [news for news in found if news and news.why]
        return wording.digest(told) if told else None

    async def alert(due: Due, items: Sequence[Item]) -> Message | None:  # noqa: ARG001 (a Render)
        async with storage.reading() as connection:
            sentence = await sentence_of(connection, due.notice)
        return alert_message(sentence) if sentence else None

    return {"article": article, "correction": correction, "digest": digest, "alert": alert}
