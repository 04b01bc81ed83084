"""Where everything that leaves waits its turn: replies to people first, then pushes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.delivery.pacing import Pace
from bot.storage.engine import Storage
from bot.storage.marks import find_mark, set_mark


class Gate:
    """One for the whole bot, made by `open_gate`. Belongs to the running event loop."""

    def __init__(self) -> None:
        self._clock: Callable[[], float] = asyncio.get_running_loop().time
        self._pace = Pace()
        self._replies: dict[asyncio.Future[None], int] = {}
        self._pushes: dict[asyncio.Future[None], int] = {}
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def replying(self, chat_id: int) -> AsyncIterator[None]:
        """Waits until a reply to this chat may leave; send it within the block."""
        await self._wait(self._replies, chat_id)
        try:
            yield
        finally:
            self.arrived()

    async def push(self, chat_id: int) -> None:
        """Waits until a push to this chat may leave, after all replies; call `arrived` once it
        was answered."""
        await self._wait(self._pushes, chat_id)

    def arrived(self) -> None:
        """What was let pass has been answered, or was not sent after all."""
        self._pace.arrive(self._clock())
        self._open()

    def wait_of(self, chat_id: int) -> float:
        """How many seconds this chat's own limits ask to wait, 0 or less when none."""
        return self._pace.chat_opens(chat_id) - self._clock()

    def held_back(self) -> list[int]:
        """The chats whose own limits ask to wait."""
        return self._pace.held_back(self._clock())

    def pause(self, wait: timedelta) -> None:
        """Nothing leaves for that long."""
        self._pace.pause(self._clock() + wait.total_seconds())
        self._open()

    async def _wait(self, queue: dict[asyncio.Future[None], int], chat_id: int) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue[turn] = chat_id
        self._open()
        try:
            await turn
        finally:
            queue.pop(turn, None)

    def _open(self) -> None:
        """Lets pass whoever may, and sets the alarm for whoever is next."""
        now = self._clock()
        next_at = float("inf")
        for queue in (self._replies, self._pushes):
            for turn, chat_id in list(queue.items()):
                if turn.done():  # whoever waited has given up
                    continue
                at = max(self._pace.opens(), self._pace.chat_opens(chat_id))
                if at <= now:
                    self._pace.let_pass(chat_id, now)
                    del queue[turn]
                    turn.set_result(None)
                else:
                    next_at = min(next_at, at)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if next_at < float("inf"):
            self._timer = asyncio.get_running_loop().call_at(next_at, self._open)


async def slow_down(storage: Storage, gate: Gate, wait: timedelta, now: datetime) -> None:
    """Telegram asked for a pause (a 429, of a push or of a reply): it holds for the whole bot, at
    once, and after a restart."""
    gate.pause(wait)
    async with storage.writing() as connection:
        until = now.astimezone(UTC) + wait
        known = await find_mark(connection, "paused_until")
        if known is None or known < until:
            await set_mark(connection, "paused_until", until)


async def open_gate(storage: Storage, now: datetime) -> Gate:
    """A gate that keeps what is left of a pause asked for before a restart."""
    gate = Gate()
    async with storage.reading() as connection:
        until = await find_mark(connection, "paused_until")
    if until is not None and until > now:
        gate.pause(until - now)
    return gate
