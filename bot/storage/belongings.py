"""Everything that is held on one chat: showing it, moving it, erasing it."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import chats as kept_chats
from bot.storage import reminders
from bot.storage.engine import Storage, insert_into
from bot.storage.errors import StorageError
from bot.storage.subscriptions import excluded_by, follows_of
from bot.storage.tables import chats, exclusions, outbox, reminder_settings, subscriptions

_TRUNCATIONS = 50
_RETRY_SECONDS = 0.1


async def everything_held_on(connection: AsyncConnection, chat_id: int) -> Mapping[str, Any]:
    """All of it, as values that JSON can write; moments in ISO 8601, in UTC.

    `settings` is None for an unknown chat.
    """
    chat = await kept_chats.find(connection, chat_id)
    rows = await connection.execute(
        select(outbox.c.notice, outbox.c.state, outbox.c.not_before, outbox.c.settled_at)
        .where(outbox.c.chat_id == chat_id)
        .order_by(outbox.c.id)
    )
    wanted = await reminders.find(connection, chat_id)
    return {
        "chat": chat_id,
        "settings": asdict(chat) if chat else None,
        "follows": [asdict(one) for one in await follows_of(connection, chat_id)],
        "excluded": list(await excluded_by(connection, chat_id)),
        "reminders": asdict(wanted) if wanted else None,
        "channels": [one.id for one in await kept_chats.managed_from(connection, chat_id)],
        "notices": [
            {
                "notice": row.notice,
                "state": row.state,
                "planned_at": row.not_before.isoformat(),
                "settled_at": row.settled_at.isoformat() if row.settled_at else None,
            }
            for row in rows
        ],
    }


async def move(connection: AsyncConnection, old: int, new: int) -> bool:
    """Hands everything over when a group becomes a supergroup; whether there was anything.

    When both are known the settings of the old one hold, subscriptions are joined, and what
    either was told is not told again. Telegram says it twice: the second time changes nothing.
    """
    chat = await kept_chats.find(connection, old)
    if chat is not None:
        settings = {**asdict(chat), "id": new, "kind": "supergroup", "unreachable": None}
        await connection.execute(
            insert_into(connection, chats)
            .values(settings)
            .on_conflict_do_update(index_elements=[chats.c.id], set_=settings)
        )
        for table in (subscriptions, exclusions):
            columns = [column for column in table.c if column.name != "chat_id"]
            theirs = select(literal(new), *columns).where(table.c.chat_id == old)
            await connection.execute(
                insert_into(connection, table)
                .from_select(["chat_id", *(column.name for column in columns)], theirs)
                .on_conflict_do_nothing()
            )
        wanted = await reminders.find(connection, old)
        if wanted is not None:
            await reminders.keep(connection, replace(wanted, chat_id=new))
        await connection.execute(delete(chats).where(chats.c.id == old))
    told = ("inflight", "sent")
    mine = outbox.alias()
    for superfluous in (  # rows whose notice the other id keeps
        (outbox.c.chat_id == new, outbox.c.state.not_in(told), mine.c.chat_id == old),
        (outbox.c.chat_id == old, literal(True), mine.c.chat_id == new),
    ):
        twin = select(mine.c.id).where(mine.c.notice == outbox.c.notice, superfluous[2])
        await connection.execute(delete(outbox).where(*superfluous[:2], twin.exists()))
    moved = await connection.execute(
        update(outbox).where(outbox.c.chat_id == old).values(chat_id=new)
    )
    return chat is not None or bool(moved.rowcount)


async def forget(storage: Storage, chat_id: int) -> None:
    """Erases everything held on a chat, from the files too: SQLite overwrites what it deletes
    (secure_delete) and its log is emptied; PostgreSQL vacuums the tables.

    Raises StorageError when readers kept SQLite's log in use for too long: the rows are gone,
    their bytes go with the next checkpoint.
    """
    async with storage.writing() as connection:
        await connection.execute(delete(outbox).where(outbox.c.chat_id == chat_id))
        for table in (subscriptions, exclusions, reminder_settings):
            await connection.execute(delete(table).where(table.c.chat_id == chat_id))
        await connection.execute(
            update(chats).where(chats.c.managed_by == chat_id).values(managed_by=None)
        )
        await connection.execute(delete(chats).where(chats.c.id == chat_id))
    if storage.file is None:
        await _vacuum(storage)
    else:
        await _empty_log(storage)


async def _vacuum(storage: Storage) -> None:
    async with storage.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in (chats, subscriptions, exclusions, reminder_settings, outbox):
            await connection.execute(text(f"VACUUM {table.name}"))


async def _empty_log(storage: Storage) -> None:
    for _ in range(_TRUNCATIONS):
        async with storage.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert driver is not None
            async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                (busy, _, _) = await cursor.fetchone()
        if not busy:
            return
        await asyncio.sleep(_RETRY_SECONDS)
    raise StorageError("the log is in use")
