"""The dispatcher's side of the outbox. Only the holder of the lease may call these."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.chats import Chat, chat_of
from bot.storage.outbox import Priority
from bot.storage.tables import TO_SEND, UNDER_WAY, chats, outbox

Outcome = Literal["sent", "dropped", "expired", "dead"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in the dispatcher's hands."""

    id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed row as it is now.

    `chat` is None when nothing is kept on the chat. `attempts` counts the failed sendings.
    """

    id: int
    notice: str
    chat_id: int
    priority: Priority
    attempts: int
    expires_at: datetime | None
    chat: Chat | None

    @property
    def kind(self) -> str:
        """The first word of the notice."""
        return self.notice.partition(":")[0]

    @property
    def subject(self) -> str:
        """The notice without its kind."""
        return self.notice.partition(":")[2]


async def claim(
    connection: AsyncConnection, limit: int, now: datetime, busy_chats: Collection[int] = ()
) -> Sequence[Claim]:
    """Up to `limit` rows that may leave, the most urgent and oldest first, one a chat at most.

    Each priority is read by itself: that is a walk along the index, which never passes over the
    rows that are planned for later.
    """
    taken: dict[int, Claim] = {}
    for priority in Priority:
        if len(taken) >= limit:
            break
        found = await connection.execute(
            select(outbox.c.id, outbox.c.chat_id)
            .where(
                TO_SEND,
                outbox.c.priority == int(priority),
                outbox.c.not_before <= now,
                outbox.c.chat_id.not_in([*busy_chats, *taken]),
            )
            .order_by(outbox.c.not_before, outbox.c.id)
            .limit(4 * limit)
        )
        for row in found:
            if len(taken) < limit:
                taken.setdefault(row.chat_id, Claim(row.id, row.chat_id))
    if taken:
        ids = [one.id for one in taken.values()]
        await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(state="claimed"))
    return list(taken.values())


async def load(connection: AsyncConnection, row_id: int) -> Due | None:
    """A row under way, with its chat; None when it was dropped or erased meanwhile."""
    found = await connection.execute(
        select(
            outbox.c.id,
            outbox.c.notice,
            outbox.c.chat_id,
            outbox.c.priority,
            outbox.c.attempts,
            outbox.c.expires_at,
        ).where(outbox.c.id == row_id, UNDER_WAY)
    )
    row = found.first()
    if row is None:
        return None
    kept = await connection.execute(select(chats).where(chats.c.id == row.chat_id))
    settings = kept.mappings().first()
    return Due(
        id=row.id,
        notice=row.notice,
        chat_id=row.chat_id,
        priority=Priority(row.priority),
        attempts=row.attempts,
        expires_at=row.expires_at,
        chat=chat_of(settings) if settings else None,
    )


async def start(connection: AsyncConnection, row_id: int) -> None:
    """From now on the row may be on the wire."""
    await connection.execute(update(outbox).where(outbox.c.id == row_id).values(state="inflight"))


async def put_back(
    connection: AsyncConnection,
    row_id: int,
    not_before: datetime,
    *,
    failed: bool = False,
    reason: str | None = None,
) -> None:
    """The row waits again. `failed` counts one of its tries, for `reason`."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == row_id)
        .values(
            state="ready",
            not_before=not_before,
            attempts=outbox.c.attempts + int(failed),
            reason=reason,
        )
    )


async def settle(
    connection: AsyncConnection,
    row_ids: Collection[int],
    outcome: Outcome,
    now: datetime,
    reason: str | None = None,
) -> None:
    """The end of rows."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(row_ids))
        .values(state=outcome, settled_at=now, reason=reason)
    )


async def recover(connection: AsyncConnection) -> int:
    """What the last holder of the lease left behind waits again; how many may be sent twice.

    Nobody knows whether an inflight row arrived: losing it is worse than sending it twice.
    """
    begun = await connection.scalar(
        select(func.count()).select_from(outbox).where(UNDER_WAY, outbox.c.state == "inflight")
    )
    await connection.execute(update(outbox).where(UNDER_WAY).values(state="ready"))
    return begun or 0
