from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.delivery.rendering import News, renders
from bot.knowledge.model import Article
from bot.presentation.message import Message
from bot.storage import chats
from bot.storage.alerts import alert
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.gathering import Item
from bot.storage.outbox import Priority
from bot.storage.subscriptions import Follow, exclude, follow, unfollow
from tests.delivery.test_announcements import ARTICLE, around

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROUBAIX = Follow(place="roubaix")


class Plain:
    def article(self, news: News) -> Message:
        return Message(f"{news.key} {news.why[0].place}")

    def correction(self, news: News) -> Message:
        return Message(f"{news.key} corrected")

    def digest(self, news: Sequence[News]) -> Message:
        return Message(" ".join(one.key for one in news))


async def said(
    storage: Storage, articles: Mapping[str, Article], notice: str, *items: str
) -> str | None:
    due = Due(1, notice, 7, Priority.ORDINARY, 0, None, None)
    gathered = [Item(number, item) for number, item in enumerate(items)]
    render = renders(storage, lambda: articles, around, Plain())[due.kind]
    message = await render(due, gathered)
    return message.html if message else None


async def test_an_article_is_told_while_it_is_there_and_followed(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 7, "private")
        await follow(connection, 7, ROUBAIX)
    base = {"a": ARTICLE}
    assert await said(storage, base, "article:a") == "a roubaix"
    assert await said(storage, base, "correction:a:2") == "a corrected"
    assert await said(storage, base, "digest:x", "article:a", "article:gone") == "a"
    assert await said(storage, {}, "article:a") is None
    assert await said(storage, {}, "correction:a:2") is None
    assert await said(storage, {}, "digest:x", "article:a") is None
    async with storage.writing() as connection:
        await exclude(connection, 7, "cameras")
    assert await said(storage, base, "article:a") is None
    async with storage.writing() as connection:
        await unfollow(connection, 7, ROUBAIX)
    assert await said(storage, base, "article:a") is None
    assert await said(storage, base, "correction:a:2") == "a corrected"


async def test_an_alert_says_its_sentence(storage: Storage) -> None:
    async with storage.writing() as connection:
        await alert(connection, "given-up", "« article:a » n’est pas parti.", 7, NOW)
    expected = "⚠️ « article:a » n’est pas parti."
    assert await said(storage, {}, "alert:given-up:2026-03-02T12") == expected
