"""One of the rivals of `delivery`: python-telegram-bot's AIORateLimiter, as its examples use it.

Prints how long each asker waited, in seconds.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tests.benchmarks.push_with_ours import ASK_EVERY_SECONDS


async def main(work_file: Path) -> None:
    work = json.loads(work_file.read_text())
    waits: list[float] = []
    bot = ExtBot(
        work["token"],
        base_url=f"{work['url']}/bot",
        request=HTTPXRequest(connection_pool_size=8, pool_timeout=120),
        rate_limiter=AIORateLimiter(),
    )
    async with bot, asyncio.TaskGroup() as sending:

        async def ask(chat: int) -> None:
            began = time.perf_counter()
            await bot.send_message(chat, "réponse")
            waits.append(time.perf_counter() - began)

        pushes = [
            sending.create_task(bot.send_message(chat, "article:a")) for chat in work["pushes"]
        ]
        for person in work["people"]:
            await asyncio.sleep(ASK_EVERY_SECONDS)
            if all(push.done() for push in pushes):
                break
            sending.create_task(ask(person))
    sys.stdout.write(json.dumps(waits))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
