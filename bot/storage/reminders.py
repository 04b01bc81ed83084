"""What each chat wants to be reminded of, and what it was told of the events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert_into
from bot.storage.outbox import Entry
from bot.storage.tables import chats, event_places, outbox, reminder_settings

KINDS = ("reminder", "moved", "cancelled", "upheld")
"""The notices of this room that speak of one event; its id is their second word."""
_MOST_CONDITIONS = 400
_ROWS_A_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """`moments` are rules of `delivery.moments`; `places` INSEE codes and SIRENs; `themes` tags
    and ids of topics: none narrows nothing. `digest_weekday` (Monday is 0) and `digest_hour`,
    wall time in Paris, are both None for a chat that wants no agenda of the week."""

    chat_id: int
    is_on: bool = True
    moments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    digest_weekday: int | None = None
    digest_hour: int | None = None


class Told(NamedTuple):
    """One row of the outbox about an event; `told_at` is None while it waits."""

    notice: str
    chat_id: int
    told_at: datetime | None


async def find(connection: AsyncConnection, chat_id: int) -> ReminderSettings | None:
    """What a chat has set, if anything."""
    query = select(reminder_settings).where(reminder_settings.c.chat_id == chat_id)
    row = (await connection.execute(query)).mappings().first()
    return ReminderSettings(**row) if row else None


async def keep(connection: AsyncConnection, settings: ReminderSettings) -> None:
    """Writes the settings of a chat that is kept, instead of those before."""
    values = asdict(settings)
    await connection.execute(
        insert_into(connection, reminder_settings)
        .values(values)
        .on_conflict_do_update(index_elements=[reminder_settings.c.chat_id], set_=values)
    )


async def all_wanting(
    connection: AsyncConnection, chat_id: int | None = None
) -> Sequence[ReminderSettings]:
    """The settings of the chats (or the one) that want reminders and can be sent some now."""
    query = (
        select(reminder_settings)
        .join(chats, chats.c.id == reminder_settings.c.chat_id)
        .where(reminder_settings.c.is_on, chats.c.paused.is_(False), chats.c.unreachable.is_(None))
    )
    if chat_id is not None:
        query = query.where(chats.c.id == chat_id)
    return [ReminderSettings(**row) for row in (await connection.execute(query)).mappings()]


async def rows_about(
    connection: AsyncConnection,
    now: datetime,
    *,
    events: Collection[str] | None = None,
    chat_id: int | None = None,
) -> Sequence[Told]:
    """What waits or was told about these events (or all), to one chat or to all of them.

    What may be on the wire counts as told at `now`.
    """
    if events is not None and not events:
        return []
    states = ("ready", "claimed", "inflight", "sent")
    query = select(outbox.c.notice, outbox.c.chat_id, outbox.c.state, outbox.c.settled_at).where(
        outbox.c.state.in_(states)
    )
    subjects = [""] if events is None else [f"{event}:" for event in events]
    if len(subjects) * len(KINDS) > _MOST_CONDITIONS:
        subjects = [""]
    starts = [f"{kind}:{subject}" for kind in KINDS for subject in subjects]
    query = query.where(or_(*(outbox.c.notice.startswith(s, autoescape=True) for s in starts)))
    if chat_id is not None:
        query = query.where(outbox.c.chat_id == chat_id)
    return [
        Told(row.notice, row.chat_id, row.settled_at or now if is_told else None)
        for row in await connection.execute(query)
        for is_told in (row.state in ("inflight", "sent"),)
    ]


async def plan(connection: AsyncConnection, entries: Sequence[Entry]) -> int:
    """How many wait from now on that did not. What was dropped or came too late waits again, as
    its event may have been restored; what was told, or given up, is left."""
    added = 0
    for first in range(0, len(entries), _ROWS_A_STATEMENT):
        rows = [
            {**asdict(entry), "state": "ready"}
            for entry in entries[first : first + _ROWS_A_STATEMENT]
        ]
        insert = insert_into(connection, outbox).values(rows)
        again = {name: insert.excluded[name] for name in ("state", "not_before", "expires_at")}
        done = await connection.execute(
            insert.on_conflict_do_update(
                index_elements=[outbox.c.notice, outbox.c.chat_id],
                set_={**again, "attempts": 0, "reason": None, "settled_at": None},
                where=outbox.c.state.in_(("dropped", "expired")),
            )
        )
        added += done.rowcount
    return added


async def unplan(connection: AsyncConnection, rows: Sequence[tuple[str, int]]) -> None:
    """Takes back what still waits, by notice and chat."""
    for notice, chat_id in rows:
        await connection.execute(
            delete(outbox).where(
                outbox.c.notice == notice,
                outbox.c.chat_id == chat_id,
                outbox.c.state.in_(("ready", "claimed")),
            )
        )


async def note_places(
    connection: AsyncConnection, versions: Mapping[str, str], now: datetime
) -> Mapping[str, datetime]:
    """Since when the place of each event is the present one, where it was another before.

    `versions` says by event id which place it is now; events that are gone are forgotten.
    """
    found = {row.event: row for row in await connection.execute(select(event_places))}
    for event, version in versions.items():
        known = found.get(event)
        if known is None or known.version != version:
            values = {"version": version, "since": None if known is None else now}
            await connection.execute(
                insert_into(connection, event_places)
                .values(event=event, **values)
                .on_conflict_do_update(index_elements=[event_places.c.event], set_=values)
            )
    gone = [event for event in found if event not in versions]
    if gone:
        await connection.execute(delete(event_places).where(event_places.c.event.in_(gone)))
    since = await connection.execute(select(event_places).where(event_places.c.since.is_not(None)))
    return {row.event: row.since for row in since}
