from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.announcements import MOST_WITHOUT_ASKING, announce, to_announce
from bot.delivery.digests import plan_digests, replan
from bot.knowledge.model import Article
from bot.storage import chats, claims
from bot.storage.announced import Announced
from bot.storage.engine import Storage
from bot.storage.gathering import gathered
from bot.storage.subscriptions import Follow, follow
from bot.storage.tables import outbox

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ARTICLE = Article(
    title="À Roubaix, la vidéosurveillance gagne du terrain",
    publisher="Le Journal",
    kind="press",
    url="https://exemple.fr/roubaix",
    date="2026-03-01",
    summary="La ville achète trente caméras.",
    cities=("roubaix",),
    themes=("cameras",),
)


def around(city: str) -> Collection[str]:
    return {"roubaix": ["mel"]}.get(city, [])


async def waiting(storage: Storage) -> Sequence[tuple[str, int]]:
    async with storage.reading() as connection:
        found = await connection.execute(
            select(outbox.c.notice, outbox.c.chat_id)
            .where(outbox.c.state == "ready")
            .order_by(outbox.c.notice, outbox.c.chat_id)
        )
        return [(row.notice, row.chat_id) for row in found]


async def followers(storage: Storage, *wanted: Follow) -> None:
    """Chats 1, 2, 3…"""
    async with storage.writing() as connection:
        for chat, one in enumerate(wanted, 1):
            await chats.keep(connection, chat, "private")
            await follow(connection, chat, one)


async def deliver_all(storage: Storage) -> None:
    async with storage.writing() as connection:
        for one in await claims.claim(connection, 100, NOW + timedelta(days=30)):
            items = await gathered(connection, one.chat_id)
            ids = [one.id, *(item.id for item in items)]
            await claims.settle(connection, ids, "sent", NOW)


async def test_a_first_start_on_a_filled_base_announces_nothing_old(storage: Storage) -> None:
    await followers(storage, Follow())
    first = await announce(storage, {f"old-{n}": ARTICLE for n in range(20)}, around, NOW)
    assert (first.rows, first.asking, len(first.plan.known)) == (0, False, 20)
    again = await announce(storage, {"old-1": ARTICLE, "new": ARTICLE}, around, NOW)
    assert again.rows == 1
    assert await waiting(storage) == [("article:new", 1)]


async def test_an_article_without_a_date_is_no_news(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    undated = replace(ARTICLE, date=None)
    assert (await announce(storage, {"sans-date-a": undated}, around, NOW)).rows == 0
    assert (await announce(storage, {"sans-date-a": undated}, around, NOW)).rows == 0


async def test_a_first_start_on_an_empty_base_is_a_first_start(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    assert (await announce(storage, {"new": ARTICLE}, around, NOW)).rows == 1


async def test_a_new_article_goes_once_to_those_who_follow_what_it_is_about(
    storage: Storage,
) -> None:
    await followers(
        storage, Follow(place="roubaix"), Follow(place="mel"), Follow(place="lille"), Follow()
    )
    await announce(storage, {}, around, NOW)
    for _ in range(2):
        await announce(storage, {"a": ARTICLE}, around, NOW)
    assert await waiting(storage) == [("article:a", 1), ("article:a", 2), ("article:a", 4)]


async def test_a_new_title_pushes_nothing(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    await announce(storage, {"a": ARTICLE}, around, NOW)
    await deliver_all(storage)
    retitled = replace(ARTICLE, title="[Roubaix]", themes=("costs",), cities=("lille",))
    assert (await announce(storage, {"a": retitled}, around, NOW)).rows == 0


async def test_a_correction_is_told_to_those_who_got_the_article(storage: Storage) -> None:
    await followers(storage, Follow(), Follow(place="lille"))
    await announce(storage, {}, around, NOW)
    await announce(storage, {"a": ARTICLE}, around, NOW)
    await deliver_all(storage)
    corrected = replace(ARTICLE, summary="La ville achète treize caméras.")
    for _ in range(2):
        await announce(storage, {"a": corrected}, around, NOW)
    assert await waiting(storage) == [("correction:a:2", 1)]


async def test_an_article_corrected_before_it_left_leaves_once(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    await announce(storage, {"a": ARTICLE}, around, NOW)
    await announce(storage, {"a": replace(ARTICLE, summary="Treize.")}, around, NOW)
    assert await waiting(storage) == [("article:a", 1)]


async def test_a_mass_change_asks_first(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    many = {f"a{n}": ARTICLE for n in range(MOST_WITHOUT_ASKING + 1)}
    asked = await announce(storage, many, around, NOW)
    assert asked.asking
    assert await waiting(storage) == []
    other = {**many, "more": ARTICLE}
    assert (
        await announce(storage, other, around, NOW, answers={asked.plan.token: "tell"})
    ).asking, "a confirmation holds for what was shown"
    told = await announce(storage, many, around, NOW, answers={asked.plan.token: "tell"})
    assert (told.rows, told.asking) == (6, False)


async def test_a_mass_change_can_be_kept_quiet(storage: Storage) -> None:
    await followers(storage, Follow())
    await announce(storage, {}, around, NOW)
    many = {f"a{n}": ARTICLE for n in range(MOST_WITHOUT_ASKING + 1)}
    token = (await announce(storage, many, around, NOW)).plan.token
    assert (await announce(storage, many, around, NOW, answers={token: "keep quiet"})).rows == 0
    assert (await announce(storage, many, around, NOW)).plan.pushes == 0


async def test_digests_gather_and_come_once_at_the_chosen_time(storage: Storage) -> None:
    await followers(storage, Follow(), Follow(), Follow())
    async with storage.writing() as connection:
        await chats.change(connection, 2, frequency="daily")
        await chats.change(connection, 3, frequency="weekly", digest_hour=9)
    await announce(storage, {}, around, NOW)
    await announce(storage, {"a": ARTICLE}, around, NOW)
    await announce(storage, {"a": ARTICLE, "b": ARTICLE}, around, NOW)
    assert await waiting(storage) == [
        *((f"article:{key}", chat) for key in "ab" for chat in (1, 2, 3)),
        ("digest:2026-03-02T18", 2),
        ("digest:2026-03-06T09", 3),
    ]
    async with storage.writing() as connection:
        assert [one.chat_id for one in await claims.claim(connection, 9, NOW)] == [1]
        items = await gathered(connection, 2)
        assert [item.notice for item in items] == ["article:a", "article:b"]
        assert await plan_digests(connection, NOW) == 0
    await deliver_all(storage)
    corrected = replace(ARTICLE, summary="Treize.")
    await announce(storage, {"a": corrected, "b": ARTICLE}, around, NOW)
    assert ("correction:a:2", 2) in await waiting(storage)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("daily", "instant", [("article:a", 1)]),
        ("daily", "weekly", [("article:a", 1), ("digest:2026-03-06T18", 1)]),
        ("instant", "daily", [("article:a", 1), ("digest:2026-03-02T18", 1)]),
    ],
)
async def test_what_waits_follows_a_change_of_frequency(
    storage: Storage, before: str, after: str, expected: list[tuple[str, int]]
) -> None:
    await followers(storage, Follow())
    async with storage.writing() as connection:
        await chats.change(connection, 1, frequency=before)
    await announce(storage, {}, around, NOW)
    await announce(storage, {"a": ARTICLE}, around, NOW)
    async with storage.writing() as connection:
        await chats.change(connection, 1, frequency=after)
        chat = await chats.find(connection, 1)
        assert chat
        await replan(connection, chat, NOW)
    assert await waiting(storage) == expected
    async with storage.writing() as connection:
        assert len(await claims.claim(connection, 9, NOW)) == (after == "instant")


def test_the_token_stands_for_exactly_these_pushes() -> None:
    one = to_announce({"a": ARTICLE}, {}, first_reading=False)
    same = to_announce({"a": replace(ARTICLE, title="x")}, {}, first_reading=False)
    corrected = to_announce({"a": ARTICLE}, {"a": Announced("x")}, first_reading=False)
    assert one.token == same.token
    assert corrected.token != one.token
    assert corrected.corrected["a"].version == 2
