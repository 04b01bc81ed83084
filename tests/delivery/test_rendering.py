from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers.answering import Answering
from bot.delivery.rendering import Rendering
from bot.knowledge.model import Knowledge
from bot.presentation.message import visible
from bot.storage import chats
from bot.storage.alerts import alert
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.gathering import Item
from bot.storage.outbox import Priority
from bot.storage.subscriptions import Follow, exclude, follow, unfollow

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NANTES = Follow(place="44109")
ARTICLE = "2020-02-10-mediacites-nantes"


@pytest.fixture
def rendering(storage: Storage, published: Knowledge, published_answering: Answering) -> Rendering:
    rendering = Rendering(storage)
    rendering.renew(published, published_answering.following)
    return rendering


async def said(rendering: Rendering, notice: str, *items: str) -> str | None:
    due = Due(1, notice, 7, Priority.ORDINARY, 0, None, None)
    gathered = [Item(number, item) for number, item in enumerate(items)]
    message = await rendering.by_kind[due.kind](due, gathered)
    return visible(message) if message else None


async def test_an_article_is_told_while_it_is_there_and_followed(
    storage: Storage,
    rendering: Rendering,
    published: Knowledge,
    published_answering: Answering,
) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 7, "private")
        await follow(connection, 7, NANTES)
    push = await said(rendering, f"article:{ARTICLE}")
    assert push is not None
    assert "Vous suivez\u00a0: Nantes (44)." in push
    digest = await said(rendering, "digest:x", f"article:{ARTICLE}", "article:gone")
    assert digest is not None
    assert "(1)" in digest
    assert "Correction" in str(await said(rendering, f"correction:{ARTICLE}:2"))
    rendering.renew(replace(published, articles={}), published_answering.following)
    for notice in (f"article:{ARTICLE}", f"correction:{ARTICLE}:2"):
        assert await said(rendering, notice) is None
    assert await said(rendering, "digest:x", f"article:{ARTICLE}") is None


async def test_what_is_excluded_or_not_followed_any_more_is_not_told(
    storage: Storage, rendering: Rendering
) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 7, "private")
        await follow(connection, 7, NANTES)
        await exclude(connection, 7, "videosurveillance")
    assert await said(rendering, f"article:{ARTICLE}") is None
    async with storage.writing() as connection:
        await unfollow(connection, 7, NANTES)
    assert await said(rendering, f"article:{ARTICLE}") is None
    assert await said(rendering, f"correction:{ARTICLE}:2") is not None


async def test_an_alert_says_its_sentence_and_a_mass_change_asks(
    storage: Storage, rendering: Rendering
) -> None:
    async with storage.writing() as connection:
        await alert(connection, "given-up", "« article:a » n’est pas parti.", 7, NOW)
        await alert(connection, "mass-0123abcd", "6 articles ?", 7, NOW)
    expected = "« article:a » n’est pas parti."
    assert await said(rendering, "alert:given-up:2026-03-02T12") == expected
    due = Due(1, "alert:mass-0123abcd:2026-03-02T12", 7, Priority.URGENT, 0, None, None)
    question = await rendering.by_kind["alert"](due, ())
    assert question is not None
    assert [button.data for button in question.buttons] == [
        "!announce:0123abcd-tell",
        "!announce:0123abcd-quiet",
    ]
