"""What each chat follows, and the words it does not want."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.errors import LimitReachedError
from bot.storage.tables import chats, exclusions, subscriptions

MOST_FOLLOWS = 50
MOST_EXCLUSIONS = 20


@dataclass(frozen=True, slots=True)
class Follow:
    """What is followed: all of `place`, `theme` and `topic` that are given must fit.

    `place` is a territory (a city's, an EPCI's or a département's id), `theme` a theme's tag,
    `topic` a topic's id (a vendor, most often). With none given: everything.
    """

    place: str = ""
    theme: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something is about. `words`: its text, folded, to look for excluded words in."""

    places: Collection[str] = ()
    themes: Collection[str] = ()
    topics: Collection[str] = ()
    words: str = ""


async def follow(connection: AsyncConnection, chat_id: int, wanted: Follow) -> bool:
    """Whether it is new. The chat must be kept already.

    Raises LimitReachedError above MOST_FOLLOWS.
    """
    await _lock(connection, chat_id)
    held = await follows_of(connection, chat_id)
    if wanted in held:
        return False
    if len(held) >= MOST_FOLLOWS:
        raise LimitReachedError(MOST_FOLLOWS)
    await connection.execute(
        insert_into(connection, subscriptions).values(
            chat_id=chat_id, place=wanted.place, theme=wanted.theme, topic=wanted.topic
        )
    )
    return True


async def unfollow(connection: AsyncConnection, chat_id: int, dropped: Follow) -> bool:
    """Whether it was followed."""
    done = await connection.execute(
        delete(subscriptions).where(
            subscriptions.c.chat_id == chat_id,
            subscriptions.c.place == dropped.place,
            subscriptions.c.theme == dropped.theme,
            subscriptions.c.topic == dropped.topic,
        )
    )
    return bool(done.rowcount)


async def unfollow_all(connection: AsyncConnection, chat_id: int) -> int:
    """How many subscriptions ended."""
    done = await connection.execute(delete(subscriptions).where(subscriptions.c.chat_id == chat_id))
    return done.rowcount


async def follows_of(connection: AsyncConnection, chat_id: int) -> Sequence[Follow]:
    """Everything the chat follows, in a fixed order."""
    found = await connection.execute(
        select(subscriptions.c.place, subscriptions.c.theme, subscriptions.c.topic)
        .where(subscriptions.c.chat_id == chat_id)
        .order_by(subscriptions.c.place, subscriptions.c.theme, subscriptions.c.topic)
    )
    return [Follow(*row) for row in found]


async def exclude(connection: AsyncConnection, chat_id: int, words: str) -> bool:
    """Nothing with these folded words, next to each other, will be sent. Whether it is new.

    Raises LimitReachedError above MOST_EXCLUSIONS.
    """
    await _lock(connection, chat_id)
    held = await excluded_by(connection, chat_id)
    if words in held:
        return False
    if len(held) >= MOST_EXCLUSIONS:
        raise LimitReachedError(MOST_EXCLUSIONS)
    await connection.execute(
        insert_into(connection, exclusions).values(chat_id=chat_id, words=words)
    )
    return True


async def include(connection: AsyncConnection, chat_id: int, words: str) -> bool:
    """The end of an exclusion. Whether there was one."""
    done = await connection.execute(
        delete(exclusions).where(exclusions.c.chat_id == chat_id, exclusions.c.words == words)
    )
    return bool(done.rowcount)


async def excluded_by(connection: AsyncConnection, chat_id: int) -> Sequence[str]:
    """The folded words that the chat does not want, in order."""
    found = await connection.scalars(
        select(exclusions.c.words)
        .where(exclusions.c.chat_id == chat_id)
        .order_by(exclusions.c.words)
    )
    return found.all()


async def reasons(connection: AsyncConnection, chat_id: int, subject: Subject) -> Sequence[Follow]:
    """Why a subject is sent to a chat: what it follows that fits, the most precise first.

    Empty when nothing fits any more, or when the subject has excluded words.
    """
    excluded = await connection.scalar(
        select(exclusions.c.words).where(exclusions.c.chat_id == chat_id, _unwanted(subject))
    )
    if excluded is not None:
        return []
    found = await connection.execute(
        select(subscriptions.c.place, subscriptions.c.theme, subscriptions.c.topic).where(
            subscriptions.c.chat_id == chat_id, _fits(subject)
        )
    )
    follows = [Follow(*row) for row in found]
    return sorted(follows, key=lambda one: [not one.place, not one.topic, not one.theme])


def interested(subject: Subject) -> Select[int]:
    """The ids of the chats that a subject goes to: they follow it, and can and want to be told."""
    following = select(subscriptions.c.chat_id).where(_fits(subject))
    unwanted = select(exclusions.c.words).where(
        exclusions.c.chat_id == chats.c.id, _unwanted(subject)
    )
    return select(chats.c.id).where(
        chats.c.id.in_(following),
        ~unwanted.exists(),
        chats.c.paused.is_(False),
        chats.c.unreachable.is_(None),
    )


async def _lock(connection: AsyncConnection, chat_id: int) -> None:
    """Counting and then adding must not be done twice at once; SQLite's writers are alone."""
    await connection.execute(select(chats.c.id).where(chats.c.id == chat_id).with_for_update())


def _fits(subject: Subject) -> ColumnElement[bool]:
    return (
        subscriptions.c.place.in_(["", *subject.places])
        & subscriptions.c.theme.in_(["", *subject.themes])
        & subscriptions.c.topic.in_(["", *subject.topics])
    )


def _unwanted(subject: Subject) -> ColumnElement[bool]:
    """Folded words hold neither % nor _, so that LIKE matches them plainly."""
    return literal(f" {subject.words} ").like(literal("% ") + exclusions.c.words + literal(" %"))
