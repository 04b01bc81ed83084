"""One sender per database: a file lock beside SQLite, an advisory lock on PostgreSQL.

Both are let go by the system when their holder dies, however it dies.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import Storage
from bot.storage.errors import LeaseLostError, LeaseTakenError

_LOCK = "hashtext('sousveille sender')"
_RETRY_SECONDS = 0.5

StillHeld = Callable[[], Awaitable[None]]
"""Raises LeaseLostError when the lease is lost."""


@asynccontextmanager
async def hold_lease(storage: Storage, *, wait: bool = True) -> AsyncIterator[StillHeld]:
    """The lease for the time of the block; waits for its holder to end.

    Without `wait`, raises LeaseTakenError when somebody has it.
    """
    taking = _lock_file(storage.file) if storage.file else _lock_on_server(storage)
    async with taking as attempt:
        while not await attempt():
            if not wait:
                raise LeaseTakenError("another process sends from this database")
            await asyncio.sleep(_RETRY_SECONDS)

        async def still_held() -> None:
            if storage.file is None and not await attempt():
                raise LeaseLostError("the connection that held the lease was lost")

        yield still_held


@asynccontextmanager
async def _lock_file(database: Path) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    async def attempt() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        yield attempt
    finally:
        os.close(descriptor)


@asynccontextmanager
async def _lock_on_server(storage: Storage) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """The lock is its connection's: a lost connection cannot be mistaken for a held lock."""
    async with storage.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")

        async def attempt() -> bool:
            try:
                return bool(await connection.scalar(text(f"SELECT pg_try_advisory_lock({_LOCK})")))
            except DBAPIError as error:
                raise LeaseLostError("the connection that held the lease was lost") from error

        try:
            yield attempt
        finally:
            await connection.invalidate()
