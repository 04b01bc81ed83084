"""Opening the database: one way for both engines, always closed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.migrating import migrate

BUSY_SECONDS = 30

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)


@dataclass(frozen=True)
class Storage:
    """An open database, its schema up to date."""

    engine: AsyncEngine
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def writing(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end of the block, undone when it raises.

        On SQLite it takes the write lock at once, so that reading and then writing is safe.
        Unless `durable`, a power failure (but no kill) may undo it after it was committed.
        """
        if self.file is None:
            async with self.engine.begin() as connection:
                if not durable:
                    await connection.execute(text("SET LOCAL synchronous_commit TO off"))
                yield connection
            return
        # Waiting here is fair; SQLite's own waiting is by longer and longer sleeps.
        async with self._turn, self.engine.connect() as connection:
            await connection.execution_options(durable=durable)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view of the data. It neither waits for writers nor holds them up."""
        async with self.engine.connect() as connection:
            if self.file is None:
                options: dict[str, Any] = {
                    "isolation_level": "REPEATABLE READ",
                    "postgresql_readonly": True,
                }
            else:
                options = {"reads_only": True}
            await connection.execution_options(**options)
            yield connection

    @property
    def file(self) -> Path | None:
        """The database file; None on a server."""
        url = self.engine.url
        if url.get_backend_name() != "sqlite":
            return None
        assert url.database
        return Path(url.database)


@asynccontextmanager
async def open_storage(url: str) -> AsyncIterator[Storage]:
    """The database at `sqlite:///…` or `postgresql://…`, created and migrated as needed.

    Several processes may open it at once: one migrates, the others wait.
    Raises sqlalchemy.exc.SQLAlchemyError when it cannot be opened.
    """
    if url.startswith("sqlite"):
        _require_file(url)
        engine = create_async_engine(_async_url(url), connect_args={"factory": _Connection})
        _behave(engine)
    else:
        engine = create_async_engine(_async_url(url), pool_pre_ping=True)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('schema'))"))
            await connection.run_sync(migrate)
        yield Storage(engine)
    finally:
        await engine.dispose()


def _require_file(url: str) -> None:
    """Raises OperationalError when SQLite cannot open the file.

    Found out later, in the driver's thread, it might be told to a loop that is closed already.
    """
    try:
        sqlite3.connect(str(make_url(url).database)).close()
    except sqlite3.Error as error:
        raise OperationalError("open", None, error) from error


def _async_url(url: str) -> URL:
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    return parsed.set(drivername=driver[parsed.get_backend_name()])


class _Connection(sqlite3.Connection):
    """Lets go of its locks when it is closed.

    A task cancelled in the middle of a statement has its connection closed, but SQLite keeps a
    closed connection, and its write lock, for as long as one of its statements is referred to,
    be it by a traceback. Nobody could write then.
    """

    def close(self) -> None:
        self.rollback()
        super().close()


def _behave(engine: AsyncEngine) -> None:
    """With the driver's defaults, read-then-write transactions lose updates."""

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("reads_only"):
            connection.exec_driver_sql("BEGIN")
            return
        waits = "FULL" if options.get("durable", True) else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous = {waits}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT, which both engines write alike."""
    on_server = connection.dialect.name == "postgresql"
    return postgresql.insert(table) if on_server else sqlite.insert(table)
