"""Gathering what a chat wants told once a day or once a week."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.hours import next_digest
from bot.storage.chats import Chat
from bot.storage.gathering import digest_times, enqueue_digests, regather


async def plan_digests(
    connection: AsyncConnection, now: datetime, chat_id: int | None = None
) -> int:
    """A digest, at its chosen time, for every chat (or the one) with something gathered.

    How many were new. One statement for each time that somebody chose.
    """
    planned = 0
    for chosen in await digest_times(connection, chat_id):
        at = next_digest(chosen, now)
        notice = f"digest:{at:%Y-%m-%dT%H}"
        planned += await enqueue_digests(connection, notice, chosen, at, chat_id)
    return planned


async def replan(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """What waits follows the chat's new frequency, hour, day or time zone."""
    await regather(connection, chat.id, in_digest=chat.frequency != "instant")
    await plan_digests(connection, now, chat.id)
