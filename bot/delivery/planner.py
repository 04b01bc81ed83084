"""Puts into the outbox what chats are to be told of events, when its moment has come."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answers.following import Following
from bot.delivery.corrections import Changes, Row, reconcile, where_version
from bot.delivery.moments import RULES
from bot.delivery.reminders import DigestTime, Group, Schedule
from bot.delivery.weekly import WeeklyDigest, digests_due
from bot.knowledge.model import Knowledge
from bot.knowledge.occurrences import occurrences
from bot.storage import reminders
from bot.storage.engine import Storage
from bot.storage.outbox import Entry, Priority, drop_waiting, enqueue
from bot.storage.reminders import ReminderSettings

_TICK_SECONDS = 60.0
_RETRY_SECONDS = 2.0

_log = logging.getLogger(__name__)


class Planner:
    """One a bot. Every method that takes `now` wants it timezone-aware."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self._known: set[int] = set()
        self._planned: Schedule | None = None
        """The schedule of which everything due was looked at; from then on, only what is new."""
        self._last: datetime | None = None

    def renew(self, knowledge: Knowledge, following: Following) -> None:
        """Plans from another state of the base from now on, at once when it runs."""
        self._events = [
            dated for id_, event in knowledge.events.items() for dated in occurrences(id_, event)
        ]
        self._versions = {id_: where_version(event) for id_, event in knowledge.events.items()}
        self._around = following.around
        self._known.clear()
        self.schedule = Schedule(self._events, (), self._around)
        self._woken.set()

    async def run(self, clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
        """Plans at start, at each moment and at least each minute, until cancelled.

        `wake` is called when there is something new to send. Database faults are waited out.
        """
        while True:
            self._woken.clear()
            now = clock()
            rest = _TICK_SECONDS
            try:
                if await self.tick(now):
                    wake()
                coming = self.schedule.next_moment(now)
                if coming is not None:
                    rest = min(rest, max((coming - now).total_seconds(), 0.01))
            except (SQLAlchemyError, OSError) as error:
                _log.error("reminders not planned: %s", type(error).__name__)
                rest = _RETRY_SECONDS
            with suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._woken.wait()

    async def tick(self, now: datetime) -> int:
        """Plans what has become due since the last tick; how many messages are new.

        After a change of the base, everything is looked at: what waits and does not hold any
        more is taken back, and what was told and does not hold is corrected.
        """
        async with self._turn:
            schedule = self.schedule
            is_whole = self._planned is not schedule
            since = None if is_whole else self._last
            if not (is_whole or schedule.due(now, since) or digests_due(schedule, now, since)):
                self._last = now
                return 0
            async with self._storage.writing() as connection:
                await self._follow_all(connection, schedule)
                due = schedule.due(now, since)
                changes = reconcile(
                    schedule,
                    due,
                    [
                        Row(*row)
                        for row in await reminders.rows_about(
                            connection,
                            now,
                            events=None if is_whole else {one.event for one in due},
                        )
                    ],
                    await reminders.note_places(connection, self._versions, now),
                    now,
                )
                planned = await _write(connection, changes, now)
                digests = digests_due(schedule, now, self._last)
                planned += await enqueue(connection, [_digest_entry(one) for one in digests])
            self._planned, self._last = schedule, now
            return planned

    async def look_again(self, chat: int, now: datetime) -> int:
        """Follows what a chat has set; how many messages are new.

        An agenda of the week whose hour has passed when it is chosen comes the week after.
        """
        async with self._turn, self._storage.writing() as connection:
            former = self.schedule.group(chat)
            group = await self._follow(connection, chat)
            if former is None and group is None:
                return 0
            alone = Schedule(self._events, [group] if group else [], self._around)
            rows = await reminders.rows_about(connection, now, chat_id=chat)
            places = await reminders.note_places(connection, self._versions, now)
            due = alone.due(now)
            changes = reconcile(alone, due, [Row(*row) for row in rows], places, now)
            planned = await _write(connection, changes, now)
            if group is not None and (former is None or former.digest != group.digest):
                for digest in digests_due(alone, now):
                    if await enqueue(connection, [_digest_entry(digest)]):
                        await drop_waiting(connection, chat, "chosen later", notice=digest.notice)
            return planned

    async def group_now(self, chat: int) -> Group | None:
        """What a chat wants, as it is kept; None for one that wants no reminders."""
        async with self._storage.reading() as connection:
            return await self._follow(connection, chat)

    async def _follow(self, connection: AsyncConnection, chat: int) -> Group | None:
        found = await reminders.all_wanting(connection, chat)
        if found:
            self._known.add(chat)
            self.schedule.put(_group(found[0]))
        else:
            self._known.discard(chat)
            self.schedule.remove(chat)
        return self.schedule.group(chat)

    async def _follow_all(self, connection: AsyncConnection, schedule: Schedule) -> None:
        """A chat may have paused, moved to another id or blocked the bot without a word here."""
        wanted = {one.chat_id: _group(one) for one in await reminders.all_wanting(connection)}
        for chat in self._known - wanted.keys():
            schedule.remove(chat)
        for chat, group in wanted.items():
            if schedule.group(chat) != group:
                schedule.put(group)
        self._known = set(wanted)


def _group(settings: ReminderSettings) -> Group:
    digest = None
    if settings.digest_weekday is not None and settings.digest_hour is not None:
        digest = DigestTime(settings.digest_weekday, settings.digest_hour)
    return Group(
        settings.chat_id,
        places=frozenset(settings.places),
        themes=frozenset(settings.themes),
        moments=frozenset(rule for rule in RULES if rule in settings.moments),
        digest=digest,
    )


async def _write(connection: AsyncConnection, changes: Changes, now: datetime) -> int:
    entries: Sequence[Entry] = [
        *(Entry(r.notice, r.chat, r.due, r.expires, Priority.TIMELY) for r in changes.to_add),
        *(Entry(c.notice, c.chat, now, c.expires, Priority.TIMELY) for c in changes.corrections),
    ]
    await reminders.unplan(connection, [(row.notice, row.chat) for row in changes.to_drop])
    return await reminders.plan(connection, entries)


def _digest_entry(digest: WeeklyDigest) -> Entry:
    return Entry(digest.notice, digest.chat, digest.due, digest.expires, Priority.TIMELY)
