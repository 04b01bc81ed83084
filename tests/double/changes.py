"""Waiting for something to have happened, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """A condition that can be notified from plain functions, as everything runs in one loop."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, predicate: Callable[[], T], timeout_seconds: float | None) -> T:
        """The first true value of the predicate, looked at after each change; or TimeoutError."""
        async with asyncio.timeout(timeout_seconds):
            while not (value := predicate()):
                await self._next.wait()
        return value
