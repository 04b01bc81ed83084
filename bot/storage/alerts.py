"""What the operator is told: at most once a cause and hour."""

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.outbox import Entry, Priority, enqueue
from bot.storage.tables import alerts


async def alert(
    connection: AsyncConnection, cause: str, sentence: str, operator: int | None, now: datetime
) -> bool:
    """Whether it is the first of its cause in this hour; if so, it waits in the outbox as
    `alert:CAUSE:HOUR`. `cause` is a short key of ours, `sentence` holds nothing people wrote."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    done = await connection.execute(
        insert_into(connection, alerts)
        .values(cause=cause, hour=hour, sentence=sentence)
        .on_conflict_do_nothing()
    )
    if not done.rowcount:
        return False
    if operator is not None:
        notice = f"alert:{cause}:{hour:%Y-%m-%dT%H}"
        await enqueue(connection, [Entry(notice, operator, now, priority=Priority.URGENT)])
    return True


async def sentence_of(connection: AsyncConnection, notice: str) -> str | None:
    """What an `alert:…` notice says."""
    _, _, key = notice.partition(":")
    cause, _, hour = key.rpartition(":")
    at = datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)
    return await connection.scalar(
        select(alerts.c.sentence).where(alerts.c.cause == cause, alerts.c.hour == at)
    )


async def forget_before(connection: AsyncConnection, before: datetime) -> int:
    """Erases old alerts; how many."""
    done = await connection.execute(delete(alerts).where(alerts.c.hour < before))
    return done.rowcount
