"""Which version of each article was told to those who follow what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.tables import announced


@dataclass(frozen=True, slots=True)
class Announced:
    """`content` is a hash of what a correction would change; `version` counts from 1."""

    content: str
    version: int = 1


async def all_announced(connection: AsyncConnection) -> Mapping[str, Announced]:
    """Everything that was announced, by the article's id."""
    found = await connection.execute(select(announced))
    return {row.article: Announced(row.content, row.version) for row in found}


async def mark_announced(connection: AsyncConnection, article: str, told: Announced) -> None:
    """Writes down that this version is told."""
    values = {"content": told.content, "version": told.version}
    await connection.execute(
        insert_into(connection, announced)
        .values(article=article, **values)
        .on_conflict_do_update(index_elements=[announced.c.article], set_=values)
    )
