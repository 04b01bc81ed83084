"""The shortest real sender: the Bot API over HTTP. Also a program, for tests that kill it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx

from bot.delivery.dispatcher import Dispatcher, Render
from bot.delivery.gate import open_gate
from bot.delivery.outcome import (
    Address,
    Away,
    Migrated,
    Outcome,
    PerhapsDelivered,
    Refused,
    Send,
    Sent,
    SlowDown,
    ThreadGone,
    TryLater,
    Unreachable,
)
from bot.presentation.message import Message
from bot.storage.claims import Due
from bot.storage.engine import open_storage
from bot.storage.gathering import Item


@asynccontextmanager
async def http_send(api_url: str, token: str) -> AsyncIterator[Send]:
    async with httpx.AsyncClient(timeout=httpx.Timeout(2.0)) as client:

        async def send(to: Address, message: Message) -> Outcome:
            params = {
                "chat_id": to.chat_id,
                "text": message.html,
                "parse_mode": "HTML",
                "disable_notification": to.silent,
                "message_thread_id": to.thread,
            }
            given = {name: value for name, value in params.items() if value is not None}
            try:
                response = await client.post(f"{api_url}/bot{token}/sendMessage", json=given)
                answer = response.json()
            except (httpx.ConnectError, httpx.ConnectTimeout):
                return Away()
            except (httpx.HTTPError, ValueError) as error:
                return PerhapsDelivered(type(error).__name__)
            return outcome_of(answer)

        yield send


def outcome_of(answer: dict[str, object]) -> Outcome:
    if answer.get("ok"):
        return Sent()
    said = str(answer["description"]).casefold()
    given = answer.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    if "retry_after" in parameters:
        return SlowDown(timedelta(seconds=parameters["retry_after"]))
    if "migrate_to_chat_id" in parameters:
        return Migrated(parameters["migrate_to_chat_id"])
    if "thread not found" in said:
        return ThreadGone()
    for words, reason in (("blocked", "blocked"), ("chat not found", "not found")):
        if words in said:
            return Unreachable(reason)
    code = answer["error_code"]
    return TryLater(str(code)) if isinstance(code, int) and code >= 500 else Refused(said)


async def render_notice(due: Due, items: Sequence[Item]) -> Message | None:
    """The notice itself: what arrives can be counted."""
    return Message(" ".join([due.notice, *(item.notice for item in items)]))


RENDER: dict[str, Render] = dict.fromkeys(
    ("article", "correction", "digest", "alert", "reminder"), render_notice
)


async def main(database_url: str, api_url: str, token: str) -> None:
    async with open_storage(database_url) as storage, http_send(api_url, token) as send:
        gate = await open_gate(storage, datetime.now(UTC))
        dispatcher = Dispatcher(
            storage, gate, send, RENDER, operator=None, clock=lambda: datetime.now(UTC)
        )
        await dispatcher.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
