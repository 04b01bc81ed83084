"""A few moments that must survive a restart."""

from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.tables import marks

Name = Literal["paused_until", "articles_known"]


async def set_mark(connection: AsyncConnection, name: Name, at: datetime) -> None:
    """Writes the moment down, instead of the one before."""
    await connection.execute(
        insert_into(connection, marks)
        .values(name=name, at=at)
        .on_conflict_do_update(index_elements=[marks.c.name], set_={"at": at})
    )


async def find_mark(connection: AsyncConnection, name: Name) -> datetime | None:
    """The moment, if it was written down."""
    return await connection.scalar(select(marks.c.at).where(marks.c.name == name))


async def remove_mark(connection: AsyncConnection, name: Name) -> None:
    """As if it had never been written down."""
    await connection.execute(delete(marks).where(marks.c.name == name))
