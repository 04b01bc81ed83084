"""How the outbox is doing, for the operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.marks import find_mark
from bot.storage.tables import TO_SEND, chats, outbox, subscriptions


@dataclass(frozen=True, slots=True)
class Status:
    """`rows` counts the outbox by state; `oldest_wait` is how long the row that should have left
    first has been waiting; `paused_until` is set while Telegram asked for a pause."""

    chats: int
    unreachable_chats: int
    subscriptions: int
    rows: Mapping[str, int]
    oldest_wait: timedelta | None
    paused_until: datetime | None


async def read_status(connection: AsyncConnection, now: datetime) -> Status:
    """The counters at this moment."""
    counted = await connection.execute(select(outbox.c.state, func.count()).group_by("state"))
    oldest = await connection.scalar(
        select(func.min(outbox.c.not_before)).where(TO_SEND, outbox.c.not_before <= now)
    )
    pause = await find_mark(connection, "paused_until")
    every, reachable = (
        await connection.execute(
            select(func.count(), func.count().filter(chats.c.unreachable.is_(None))).select_from(
                chats
            )
        )
    ).one()
    follows = await connection.scalar(select(func.count()).select_from(subscriptions))
    return Status(
        chats=every,
        unreachable_chats=every - reachable,
        subscriptions=follows or 0,
        rows={state: count for state, count in counted},  # noqa: C416 (rows are no tuples to mypy)
        oldest_wait=now - oldest if oldest else None,
        paused_until=pause if pause and pause > now else None,
    )
