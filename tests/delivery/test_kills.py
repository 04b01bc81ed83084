"""`kill -9` during a fan-out: nothing is lost, and few are told twice."""

import asyncio
import os
import random
import secrets
import sys
import time
from datetime import UTC, datetime

import pytest

from bot.delivery.dispatcher import IN_FLIGHT
from bot.storage.engine import open_storage
from bot.storage.outbox import Entry, enqueue
from bot.storage.status import read_status
from tests.double import Double, windows


async def fan_out(database_url: str, chats: int, kills: int) -> str:
    """What was counted at the receiving side, once everything has arrived."""
    seed = int(os.environ.get("KILL_SEED", secrets.randbits(32)))
    chance = random.Random(seed)
    async with Double() as double, open_storage(database_url) as storage:
        rooms = [double.private_chat() for _ in range(chats)]
        now = datetime.now(UTC)
        async with storage.writing() as connection:
            await enqueue(connection, [Entry("article:a", room.id, now) for room in rooms])
        kill_after = sorted(chance.sample(range(1, chats), kills))
        began = time.monotonic()
        for number in [*kill_after, None]:
            program = (sys.executable, "-m", "tests.delivery.sending")
            sender = await asyncio.create_subprocess_exec(
                *program, database_url, double.url, double.token
            )
            try:
                if number is None:
                    await double.wait_for(lambda: all(room.sent for room in rooms), 1200)
                else:
                    await _sent(double, number)
                    await asyncio.sleep(chance.random() / 10)
            finally:
                sender.kill()
                await sender.wait()
        seconds = time.monotonic() - began
        told = [len(room.sent) for room in rooms]
        async with storage.reading() as connection:
            rows = (await read_status(connection, now)).rows
    lost, twice = told.count(0), sum(told) - chats
    rate = windows(double.called("sendMessage"), 1)
    counted = (
        f"seed {seed}: {chats} messages, {kills} kills, {seconds:.0f} s; lost {lost},"
        f" told twice {twice} (allowed {kills * IN_FLIGHT}), most in a second {rate}"
    )
    assert lost == 0, counted
    assert twice <= kills * IN_FLIGHT, counted
    assert sum(rows.values()) == chats, rows
    assert rate <= 30, counted
    assert double.violations == []
    return counted


async def _sent(double: Double, number: int) -> None:
    await double.wait_for(lambda: len(double.sent) >= number, 1200)


async def test_a_kill_during_a_fan_out_loses_nothing(database_url: str) -> None:
    sys.stdout.write(await fan_out(database_url, chats=120, kills=4) + "\n")


@pytest.mark.soak
async def test_twenty_kills_during_ten_thousand_messages_lose_nothing(database_url: str) -> None:
    sys.stdout.write(await fan_out(database_url, chats=10_000, kills=20) + "\n")
