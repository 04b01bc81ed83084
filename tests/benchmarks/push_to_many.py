"""Memory during a fan-out to 100,000 chats. The pace is lifted, or it would take an hour."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.delivery import pacing
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.gate import open_gate
from bot.delivery.outcome import Address, Outcome, Sent
from bot.presentation.message import Message
from bot.storage.engine import open_storage
from bot.storage.outbox import Entry, enqueue
from tests.delivery.sending import RENDER

CHATS = 100_000
SAMPLES = 10


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


async def main(folder: str) -> None:
    pacing.MESSAGES_A_SECOND = pacing.MOST_IN_A_SECOND = 1_000_000
    sampled: list[float] = []
    sent = 0
    done = asyncio.Event()

    async def send(to: Address, message: Message) -> Outcome:
        nonlocal sent
        sent += 1
        if sent % (CHATS // SAMPLES) == 0:
            sampled.append(resident_megabytes())
        if sent == CHATS:
            done.set()
        return Sent()

    async with open_storage(f"sqlite:///{folder}/bot.db") as storage:
        now = datetime.now(UTC)
        async with storage.writing() as connection:
            for first in range(1, CHATS, 10_000):
                chats = range(first, first + 10_000)
                await enqueue(connection, [Entry("article:a", chat, now) for chat in chats])
        gate = await open_gate(storage, now)
        dispatcher = Dispatcher(
            storage, gate, send, RENDER, operator=None, clock=lambda: datetime.now(UTC)
        )
        began = time.monotonic()
        running = asyncio.create_task(dispatcher.run())
        await done.wait()
        seconds = time.monotonic() - began
        running.cancel()
        await asyncio.wait([running])
    shown = ", ".join(f"{one:.0f}" for one in sampled)
    sys.stdout.write(
        f"{CHATS:,} chats on SQLite with the pace lifted: {CHATS / seconds:,.0f} a second;"
        f" resident MB after each tenth: {shown}.\n"
    )


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        asyncio.run(main(folder))
