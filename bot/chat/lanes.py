"""Work done in order inside a chat, and side by side between chats."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]

AT_ONCE = 8
"""Chats served at the same time: more connections to the Bot API are slower, not faster."""
WAITING = 1_000
"""Pieces of work that may wait before `put` makes its caller wait."""


class Lanes:
    """One lane a chat. A slow reply holds back nobody else's; work must not raise."""

    def __init__(self) -> None:
        self._lanes: dict[int, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._room = asyncio.Semaphore(WAITING)

    async def put(self, lane: int, work: Work) -> None:
        """Queues `work` after what its lane already holds; waits while too much is waiting."""
        await self._room.acquire()
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(work)
            return
        self._lanes[lane] = deque((work,))
        task = asyncio.create_task(self._serve(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, within_seconds: float) -> None:
        """Ends what can end within that time, and cancels the rest."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _serve(self, lane: int) -> None:
        waiting = self._lanes[lane]
        try:
            while waiting:
                async with self._places:
                    await waiting.popleft()()
                self._room.release()
        finally:
            del self._lanes[lane]
