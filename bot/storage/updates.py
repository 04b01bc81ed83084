"""The updates whose change is already made: Telegram may hand one over twice."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.tables import updates


async def is_first(connection: AsyncConnection, update_id: int, now: datetime) -> bool:
    """Whether an update was not seen before; written down in the transaction of its change, so
    that both hold or neither."""
    done = await connection.execute(
        insert_into(connection, updates)
        .values(id=update_id, received_at=now)
        .on_conflict_do_nothing()
    )
    return bool(done.rowcount)


async def forget_before(connection: AsyncConnection, before: datetime) -> int:
    """Erases the numbers of old updates (Telegram keeps an update for 24 h); how many."""
    done = await connection.execute(delete(updates).where(updates.c.received_at < before))
    return done.rowcount
