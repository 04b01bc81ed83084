"""The chats the bot writes to, and what each has set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.tables import chats

Kind = Literal["private", "group", "supergroup", "channel"]
Frequency = Literal["instant", "daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Chat:
    """`quiet_from` and `quiet_until` are minutes after midnight; with `digest_hour` (0 to 23) and
    `digest_weekday` (Monday is 0), they are wall time in `zone`.

    `unreachable` says why nothing can be sent (« blocked »…); `managed_by` is the private chat
    from which a channel is set up; `thread` is a forum group's `message_thread_id`.
    """

    id: int
    kind: Kind = "private"
    thread: int | None = None
    managed_by: int | None = None
    paused: bool = False
    unreachable: str | None = None
    silent: bool = False
    frequency: Frequency = "instant"
    digest_weekday: int = 4
    digest_hour: int = 18
    quiet_from: int | None = None
    quiet_until: int | None = None
    zone: str = "Europe/Paris"


def chat_of(row: RowMapping) -> Chat:
    """A row of `chats` as a value."""
    return Chat(**row)


async def find(connection: AsyncConnection, chat_id: int) -> Chat | None:
    """What is held on a chat, if anything."""
    found = await connection.execute(select(chats).where(chats.c.id == chat_id))
    row = found.mappings().first()
    return chat_of(row) if row else None


async def keep(connection: AsyncConnection, chat_id: int, kind: Kind) -> Chat:
    """The chat, kept from now on; whoever could not be reached can be again."""
    values: dict[str, Any] = {"kind": kind, "unreachable": None}
    await connection.execute(
        insert_into(connection, chats)
        .values(id=chat_id, **values)
        .on_conflict_do_update(index_elements=[chats.c.id], set_=values)
    )
    chat = await find(connection, chat_id)
    assert chat
    return chat


async def change(connection: AsyncConnection, chat_id: int, **settings: Any) -> None:
    """Sets fields of `Chat` by name. Unknown chats are left unknown.

    After a change of `frequency`, `digest_*` or `zone`, call `delivery.digests.replan`; after
    `paused`, `outbox.drop_waiting`.
    """
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(**settings))


async def managed_from(connection: AsyncConnection, chat_id: int) -> Sequence[Chat]:
    """The channels that are set up from this private chat."""
    found = await connection.execute(
        select(chats).where(chats.c.managed_by == chat_id).order_by(chats.c.id)
    )
    return [chat_of(row) for row in found.mappings()]
