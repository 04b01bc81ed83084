"""Planning reminders for 10,000 groups and 1,000 events: building, a tick with nothing, a rush.

Run as `python -m tests.benchmarks.reminders`. Writes its section of this folder's README.
"""

import asyncio
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from bot.delivery.corrections import Row, reconcile
from bot.delivery.moments import RULES
from bot.delivery.reminders import DigestTime, Group, Reminder, Schedule
from bot.delivery.weekly import digests_due
from bot.knowledge.occurrences import DatedEvent, dated
from bot.storage.engine import open_storage
from bot.storage.outbox import Entry, Priority
from bot.storage.reminders import plan
from tests.benchmarks.report import write_section
from tests.events import event

GROUPS, EVENTS, CITIES = 10_000, 1_000, 500
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 30
TICK = timedelta(minutes=1)


def make_groups(count: int, draw: random.Random) -> list[Group]:
    """Groups that follow one to three cities, the large ones more often."""
    cities = range(CITIES)
    weights = [1 / (city + 1) for city in cities]
    found = []
    for chat in range(count):
        followed = draw.choices(cities, weights, k=draw.randint(1, 3))
        found.append(
            Group(
                chat,
                places=frozenset(f"c{city}" for city in followed),
                moments=frozenset(draw.sample(RULES, draw.randint(1, 4))),
                digest=DigestTime(draw.randint(0, 6), draw.randint(8, 20)) if chat % 2 else None,
            )
        )
    return found


def make_events(count: int, draw: random.Random) -> list[DatedEvent]:
    """Evenings over a month, in cities drawn in the same way."""
    weights = [1 / (city + 1) for city in range(CITIES)]
    found = []
    for number in range(count):
        day = FIRST + timedelta(days=draw.randrange(DAYS))
        (city,) = draw.choices(range(CITIES), weights)
        start = f"{day:%Y-%m-%d}T{draw.choice((14, 18, 19, 20)):02d}:{draw.choice(('00', '30'))}"
        found.append(dated(f"e{number}", event(start, f"c{city}")))
    return found


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def every_pair(events: list[DatedEvent], groups: list[Group], now: datetime) -> list[Reminder]:
    """The plain way: asks every event and every group at every tick."""
    schedule = Schedule((), (), lambda _: ())
    return [
        found
        for one in events
        for group in groups
        if (found := schedule.current(one, group, now)) is not None
    ]


def measure(group_count: int, event_count: int) -> dict[str, float]:
    """Everything about one size; times in milliseconds, memory in MB."""
    draw = random.Random(7)
    groups, events = make_groups(group_count, draw), make_events(event_count, draw)
    tracemalloc.start()
    schedule = Schedule(events, groups, lambda _: ())
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    build = min(milliseconds(lambda: Schedule(events, groups, lambda _: ())) for _ in range(3))

    idle: list[float] = []
    busy: list[float] = []
    rows, since = 0, FIRST
    worst: list[Reminder] = []
    for _ in range(DAYS * 24 * 60):
        now = since + TICK
        started = time.perf_counter()
        found = schedule.due(now, since)
        digests = digests_due(schedule, now, since)
        took = 1000 * (time.perf_counter() - started)
        (busy if found or digests else idle).append(took)
        rows += len(found) + len(digests)
        worst = max(worst, found, key=len)
        since = now

    middle = FIRST + timedelta(days=DAYS / 2, hours=18)
    after_downtime = schedule.due(middle)
    told = [Row(one.notice, one.chat, middle) for one in after_downtime]
    return {
        "build": build,
        "memory": memory,
        "idle p50": statistics.median(idle),
        "idle p99.9": sorted(idle)[len(idle) * 999 // 1000],
        "idle max": max(idle),
        "busy p50": statistics.median(busy),
        "busy max": max(busy),
        "rows": rows,
        "restart": milliseconds(lambda: schedule.due(middle)),
        "restart rows": len(after_downtime),
        "reconcile": milliseconds(lambda: reconcile(schedule, after_downtime, told, {}, middle)),
        "settings": milliseconds(lambda: schedule.put(groups[0])),
        "worst rows": len(worst),
        "written": asyncio.run(written(worst)),
    }


async def written(due: Sequence[Reminder]) -> float:
    """Milliseconds to write these into a new SQLite database, in one transaction."""
    entries = [Entry(r.notice, r.chat, r.due, r.expires, Priority.TIMELY) for r in due]
    with TemporaryDirectory() as folder:
        async with open_storage(f"sqlite:///{folder}/bot.db") as storage:
            started = time.perf_counter()
            async with storage.writing() as connection:
                await plan(connection, entries)
            return 1_000 * (time.perf_counter() - started)


def main() -> None:
    """Measures, prints and writes the section."""
    sizes = ((1_000, 1_000), (GROUPS, 100), (GROUPS, EVENTS))
    columns = [measure(*size) for size in sizes]
    draw = random.Random(7)
    groups, events = make_groups(GROUPS, draw), make_events(EVENTS, draw)
    part = 50
    plain = milliseconds(lambda: every_pair(events[:part], groups, FIRST)) * EVENTS / part
    labels = {
        "build": "reading the base and the groups anew, ms",
        "memory": "memory kept, MB",
        "idle p50": "tick with nothing due, median, ms",
        "idle p99.9": "tick with nothing due, 99.9 % within, ms",
        "idle max": "tick with nothing due, worst (other processes included), ms",
        "busy p50": "tick with something due, median, ms",
        "busy max": "tick with something due, worst, ms",
        "rows": f"rows in {DAYS} days",
        "restart": "all that is due after a restart, ms",
        "restart rows": "… rows",
        "reconcile": "… compared with what was sent, ms",
        "settings": "new settings of a group, ms",
        "worst rows": "the fullest minute, rows",
        "written": "… written into SQLite, ms",
    }
    heads = " | ".join(f"{g:,} × {e:,}" for g, e in sizes)
    table = [f"| groups × events | {heads} |", "|---|" + "---:|" * len(sizes)]
    for key, label in labels.items():
        cells = " | ".join(
            f"{column[key]:,.0f}" if "rows" in key else f"{column[key]:,.3f}" for column in columns
        )
        table.append(f"| {label} | {cells} |")
    text = "\n".join(
        [
            "## Reminders",
            "",
            f"Ticks of one minute over {DAYS} days, weekly digests included, one thread. The plain"
            " way, asking every event and every group, would take"
            f" {plain:,.0f} ms a tick at {GROUPS:,} × {EVENTS:,}"
            f" (measured on {part} events). `python -m tests.benchmarks.reminders`",
            "",
            *table,
        ]
    )
    print(text)  # noqa: T201 (a command)
    write_section("reminders", text)


if __name__ == "__main__":
    main()
