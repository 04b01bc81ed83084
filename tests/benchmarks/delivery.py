"""How fast the outbox is, and how evenly it leaves. Writes into README.md.

python -m tests.benchmarks.delivery [storage] [pace] [memory]
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import text

from bot.delivery.dispatcher import IN_FLIGHT
from bot.storage import claims
from bot.storage.engine import Storage, open_storage
from bot.storage.outbox import Entry, enqueue, enqueue_for
from bot.storage.subscriptions import Subject, interested
from tests.benchmarks.report import write_section
from tests.double import Double, windows
from tests.postgres import create_database, postgres_server

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROWS = 2_000
SUBSCRIBERS = 1_000_000
PUSHES = 1_000
ENGINES = ("SQLite", "PostgreSQL")


@asynccontextmanager
async def opened(engine: str) -> AsyncIterator[Storage]:
    """A new database that waits for the disk, as in production."""
    if engine == "SQLite":
        with TemporaryDirectory() as folder:
            async with open_storage(f"sqlite:///{folder}/bot.db") as storage:
                yield storage
        return
    with postgres_server(durable=True) as server:
        async with open_storage(await create_database(server, "benchmark")) as storage:
            yield storage


async def claim_and_settle(storage: Storage) -> float:
    """Rows a second, as the dispatcher does it: claimed by 28, then each begun and settled by
    itself, four at a time."""
    async with storage.writing() as connection:
        await enqueue(connection, [Entry("article:a", chat, NOW) for chat in range(1, ROWS + 1)])
    began = time.perf_counter()
    done = 0
    while done < ROWS:
        async with storage.writing(durable=False) as connection:
            batch = list(await claims.claim(connection, 28, NOW))
        done += len(batch)

        async def work(waiting: list[claims.Claim]) -> None:
            while waiting:
                one = waiting.pop()
                async with storage.writing(durable=False) as connection:
                    await claims.load(connection, one.id)
                    await claims.start(connection, one.id)
                async with storage.writing() as connection:
                    await claims.settle(connection, [one.id], "sent", NOW)

        await asyncio.gather(*(work(batch) for _ in range(IN_FLIGHT)))
    return ROWS / (time.perf_counter() - began)


async def enqueue_a_million(storage: Storage) -> tuple[float, float]:
    """Seconds for the one transaction, and bytes a row with its indexes."""
    numbers = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < :most)"
    async with storage.writing() as connection:
        await connection.execute(text("DELETE FROM outbox"))
        for insert in (
            "INSERT INTO chats (id, kind) {} SELECT 1000000 + n, 'private' FROM t",
            "INSERT INTO subscriptions (chat_id, place, theme, topic)"
            " {} SELECT 1000000 + n, 'roubaix', '', '' FROM t",
        ):
            await connection.execute(text(insert.format(numbers)), {"most": SUBSCRIBERS})
    await _tidy(storage)
    before = await _bytes(storage)
    began = time.perf_counter()
    async with storage.writing() as connection:
        receivers = interested(Subject(places=["roubaix"], words="la ville achete"))
        added = await enqueue_for(
            connection, "article:2026-03-01-le-journal", receivers, not_before=NOW, in_digests=True
        )
    seconds = time.perf_counter() - began
    assert added == SUBSCRIBERS
    await _tidy(storage)
    return seconds, (await _bytes(storage) - before) / SUBSCRIBERS


async def _tidy(storage: Storage) -> None:
    if storage.file is None:
        async with storage.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


async def _bytes(storage: Storage) -> int:
    async with storage.reading() as connection:
        if storage.file is None:
            size = await connection.scalar(text("SELECT pg_total_relation_size('outbox')"))
            return int(size or 0)
        pages = await connection.scalar(text("SELECT page_count FROM pragma_page_count()"))
        free = await connection.scalar(text("SELECT freelist_count FROM pragma_freelist_count()"))
        page = await connection.scalar(text("SELECT page_size FROM pragma_page_size()"))
        assert pages is not None
        assert free is not None
        assert page is not None
        return int((pages - free) * page)


async def storage_section() -> str:
    lines = [
        "| | claim + begin + settle, rows/s |"
        f" {SUBSCRIBERS:,} subscribers enqueued, s | bytes a row |",
        "|---|---|---|---|",
    ]
    for engine in ENGINES:
        async with opened(engine) as storage:
            rate = await claim_and_settle(storage)
            seconds, size = await enqueue_a_million(storage)
        lines.append(f"| {engine} | {rate:,.0f} | {seconds:.1f} | {size:.0f} |")
    return "\n".join(lines)


async def pushed_by(rival: str) -> str:
    """A push to PUSHES chats from a process of its own, while somebody asks four times a second."""
    async with Double() as double:
        rooms = [double.private_chat() for _ in range(PUSHES)]
        people = [double.private_chat() for _ in range(PUSHES)]
        pushed = [room.id for room in rooms]
        work = {
            "url": double.url,
            "token": double.token,
            "pushes": pushed,
            "people": [room.id for room in people],
        }
        with TemporaryDirectory() as folder:
            file = Path(folder, "work.json")
            file.write_text(json.dumps(work))
            program = await asyncio.create_subprocess_exec(
                sys.executable, "-m", f"tests.benchmarks.push_with_{rival}", file,
                stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            said, _ = await program.communicate()
        waits: Sequence[float] = json.loads(said)
        calls = double.called("sendMessage")
    assert all(len(room.sent) == 1 for room in rooms)
    to_push = set(pushed)
    last_push = max(call.at_seconds for call in calls if call.chat_id in to_push)
    times = sorted(call.at_seconds for call in calls if call.at_seconds <= last_push)
    first = sum(at < times[0] + 1 for at in times)
    rate = (len(times) - 1) / (times[-1] - times[0])
    p99 = quantiles(waits, n=100)[98]
    return (
        f"{rate:.2f} | {first} | {windows(calls, 1)} | {median(waits) * 1000:.0f} |"
        f" {p99 * 1000:.0f} ({len(waits)})"
    )


async def pace_section() -> str:
    lines = [
        f"| {PUSHES:,} pushes | messages/s, replies included | in the first second |"
        " most in any second | wait of who asks, p50 ms | p99 ms (asked) |",
        "|---|---|---|---|---|---|",
        f"| ours | {await pushed_by('ours')} |",
        f"| python-telegram-bot's AIORateLimiter | {await pushed_by('rate_limiter')} |",
    ]
    return "\n".join(lines)


async def memory_section() -> str:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.push_to_many", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await program.communicate()
    return said.decode()


async def main(wanted: Sequence[str]) -> None:
    sections = {"storage": storage_section, "pace": pace_section, "memory": memory_section}
    for name, section in sections.items():
        if not wanted or name in wanted:
            began = time.monotonic()
            written = await section()
            took = timedelta(seconds=round(time.monotonic() - began))
            title = f"### Delivery: {name}\n\n`python -m tests.benchmarks.delivery {name}`, {took}."
            write_section(f"delivery {name}", f"{title}\n\n{written}")
            sys.stdout.write(written + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
