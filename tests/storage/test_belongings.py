import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage import chats, claims
from bot.storage.belongings import everything_held_on, forget, move
from bot.storage.engine import Storage, open_storage
from bot.storage.outbox import Entry, enqueue
from bot.storage.subscriptions import Follow, exclude, excluded_by, follow, follows_of
from bot.storage.tables import outbox

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLD, NEW = -1234, -1_001_234_567_890
CANARY = "canari sous surveillance"


async def test_everything_that_is_held_can_be_shown(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 7, "private")
        await follow(connection, 7, Follow(place="roubaix"))
        await exclude(connection, 7, "drone")
        await enqueue(connection, [Entry("article:a", 7, NOW)])
        held = await everything_held_on(connection, 7)
    written = json.loads(json.dumps(held))
    assert written["settings"]["frequency"] == "instant"
    assert written["follows"] == [{"place": "roubaix", "theme": "", "topic": ""}]
    assert written["excluded"] == ["drone"]
    assert written["notices"] == [
        {
            "notice": "article:a",
            "state": "ready",
            "planned_at": "2026-03-02T12:00:00+00:00",
            "settled_at": None,
        }
    ]


async def test_a_migrated_group_keeps_everything(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, OLD, "group")
        await chats.change(connection, OLD, silent=True, frequency="daily")
        await follow(connection, OLD, Follow(place="roubaix"))
        await exclude(connection, OLD, "drone")
        await enqueue(connection, [Entry("article:a", OLD, NOW)])
        assert await move(connection, OLD, NEW)
        assert not await move(connection, OLD, NEW)
        moved = await chats.find(connection, NEW)
        assert moved
        assert (moved.kind, moved.silent, moved.frequency) == ("supergroup", True, "daily")
        assert await chats.find(connection, OLD) is None
        assert await follows_of(connection, NEW) == [Follow(place="roubaix")]
        assert await excluded_by(connection, NEW) == ["drone"]
        assert [one.chat_id for one in await claims.claim(connection, 9, NOW)] == [NEW]


@pytest.mark.parametrize("told_first", [OLD, NEW])
async def test_two_ids_of_one_group_are_joined_and_told_once(
    storage: Storage, told_first: int
) -> None:
    async with storage.writing() as connection:
        for chat, place in ((OLD, "roubaix"), (NEW, "lille")):
            await chats.keep(connection, chat, "supergroup")
            await follow(connection, chat, Follow(place=place))
            await follow(connection, chat, Follow(theme="drones"))
            await enqueue(connection, [Entry(f"only:{place}", chat, NOW), Entry("both", chat, NOW)])
        row = await connection.scalar(
            select(outbox.c.id).where(outbox.c.chat_id == told_first, outbox.c.notice == "both")
        )
        assert row
        await claims.settle(connection, [row], "sent", NOW)
        await move(connection, OLD, NEW)
        assert len(await follows_of(connection, NEW)) == 3
        found = await connection.execute(
            select(outbox.c.notice, outbox.c.chat_id, outbox.c.state).order_by(outbox.c.notice)
        )
        assert [tuple(one) for one in found] == [
            ("both", NEW, "sent"),
            ("only:lille", NEW, "ready"),
            ("only:roubaix", NEW, "ready"),
        ]


async def test_what_is_forgotten_is_gone(storage: Storage) -> None:
    async with storage.writing() as connection:
        for chat in (7, 8):
            await chats.keep(connection, chat, "private")
            await follow(connection, chat, Follow())
            await exclude(connection, chat, "drone")
            await enqueue(connection, [Entry("article:a", chat, NOW)])
    await forget(storage, 7)
    async with storage.reading() as connection:
        held = await everything_held_on(connection, 7)
        assert held["settings"] is None
        assert [held[name] for name in ("follows", "excluded", "notices")] == [[], [], []]
        assert (await everything_held_on(connection, 8))["notices"]


async def test_what_is_forgotten_is_in_no_file_any_more(tmp_path: Path) -> None:
    chat = 0x1A2B3C4D5E6F  # its bytes stand in the file as they are
    needles = (CANARY.encode(), chat.to_bytes(6, "big"))

    def files_with_traces() -> list[str]:
        found = []
        for file in sorted(tmp_path.iterdir()):
            found += [f"{file.name}: {n!r}" for n in needles if n in file.read_bytes()]
        return found

    async with open_storage(f"sqlite:///{tmp_path / 'bot.db'}") as storage:
        for number in range(40):  # fills several pages, and moves cells between them
            async with storage.writing() as connection:
                await chats.keep(connection, chat - number, "private")
                await follow(connection, chat - number, Follow(place=f"{CANARY} {number}"))
                await exclude(connection, chat - number, f"{CANARY} {number}")
                await enqueue(
                    connection, [Entry(f"{CANARY} {n}", chat - number, NOW) for n in range(9)]
                )
        assert files_with_traces()
        for number in range(40):
            await forget(storage, chat - number)
        assert files_with_traces() == []
    assert files_with_traces() == []
