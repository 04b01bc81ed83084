"""What is to be sent, being sent, and was: one row a notice and chat.

    ready → claimed → inflight → sent | dropped | expired | dead

A claimed row is in the dispatcher's hands; an inflight one may be on the wire (see `claims`). A
notice is a key whose first word is its kind: `article:ID`, `correction:ID:VERSION`,
`digest:HOUR`, `reminder:EVENT:START:RULE`. Together with the chat it is unique, so that planning
the same thing twice adds nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Select, delete, false, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.tables import TO_SEND, Moment, chats, outbox

SETTLED = ("sent", "dropped", "expired", "dead")
_ROWS_A_STATEMENT = 500


class Priority(IntEnum):
    """The order in which waiting rows leave."""

    URGENT = 0
    """What the operator is told; quiet hours do not hold it back."""
    TIMELY = 1
    """Reminders and corrections."""
    ORDINARY = 2
    """Articles and digests."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to send. Before `not_before` it waits; from `expires_at` on it is useless."""

    notice: str
    chat_id: int
    not_before: datetime
    expires_at: datetime | None = None
    priority: Priority = Priority.ORDINARY


async def enqueue(connection: AsyncConnection, entries: Sequence[Entry]) -> int:
    """How many were new; the others change nothing."""
    added = 0
    for first in range(0, len(entries), _ROWS_A_STATEMENT):
        rows: list[dict[str, Any]] = [
            {**asdict(entry), "state": "ready"}
            for entry in entries[first : first + _ROWS_A_STATEMENT]
        ]
        done = await connection.execute(
            insert_into(connection, outbox).values(rows).on_conflict_do_nothing()
        )
        added += done.rowcount
    return added


async def enqueue_for(
    connection: AsyncConnection,
    notice: str,
    receivers: Select[int],
    *,
    not_before: datetime,
    expires_at: datetime | None = None,
    priority: Priority = Priority.ORDINARY,
    in_digests: bool = False,
) -> int:
    """One row for each chat whose id `receivers` selects, in one statement; how many were new.

    Chats that paused the bot, or cannot be reached, get none. With `in_digests`, the rows of
    those that chose a digest wait to be gathered in it.
    """
    chosen = receivers.subquery()
    rows = (
        select(
            literal(notice),
            chats.c.id,
            literal("ready"),
            (chats.c.frequency != "instant") if in_digests else false(),
            literal(int(priority)),
            literal(not_before, Moment),
            literal(expires_at, Moment),
        )
        .join_from(chosen, chats, chats.c.id == chosen.c[0])
        .where(chats.c.paused.is_(False), chats.c.unreachable.is_(None))
    )
    columns = ("notice", "chat_id", "state", "in_digest", "priority", "not_before", "expires_at")
    done = await connection.execute(
        insert_into(connection, outbox).from_select(columns, rows).on_conflict_do_nothing()
    )
    return done.rowcount


def receivers_of(notice: str) -> Select[int]:
    """The ids of the chats that got a notice, or may have."""
    return select(outbox.c.chat_id).where(
        outbox.c.notice == notice, outbox.c.state.in_(("sent", "inflight"))
    )


async def drop_waiting(
    connection: AsyncConnection, chat_id: int, reason: str, *, notice: str | None = None
) -> int:
    """Drops what waits for a chat, or only one notice; how many rows."""
    wanted = [outbox.c.chat_id == chat_id, outbox.c.state.in_(("ready", "claimed"))]
    if notice is not None:
        wanted.append(outbox.c.notice == notice)
    done = await connection.execute(
        update(outbox).where(*wanted).values(state="dropped", reason=reason)
    )
    return done.rowcount


async def withdraw(connection: AsyncConnection, notice: str, reason: str) -> int:
    """Drops a notice for everybody who still waits for it; how many rows."""
    done = await connection.execute(
        update(outbox)
        .where(outbox.c.notice == notice, outbox.c.state.in_(("ready", "claimed")))
        .values(state="dropped", reason=reason)
    )
    return done.rowcount


async def next_moment(connection: AsyncConnection) -> datetime | None:
    """When the next waiting row may leave."""
    moment: datetime | None = await connection.scalar(
        select(func.min(outbox.c.not_before)).where(TO_SEND)
    )
    return moment


async def revive_dead(connection: AsyncConnection, now: datetime) -> int:
    """Gives every dead row its tries again; how many."""
    done = await connection.execute(
        update(outbox)
        .where(outbox.c.state == "dead")
        .values(state="ready", not_before=now, attempts=0, reason=None, settled_at=None)
    )
    return done.rowcount


async def forget_settled(connection: AsyncConnection, before: datetime) -> int:
    """Erases what was settled before a moment; how many rows."""
    done = await connection.execute(
        delete(outbox).where(outbox.c.state.in_(SETTLED), outbox.c.settled_at < before)
    )
    return done.rowcount
