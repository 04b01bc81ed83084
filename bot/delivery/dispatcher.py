"""Empties the outbox: lease → claim → check that it still holds → pace → render → send → settle."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import outcome as came
from bot.delivery.gate import Gate, slow_down
from bot.delivery.outcome import Address, Outcome, Send
from bot.delivery.verdict import MOST_TRIES, Drop, Expire, Go, Later, backoff, verdict
from bot.presentation import alerts as alert_sentences
from bot.presentation.message import Message
from bot.storage import chats, claims
from bot.storage.alerts import alert
from bot.storage.belongings import move
from bot.storage.claims import Claim, Due
from bot.storage.engine import Storage
from bot.storage.errors import StorageError
from bot.storage.gathering import Item, gathered
from bot.storage.lease import StillHeld, hold_lease
from bot.storage.outbox import drop_waiting
from bot.storage.retention import forget_old

IN_FLIGHT = 4
_CLAIMED_AT_ONCE = 28
_IDLE_SECONDS = 1.0
_RETRY_SECONDS = 2.0
_STALE_SECONDS = 1.0
_LAST_SENDS_SECONDS = 5.0
_RETENTION_EVERY = timedelta(days=1)

Render = Callable[[Due, Sequence[Item]], Awaitable[Message | None]]
"""The message for a row as things are now; None when there is nothing to say any more. The items
are what a digest gathers, the oldest first; empty for other kinds."""

log = logging.getLogger(__name__)


class Dispatcher:
    """One a bot. `render` holds a Render for each kind of notice; `clock` gives an aware now."""

    def __init__(
        self,
        storage: Storage,
        gate: Gate,
        send: Send,
        render: Mapping[str, Render],
        *,
        operator: int | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._send = send
        self._render = render
        self._operator = operator
        self._clock = clock
        self._claimed: asyncio.Queue[Claim] = asyncio.Queue()
        self._in_hand: set[int] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._outages = 0
        self._rest_until = 0.0
        self._cleaned_at: datetime | None = None

    def wake(self) -> None:
        """Something was put into the outbox: look at once, not within a second."""
        self._woken.set()

    async def run(self) -> None:
        """Sends until cancelled, then lets what is on the wire arrive, for 5 s at most.

        Waits while another process holds the lease. Database faults are waited out.
        """
        while True:
            try:
                async with hold_lease(self._storage) as still_held:
                    await self._hold(still_held)
            except* (StorageError, SQLAlchemyError, OSError) as group:
                names = {type(error).__name__ for error in group.exceptions}
                log.error("the database failed: %s", ", ".join(sorted(names)))
            await asyncio.sleep(_RETRY_SECONDS)

    async def _hold(self, still_held: StillHeld) -> None:
        self._claimed = asyncio.Queue()
        self._in_hand.clear()
        async with self._storage.writing() as connection:
            perhaps_twice = await claims.recover(connection)
        if perhaps_twice:
            log.warning("%d messages may be sent twice", perhaps_twice)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._feed(still_held))
                for _ in range(IN_FLIGHT):
                    group.create_task(self._work())
        finally:
            if self._sending:
                await asyncio.wait(self._sending, timeout=_LAST_SENDS_SECONDS)
            with suppress(StorageError, SQLAlchemyError, OSError):  # the next holder does it too
                await still_held()
                async with self._storage.writing() as connection:
                    await claims.recover(connection)

    async def _feed(self, still_held: StillHeld) -> None:
        """Keeps about a second of work claimed, so that what is urgent overtakes the rest."""
        while True:
            await still_held()
            now = self._clock()
            if self._cleaned_at is None or now - self._cleaned_at >= _RETENTION_EVERY:
                await forget_old(self._storage, now)
                self._cleaned_at = now
            self._woken.clear()
            wanted = _CLAIMED_AT_ONCE - self._claimed.qsize()
            busy = {*self._in_hand, *self._gate.held_back()}
            async with self._storage.writing(durable=False) as connection:
                found = await claims.claim(connection, wanted, now, busy)
            for one in found:
                self._in_hand.add(one.chat_id)
                self._claimed.put_nowait(one)
            with suppress(TimeoutError):
                async with asyncio.timeout(_IDLE_SECONDS):
                    await self._woken.wait()

    async def _work(self) -> None:
        while True:
            rest = self._rest_until - asyncio.get_running_loop().time()
            if rest > 0:
                await asyncio.sleep(rest)
            one = await self._claimed.get()
            if self._claimed.qsize() in (0, _CLAIMED_AT_ONCE // 2):
                self._woken.set()
            try:
                await self._deliver(one)
            finally:
                self._in_hand.discard(one.chat_id)

    async def _deliver(self, one: Claim) -> None:
        clock = asyncio.get_running_loop().time
        while due := await self._begin(one):
            asked_at = clock()
            await self._gate.push(due.chat_id)
            if clock() - asked_at < _STALE_SECONDS:
                break
            self._gate.arrived()  # after a long pause, look again whether it still holds
        else:
            return
        sending = asyncio.create_task(self._send_one(due))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        await asyncio.shield(sending)

    async def _begin(self, one: Claim) -> Due | None:
        """The row, marked inflight; None when it is not to be sent now."""
        now = self._clock()
        async with self._storage.writing(durable=False) as connection:  # undone, it is sent anew
            due = await claims.load(connection, one.id)
            if due is None:
                return None
            wait = self._gate.wait_of(due.chat_id)
            if wait > _STALE_SECONDS:
                await claims.put_back(connection, due.id, now + timedelta(seconds=wait))
                return None
            match verdict(due, now):
                case Go(silently):
                    await claims.start(connection, due.id)
                    if silently and due.chat:
                        return replace(due, chat=replace(due.chat, silent=True))
                    return due
                case Later(until):
                    await claims.put_back(connection, due.id, until)
                case Expire():
                    await claims.settle(connection, [due.id], "expired", now)
                case Drop(reason):
                    await claims.settle(connection, [due.id], "dropped", now, reason)
        return None

    async def _send_one(self, due: Due) -> None:
        """Renders, sends and settles a row whose turn it is."""
        items: Sequence[Item] = ()
        try:
            if due.kind == "digest":
                async with self._storage.reading() as connection:
                    items = await gathered(connection, due.chat_id)
            message = await self._message(due, items)
            result = await self._outcome(due, message) if message else None
        finally:
            self._gate.arrived()
        if result is not None:
            log.info("%s to %d: %s", due.notice, due.chat_id, type(result).__name__)
            await self._settle(due, items, result)

    async def _message(self, due: Due, items: Sequence[Item]) -> Message | None:
        """What to send; None when the row came to its end here."""
        now = self._clock()
        try:
            message = await self._render[due.kind](due, items)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:
            log.exception("cannot render %s", due.notice)
            name = type(error).__name__
            async with self._storage.writing() as connection:
                await claims.settle(connection, [due.id], "dead", now, f"render: {name}")
                told = alert_sentences.not_rendered(due.notice, name)
                await alert(connection, "render", told, self._operator, now)
            return None
        if message is None:
            async with self._storage.writing() as connection:
                await claims.settle(connection, [due.id], "dropped", now, "no longer holds")
        return message

    async def _outcome(self, due: Due, message: Message) -> Outcome:
        chat = due.chat
        address = Address(due.chat_id, chat.thread, chat.silent) if chat else Address(due.chat_id)
        try:
            return await self._send(address, message)
        except Exception as error:
            log.exception("sending %s raised", due.notice)
            return came.PerhapsDelivered(type(error).__name__)

    async def _settle(self, due: Due, items: Sequence[Item], result: Outcome) -> None:
        now = self._clock()
        if isinstance(result, came.SlowDown):
            await slow_down(self._storage, self._gate, result.wait, now)
        self._take_a_rest(isinstance(result, came.Away))
        async with self._storage.writing() as connection:
            match result:
                case came.Sent():
                    ids = [due.id, *(item.id for item in items)]
                    await claims.settle(connection, ids, "sent", now)
                case came.Unreachable(reason):
                    await chats.change(connection, due.chat_id, unreachable=reason)
                    await claims.settle(connection, [due.id], "dropped", now, reason)
                    await drop_waiting(connection, due.chat_id, reason)
                case came.Migrated(to):
                    await claims.put_back(connection, due.id, now)
                    await move(connection, due.chat_id, to)
                case came.ThreadGone():
                    await chats.change(connection, due.chat_id, thread=None)
                    await claims.put_back(connection, due.id, now)
                case came.Refused(reason):
                    await claims.settle(connection, [due.id], "dead", now, reason)
                    told = alert_sentences.refused(due.notice, reason)
                    await alert(connection, "refused", told, self._operator, now)
                case came.SlowDown() | came.Away():
                    await claims.put_back(connection, due.id, now)
                case came.TryLater(reason) | came.PerhapsDelivered(reason):
                    await self._retry(connection, due, reason, now)

    def _take_a_rest(self, away: bool) -> None:
        """While no connection can be made, pushes try less and less often."""
        now = asyncio.get_running_loop().time()
        if not away:
            self._outages = 0
        elif now >= self._rest_until:
            self._outages += 1
            self._rest_until = now + _spread(self._outages).total_seconds()

    async def _retry(
        self, connection: AsyncConnection, due: Due, reason: str, now: datetime
    ) -> None:
        tries = due.attempts + 1
        if tries < MOST_TRIES:
            again = now + _spread(tries)
            await claims.put_back(connection, due.id, again, failed=True, reason=reason)
            return
        await claims.settle(connection, [due.id], "dead", now, reason)
        told = alert_sentences.given_up(due.notice, tries, reason)
        await alert(connection, "given-up", told, self._operator, now)


def _spread(failures: int) -> timedelta:
    return backoff(failures, random.random())  # noqa: S311 (it spreads, and protects nothing)
