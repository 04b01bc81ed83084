"""Rows that wait to be told together, in a digest."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.outbox import enqueue_for
from bot.storage.tables import GATHERED, chats, outbox


@dataclass(frozen=True, slots=True)
class DigestTime:
    """When chats want their digest; the fields are those of `Chat`."""

    frequency: str
    digest_weekday: int
    digest_hour: int
    zone: str


@dataclass(frozen=True, slots=True)
class Item:
    """One gathered row."""

    id: int
    notice: str


async def digest_times(
    connection: AsyncConnection, chat_id: int | None = None
) -> Sequence[DigestTime]:
    """The times chosen by the chats (or the one chat) for which something is gathered."""
    waiting = select(outbox.c.chat_id).where(GATHERED, *_only(chat_id))
    found = await connection.execute(
        select(chats.c.frequency, chats.c.digest_weekday, chats.c.digest_hour, chats.c.zone)
        .where(chats.c.id.in_(waiting))
        .distinct()
    )
    return [DigestTime(*row) for row in found]


async def enqueue_digests(
    connection: AsyncConnection,
    notice: str,
    chosen: DigestTime,
    at: datetime,
    chat_id: int | None = None,
) -> int:
    """A digest for each chat that chose this time and has something gathered; how many new."""
    waiting = select(outbox.c.chat_id).where(GATHERED, *_only(chat_id))
    receivers = select(chats.c.id).where(
        *(chats.c[name] == value for name, value in asdict(chosen).items()),
        chats.c.id.in_(waiting),
    )
    return await enqueue_for(connection, notice, receivers, not_before=at)


async def gathered(connection: AsyncConnection, chat_id: int) -> Sequence[Item]:
    """What the chat's next digest tells, the oldest first."""
    found = await connection.execute(
        select(outbox.c.id, outbox.c.notice)
        .where(outbox.c.chat_id == chat_id, GATHERED)
        .order_by(outbox.c.id)
    )
    return [Item(*row) for row in found]


async def regather(connection: AsyncConnection, chat_id: int, in_digest: bool) -> None:
    """Waiting articles go into the next digest, or leave by themselves; planned digests go."""
    await connection.execute(
        delete(outbox).where(
            outbox.c.chat_id == chat_id,
            outbox.c.notice.startswith("digest:"),
            outbox.c.state == "ready",
        )
    )
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.chat_id == chat_id,
            outbox.c.notice.startswith("article:"),
            outbox.c.state == "ready",
        )
        .values(in_digest=in_digest)
    )


def _only(chat_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if chat_id is None else (outbox.c.chat_id == chat_id,)
