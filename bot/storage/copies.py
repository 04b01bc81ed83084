"""Backups: one SQLite file with the same schema, from and to either engine."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Storage, open_storage
from bot.storage.errors import BackupError
from bot.storage.lease import hold_lease
from bot.storage.marks import remove_mark
from bot.storage.tables import metadata, outbox

_ROWS_AT_ONCE = 2_000
_NEXT_ID = text(
    "SELECT setval(pg_get_serial_sequence('outbox', 'id'),"
    " (SELECT coalesce(max(id), 0) + 1 FROM outbox), false)"
)


async def backup(storage: Storage, file: Path) -> None:
    """Writes a consistent copy while others read and write; it appears whole or not at all.

    Raises BackupError when the file exists.
    """
    unfinished = _place_for(file)
    async with (
        open_storage(f"sqlite:///{unfinished}") as copy,
        storage.reading() as source,
        copy.writing() as target,
    ):
        await _copy(source, target)
    _finish(unfinished, file)


async def restore(storage: Storage, file: Path, now: datetime) -> int:
    """Puts a backup in place of everything; how many overdue rows were marked expired.

    Those may have been sent since the backup was made, and articles that came since may have
    been announced: neither is sent. A backup of an older schema is brought up to date.
    Raises BackupError when the file is none, LeaseTakenError when a bot runs on this database.
    """
    if not _is_backup(file):
        raise BackupError(f"{file} is no backup")
    with TemporaryDirectory() as folder:
        working = shutil.copyfile(file, Path(folder, "backup.db"))
        async with (
            hold_lease(storage, wait=False),
            open_storage(f"sqlite:///{working}") as copy,
            copy.reading() as source,
            storage.writing() as target,
        ):
            for table in reversed(metadata.sorted_tables):
                await target.execute(delete(table))
            await _copy(source, target)
            if storage.file is None:
                await target.execute(_NEXT_ID)
            await remove_mark(target, "articles_known")
            return await _expire_overdue(target, now)


def _place_for(file: Path) -> Path:
    if file.exists():
        raise BackupError(f"{file} exists")
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    return unfinished


def _finish(unfinished: Path, file: Path) -> None:
    """One file, without a log beside it."""
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    unfinished.rename(file)


async def _copy(source: AsyncConnection, target: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        rows = await source.stream(select(table))
        async for batch in rows.mappings().partitions(_ROWS_AT_ONCE):
            await target.execute(insert(table), [dict(row) for row in batch])


async def _expire_overdue(connection: AsyncConnection, now: datetime) -> int:
    expired = {"state": "expired", "settled_at": now, "reason": "restored"}
    waiting = outbox.c.state.in_(("ready", "claimed", "inflight"))
    overdue = waiting & outbox.c.in_digest.is_(False) & (outbox.c.not_before <= now)
    digests = select(outbox.c.chat_id).where(overdue, outbox.c.notice.startswith("digest:"))
    gathered = await connection.execute(
        update(outbox)
        .where(waiting, outbox.c.in_digest, outbox.c.chat_id.in_(digests))
        .values(expired)
    )
    done = await connection.execute(update(outbox).where(overdue).values(expired))
    return gathered.rowcount + done.rowcount


def _is_backup(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('outbox', 'alembic_version')"
            ).fetchone()
    except sqlite3.Error:
        return False
    return bool(found[0] == 2)
