"""One of the rivals of `delivery`: our dispatcher.

Prints how long each asker waited, in seconds.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.gate import open_gate
from bot.delivery.outcome import Address
from bot.presentation.message import Message
from bot.storage.engine import open_storage
from bot.storage.outbox import Entry, enqueue
from bot.storage.status import read_status
from tests.delivery.sending import RENDER, http_send

ASK_EVERY_SECONDS = 0.25


async def main(work_file: Path, folder: str) -> None:
    work = json.loads(work_file.read_text())
    waits: list[float] = []
    async with (
        open_storage(f"sqlite:///{folder}/bot.db") as storage,
        http_send(work["url"], work["token"]) as send,
    ):
        now = datetime.now(UTC)
        async with storage.writing() as connection:
            await enqueue(connection, [Entry("article:a", chat, now) for chat in work["pushes"]])
        gate = await open_gate(storage, now)
        dispatcher = Dispatcher(
            storage, gate, send, RENDER, operator=None, clock=lambda: datetime.now(UTC)
        )

        async def ask(chat: int) -> None:
            began = time.perf_counter()
            async with gate.replying(chat):
                await send(Address(chat), Message("réponse"))
            waits.append(time.perf_counter() - began)

        running = asyncio.create_task(dispatcher.run())
        async with asyncio.TaskGroup() as asking:
            for person in work["people"]:
                await asyncio.sleep(ASK_EVERY_SECONDS)
                async with storage.reading() as connection:
                    rows = (await read_status(connection, now)).rows
                if rows == {"sent": len(work["pushes"])}:
                    break
                asking.create_task(ask(person))
        running.cancel()
        await asyncio.wait([running])
    sys.stdout.write(json.dumps(waits))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        asyncio.run(main(Path(sys.argv[1]), folder))
