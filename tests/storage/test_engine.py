import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import StatementError

from bot.storage.engine import Storage, open_storage
from bot.storage.tables import marks, metadata

OPEN = """
import asyncio, sys
from bot.storage.engine import open_storage
async def main():
    async with open_storage(sys.argv[1]):
        pass
asyncio.run(main())
"""


async def test_the_migrations_make_the_schema_that_the_tables_say(storage: Storage) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with storage.writing() as connection:
        assert await connection.run_sync(differences) == []


async def test_several_processes_may_open_a_new_database_at_once(database_url: str) -> None:
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPEN, database_url, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    said = [await process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 6, said


async def test_a_process_that_opened_the_database_ends(database_url: str) -> None:
    """One connection left open would keep it alive for ever."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN, database_url)
    assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_the_database_is_closed_when_the_block_raises(database_url: str) -> None:
    with pytest.raises(LookupError):
        async with open_storage(database_url) as storage:
            raise LookupError
    assert storage.engine.pool.status().startswith("Pool size: 5  Connections in pool: 0 ")


async def test_reading_and_then_writing_loses_no_update(storage: Storage) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    async with storage.writing() as connection:
        await connection.execute(insert(marks).values(name="count", at=start))

    async def add_one() -> None:
        async with storage.writing() as connection:
            query = select(marks.c.at).where(marks.c.name == "count").with_for_update()
            at = await connection.scalar(query)
            assert at
            later = at + timedelta(milliseconds=1)
            await connection.execute(marks.update().values(at=later))

    await asyncio.gather(*(add_one() for _ in range(100)))
    async with storage.reading() as connection:
        counted = await connection.scalar(select(marks.c.at))
    assert counted == start + timedelta(milliseconds=100)


async def test_a_write_cancelled_in_the_middle_of_a_statement_holds_nobody_up(
    tmp_path: Path,
) -> None:
    """The cancelled task is kept, and with it the traceback that refers to the statement."""
    async with open_storage(f"sqlite:///{tmp_path / 'bot.db'}") as storage:

        async def write() -> None:
            loop, task = asyncio.get_running_loop(), asyncio.current_task()
            assert task is not None

            def cancel() -> int:
                loop.call_soon_threadsafe(task.cancel)
                return 1

            async with storage.writing() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.create_function("cancel", 0, cancel)
                await connection.execute(text("INSERT INTO marks SELECT 'a', cancel() RETURNING 1"))

        cancelled = asyncio.create_task(write())
        with pytest.raises(asyncio.CancelledError) as kept:
            await cancelled
        async with asyncio.timeout(10), storage.writing() as connection:
            assert (await connection.execute(select(marks))).all() == []
        assert kept.tb is not None


async def test_reading_does_not_wait_for_a_writer(storage: Storage) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with storage.writing() as writer:
        await writer.execute(insert(marks).values(name="half", at=now))
        async with asyncio.timeout(5), storage.reading() as reader:
            assert await reader.scalar(select(marks.c.at)) is None


async def test_a_moment_keeps_its_instant_and_loses_its_zone(storage: Storage) -> None:
    paris = timezone(timedelta(hours=2))
    async with storage.writing() as connection:
        at = datetime(2026, 6, 1, 12, 0, 0, 123_000, tzinfo=paris)
        await connection.execute(insert(marks).values(name="noon", at=at))
        assert await connection.scalar(text("SELECT at FROM marks")) == 1780308000123
        assert await connection.scalar(select(marks.c.at)) == at


async def test_a_moment_without_a_zone_is_refused(storage: Storage) -> None:
    async with storage.writing() as connection:
        with pytest.raises(StatementError, match="time zone"):
            await connection.execute(insert(marks).values(name="noon", at=datetime(2026, 6, 1)))  # noqa: DTZ001


async def test_sqlite_waits_for_the_disk_and_overwrites_what_it_deletes(tmp_path: Path) -> None:
    async with (
        open_storage(f"sqlite:///{tmp_path / 'bot.db'}") as storage,
        storage.reading() as connection,
    ):
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("busy_timeout", 30_000),
        ):
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value
