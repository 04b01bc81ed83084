from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import chats
from bot.storage.engine import Storage
from bot.storage.errors import LimitReachedError
from bot.storage.subscriptions import (
    MOST_EXCLUSIONS,
    MOST_FOLLOWS,
    Follow,
    Subject,
    exclude,
    follow,
    follows_of,
    include,
    interested,
    reasons,
    unfollow,
    unfollow_all,
)

ROUBAIX = Follow(place="roubaix")
ARTICLE = Subject(
    places=["roubaix", "metropole-europeenne-de-lille"],
    themes=["cameras"],
    topics=["briefcam"],
    words="la police de roubaix achete un logiciel",
)


async def followers(connection: AsyncConnection, subject: Subject) -> Sequence[int]:
    return sorted(await connection.scalars(interested(subject)))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Follow(), True),
        (ROUBAIX, True),
        (Follow(place="lille"), False),
        (Follow(place="metropole-europeenne-de-lille"), True),
        (Follow(theme="cameras"), True),
        (Follow(theme="drones"), False),
        (Follow(topic="briefcam"), True),
        (Follow(place="roubaix", theme="cameras"), True),
        (Follow(place="roubaix", theme="drones"), False),
        (Follow(place="lille", theme="cameras"), False),
    ],
)
async def test_an_article_goes_to_those_who_follow_what_it_is_about(
    storage: Storage, wanted: Follow, told: bool
) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 1, "private")
        await follow(connection, 1, wanted)
        assert await followers(connection, ARTICLE) == ([1] if told else [])
        assert await reasons(connection, 1, ARTICLE) == ([wanted] if told else [])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("logiciel", False),
        ("la police", False),
        ("logic", True),
        ("police roubaix", True),
        (".*", True),
    ],
)
async def test_excluded_words_are_matched_plainly_and_whole(
    storage: Storage, words: str, told: bool
) -> None:
    async with storage.writing() as connection:
        for chat in (1, 2):
            await chats.keep(connection, chat, "private")
            await follow(connection, chat, ROUBAIX)
        await exclude(connection, 1, words)
        assert await followers(connection, ARTICLE) == ([1, 2] if told else [2])
        assert await reasons(connection, 1, ARTICLE) == ([ROUBAIX] if told else [])
        assert await include(connection, 1, words)
        assert await followers(connection, ARTICLE) == [1, 2]


async def test_following_twice_is_following_once(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 1, "private")
        assert await follow(connection, 1, ROUBAIX)
        assert not await follow(connection, 1, ROUBAIX)
        assert await follow(connection, 1, Follow(theme="drones"))
        assert await follows_of(connection, 1) == [Follow(theme="drones"), ROUBAIX]
        assert await unfollow(connection, 1, ROUBAIX)
        assert not await unfollow(connection, 1, ROUBAIX)
        assert await unfollow_all(connection, 1) == 1


async def test_why_it_came_begins_with_the_most_precise_reason(storage: Storage) -> None:
    both = Follow(place="roubaix", theme="cameras")
    async with storage.writing() as connection:
        await chats.keep(connection, 1, "private")
        for wanted in (Follow(), Follow(theme="cameras"), ROUBAIX, both):
            await follow(connection, 1, wanted)
        found = await reasons(connection, 1, ARTICLE)
    assert found == [both, ROUBAIX, Follow(theme="cameras"), Follow()]


async def test_a_chat_has_its_limits(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 1, "private")
        for number in range(MOST_FOLLOWS):
            await follow(connection, 1, Follow(place=f"ville-{number}"))
        with pytest.raises(LimitReachedError) as caught:
            await follow(connection, 1, ROUBAIX)
        assert caught.value.limit == MOST_FOLLOWS
        assert not await follow(connection, 1, Follow(place="ville-0"))
        for number in range(MOST_EXCLUSIONS):
            await exclude(connection, 1, f"mot {number}")
        with pytest.raises(LimitReachedError):
            await exclude(connection, 1, "un de trop")
