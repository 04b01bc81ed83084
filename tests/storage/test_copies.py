import asyncio
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.storage import chats
from bot.storage.belongings import everything_held_on
from bot.storage.copies import backup, restore
from bot.storage.engine import Storage, open_storage
from bot.storage.errors import BackupError, LeaseTakenError
from bot.storage.lease import hold_lease
from bot.storage.marks import find_mark, set_mark
from bot.storage.outbox import Entry, enqueue
from bot.storage.subscriptions import Follow, follow
from bot.storage.tables import outbox

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_a_backup_brings_everything_back(storage: Storage, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    async with storage.writing() as connection:
        await chats.keep(connection, 7, "private")
        await follow(connection, 7, Follow(place="roubaix"))
        await set_mark(connection, "articles_known", NOW)
        await enqueue(connection, [Entry("a", 7, NOW + HOUR)])
        before = await everything_held_on(connection, 7)
    await backup(storage, file)
    assert [name for name in os.listdir(tmp_path) if "backup" in name] == ["backup.db"]  # noqa: PTH208
    async with storage.writing() as connection:
        await connection.execute(outbox.delete())
        await chats.change(connection, 7, silent=True)
    assert await restore(storage, file, NOW) == 0
    async with storage.writing() as connection:
        assert await everything_held_on(connection, 7) == before
        assert await enqueue(connection, [Entry("b", 7, NOW)]) == 1  # ids go on after the old ones
        assert await find_mark(connection, "articles_known") is None


async def test_what_is_overdue_in_a_backup_is_not_sent(storage: Storage, tmp_path: Path) -> None:
    async with storage.writing() as connection:
        rows = [Entry("before", 7, NOW - HOUR), Entry("after", 7, NOW + HOUR)]
        await enqueue(connection, [*rows, Entry("digest:x", 8, NOW - HOUR)])
        gathered = [Entry("article:a", 8, NOW - HOUR), Entry("article:a", 9, NOW - HOUR)]
        await enqueue(connection, gathered)
        await connection.execute(
            outbox.update().where(outbox.c.notice == "article:a").values(in_digest=True)
        )
    await backup(storage, tmp_path / "backup.db")
    assert await restore(storage, tmp_path / "backup.db", NOW) == 3
    async with storage.reading() as connection:
        waiting = select(outbox.c.notice, outbox.c.chat_id).where(outbox.c.state == "ready")
        assert {tuple(row) for row in await connection.execute(waiting)} == {
            ("after", 7),
            ("article:a", 9),
        }


async def test_a_backup_under_write_load_is_consistent(storage: Storage, tmp_path: Path) -> None:
    """Every transaction writes ten rows: a copy never holds a part of one."""
    done = asyncio.Event()

    async def write(first: int) -> int:
        written = 0
        while not done.is_set() or not written:
            async with storage.writing() as connection:
                chat = first + written
                await enqueue(connection, [Entry(f"n{n}", chat, NOW) for n in range(10)])
            written += 1
        return written

    writers = [asyncio.create_task(write(first)) for first in (1_000_000, 2_000_000)]
    copies = [tmp_path / f"{number}.db" for number in range(3)]
    for copy in copies:
        await asyncio.sleep(0.05)
        await backup(storage, copy)
    done.set()
    assert all(await asyncio.gather(*writers))
    counts = []
    for copy in copies:
        async with open_storage(f"sqlite:///{copy}") as opened, opened.reading() as connection:
            a_chat = select(func.count(outbox.c.id)).group_by(outbox.c.chat_id)
            rows = (await connection.scalars(a_chat)).all()
            assert set(rows) <= {10}
            counts.append(len(rows))
    assert counts == sorted(counts)
    assert counts[-1] > 0


async def test_restoring_under_a_running_bot_is_refused(storage: Storage, tmp_path: Path) -> None:
    await backup(storage, tmp_path / "backup.db")
    async with hold_lease(storage):
        with pytest.raises(LeaseTakenError):
            await restore(storage, tmp_path / "backup.db", NOW)


async def test_a_file_that_is_no_backup_changes_nothing(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("rien" * 1000)
    sqlite3.connect(tmp_path / "other.db").close()
    for name in ("notes.txt", "other.db", "absent.db"):
        with pytest.raises(BackupError):
            await restore(storage, tmp_path / name, NOW)
    with pytest.raises(BackupError):
        await backup(storage, tmp_path / "notes.txt")
