"""The dispatcher with a real database and real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.delivery.dispatcher import Dispatcher, Render
from bot.delivery.gate import Gate, open_gate
from bot.presentation.message import Message
from bot.storage import chats, claims
from bot.storage.belongings import forget
from bot.storage.chats import Chat
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.gathering import Item
from bot.storage.marks import find_mark
from bot.storage.outbox import Entry, enqueue
from bot.storage.tables import outbox
from tests.delivery.sending import RENDER, http_send
from tests.double import Double, PrivateChat, Room
from tests.double.faults import (
    bad_request,
    forbidden,
    html_page,
    migrated,
    reset,
    server_error,
    too_many_requests,
    truncated_json,
)

OPERATOR = 99


def clock() -> datetime:
    return datetime.now(UTC)


class Hurried:
    """A clock that can be moved on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return clock() + self.ahead


@asynccontextmanager
async def dispatching(
    storage: Storage,
    double: Double,
    *,
    render: Render | None = None,
    now: Callable[[], datetime] = clock,
) -> AsyncIterator[tuple[Dispatcher, Gate]]:
    async with http_send(double.url, double.token) as send:
        gate = await open_gate(storage, now())
        kinds = RENDER if render is None else dict.fromkeys(RENDER, render)
        dispatcher = Dispatcher(storage, gate, send, kinds, operator=OPERATOR, clock=now)
        running = asyncio.create_task(dispatcher.run())
        try:
            yield dispatcher, gate
        finally:
            running.cancel()
            await asyncio.wait([running])
            assert running.cancelled()


async def keep_and_enqueue(storage: Storage, rooms: Sequence[Room], *notices: str) -> None:
    async with storage.writing() as connection:
        for room in rooms:
            await chats.keep(connection, room.id, "private" if room.id > 0 else "group")
            entries = [Entry(notice, room.id, clock()) for notice in notices]
            await enqueue(connection, entries)


async def states(storage: Storage, chat: int | None = None) -> dict[str, int]:
    async with storage.reading() as connection:
        query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        if chat is not None:
            query = query.where(outbox.c.chat_id == chat)
        return {state: count for state, count in await connection.execute(query)}  # noqa: C416


async def settled(storage: Storage, expected: dict[str, int], chat: int | None = None) -> None:
    async with asyncio.timeout(20):
        while (found := await states(storage, chat)) != expected:  # noqa: ASYNC110 (a database tells nobody)
            await asyncio.sleep(0.02)
    assert found == expected


async def chat_of(storage: Storage, chat_id: int) -> Chat | None:
    async with storage.reading() as connection:
        return await chats.find(connection, chat_id)


async def calls_to(double: Double, room: Room, number: int) -> None:
    await double.wait_for(lambda: len(double.called("sendMessage", room)) == number)


def texts(room: Room) -> list[str]:
    return [message.text for message in room.sent]


async def test_everybody_gets_it_once(storage: Storage, double: Double) -> None:
    rooms = [double.private_chat() for _ in range(30)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double):
        await settled(storage, {"sent": 30})
    assert [texts(room) for room in rooms] == [["article:a"]] * 30
    assert double.violations == []


async def test_it_arrives_silently_and_in_its_thread(storage: Storage, double: Double) -> None:
    group = double.group("Quartier")
    await keep_and_enqueue(storage, [group], "article:a")
    async with storage.writing() as connection:
        await chats.change(connection, group.id, silent=True, thread=12)
    async with dispatching(storage, double):
        await double.wait_for(lambda: double.called("sendMessage"))
    params = double.called("sendMessage")[0].params
    assert (params["disable_notification"], params["message_thread_id"]) == (True, 12)


async def test_who_blocked_the_bot_is_unsubscribed_and_can_come_back(
    storage: Storage, double: Double
) -> None:
    gone, other = double.private_chat(), double.private_chat()
    double.fails(forbidden(), "sendMessage", chat=gone)
    await keep_and_enqueue(storage, [gone, other], "article:a", "article:b", "article:c")
    async with dispatching(storage, double):
        await settled(storage, {"dropped": 3, "sent": 3})
    assert texts(gone) == []
    left = await chat_of(storage, gone.id)
    assert left
    assert left.unreachable == "blocked"
    async with storage.writing() as connection:
        assert (await chats.keep(connection, gone.id, "private")).unreachable is None


async def test_an_unknown_refusal_unsubscribes_nobody_and_is_told_once(
    storage: Storage, double: Double
) -> None:
    room = double.private_chat()
    double.fails(bad_request("a new rule"), "sendMessage", chat=room, times=2)
    double.fails(forbidden("a new reason"), "sendMessage", chat=room)
    await keep_and_enqueue(storage, [room], "article:a", "article:b", "article:c", "article:d")
    async with dispatching(storage, double):
        await settled(storage, {"dead": 3, "sent": 1}, room.id)
    kept = await chat_of(storage, room.id)
    assert kept
    assert kept.unreachable is None
    async with storage.reading() as connection:
        alerts = await connection.scalar(select(func.count()).where(outbox.c.chat_id == OPERATOR))
    assert alerts == 1


async def test_a_migrated_group_gets_its_message_once_at_its_new_id(
    storage: Storage, double: Double
) -> None:
    old, new = double.group("Quartier", kind="group"), double.group("Quartier")
    double.fails(migrated(new.id), "sendMessage", chat=old, times=None)
    await keep_and_enqueue(storage, [old], "article:a", "article:b")
    async with dispatching(storage, double):
        await settled(storage, {"sent": 2}, new.id)
    assert sorted(texts(new)) == ["article:a", "article:b"]
    assert await chat_of(storage, old.id) is None


async def test_a_deleted_thread_loses_no_message(storage: Storage, double: Double) -> None:
    group = double.group("Quartier")
    double.fails(bad_request("message thread not found"), "sendMessage", chat=group)
    await keep_and_enqueue(storage, [group], "article:a")
    async with storage.writing() as connection:
        await chats.change(connection, group.id, thread=12)
    async with dispatching(storage, double):
        await settled(storage, {"sent": 1})
    assert "message_thread_id" not in double.called("sendMessage")[-1].params


async def test_each_fault_is_tried_again_while_others_go_on(
    storage: Storage, double: Double
) -> None:
    faults = [server_error(), html_page(), reset(), truncated_json()]
    rooms = [double.private_chat() for _ in faults]
    others = [double.private_chat() for _ in range(10)]
    for fault, room in zip(faults, rooms, strict=True):
        double.fails(fault, "sendMessage", chat=room)
    await keep_and_enqueue(storage, [*rooms, *others], "article:a")
    async with dispatching(storage, double):
        await settled(storage, {"sent": 14})
    calls = double.called("sendMessage")
    last_first_try = max(calls.index(double.called("sendMessage", room)[0]) for room in others)
    assert all(calls.index(double.called("sendMessage", r)[1]) > last_first_try for r in rooms)
    assert [len(room.sent) for room in rooms] == [1, 1, 1, 2]  # a cut answer: twice, never lost


async def test_after_eight_tries_it_is_dead_and_the_operator_is_told(
    storage: Storage, double: Double
) -> None:
    room = double.private_chat()
    double.fails(server_error(), "sendMessage", chat=room, times=None)
    await keep_and_enqueue(storage, [room], "article:a")
    now = Hurried()
    async with dispatching(storage, double, now=now) as (dispatcher, _):
        for tries in range(1, 9):
            await calls_to(double, room, tries)
            await settled(storage, {"dead" if tries == 8 else "ready": 1}, room.id)
            now.ahead += timedelta(seconds=80)
            dispatcher.wake()
        async with storage.reading() as connection:
            notice = await connection.scalar(
                select(outbox.c.notice).where(outbox.c.chat_id == OPERATOR)
            )
    assert notice
    assert notice.startswith("alert:given-up:")
    assert len(double.called("sendMessage", room)) == 8


async def test_an_outage_uses_up_no_tries(storage: Storage) -> None:
    async with Double(away=True) as double:
        rooms = [double.private_chat() for _ in range(6)]
        await keep_and_enqueue(storage, rooms, "article:a")
        async with dispatching(storage, double):
            await asyncio.sleep(0.5)
            await double.comes_back()
            await settled(storage, {"sent": 6})
    async with storage.reading() as connection:
        assert await connection.scalar(select(func.max(outbox.c.attempts))) == 0


async def test_a_429_pauses_the_whole_bot_once_and_after_a_restart(
    storage: Storage, double: Double
) -> None:
    rooms = [double.private_chat() for _ in range(30)]
    double.fails(too_many_requests(retry_after=2), "sendMessage", chat=rooms[3])
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double):
        await double.wait_for(lambda: double.called("sendMessage", rooms[3]))
        refused_at = double.called("sendMessage", rooms[3])[0].at_seconds
        async with asyncio.timeout(5):
            while not await _is_paused(storage):  # noqa: ASYNC110 (a database tells nobody)
                await asyncio.sleep(0.01)
    async with dispatching(storage, double) as (_, gate):
        async with gate.replying(7):  # whoever asks waits as well
            pass
        assert asyncio.get_running_loop().time() - refused_at >= 1.9
        await settled(storage, {"sent": 30})
    early = [c for c in double.called("sendMessage") if 0 < c.at_seconds - refused_at < 1.9]
    assert len(early) <= 4
    assert [len(room.sent) for room in rooms] == [1] * 30
    assert [c.outcome for c in double.calls].count("429") == 1


async def _is_paused(storage: Storage) -> bool:
    async with storage.reading() as connection:
        return await find_mark(connection, "paused_until") is not None


async def test_whoever_asks_is_answered_before_the_pushes(storage: Storage, double: Double) -> None:
    rooms = [double.private_chat() for _ in range(60)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double) as (_, gate):
        await double.wait_for(lambda: len(double.called("sendMessage")) > 10)
        loop = asyncio.get_running_loop()
        waits = []
        for person in range(1, 8):
            asked_at = loop.time()
            async with gate.replying(person):
                waits.append(loop.time() - asked_at)
    assert sorted(waits)[3] < 0.2


async def test_what_is_not_true_any_more_is_not_sent(storage: Storage, double: Double) -> None:
    async def nothing(due: Due, items: Sequence[Item]) -> Message | None:
        return None

    room = double.private_chat()
    await keep_and_enqueue(storage, [room], "article:a")
    async with dispatching(storage, double, render=nothing):
        await settled(storage, {"dropped": 1})
    assert texts(room) == []


async def test_what_cannot_be_rendered_holds_nobody_up(storage: Storage, double: Double) -> None:
    broken, room = double.private_chat(), double.private_chat()

    async def render(due: Due, items: Sequence[Item]) -> Message | None:
        if due.chat_id == broken.id:
            raise LookupError
        return Message(due.notice)

    await keep_and_enqueue(storage, [broken, room], "article:a")
    async with dispatching(storage, double, render=render):
        await settled(storage, {"dead": 1}, broken.id)
        await settled(storage, {"sent": 1}, room.id)


async def test_nothing_leaves_after_its_end_or_in_quiet_hours(
    storage: Storage, double: Double
) -> None:
    late, quiet = double.private_chat(), double.private_chat()
    await keep_and_enqueue(storage, [late, quiet])
    minute = clock().hour * 60 + clock().minute
    async with storage.writing() as connection:
        await chats.change(
            connection,
            quiet.id,
            zone="UTC",
            quiet_from=(minute - 60) % 1440,
            quiet_until=(minute + 60) % 1440,
        )
        past = clock() - timedelta(minutes=1)
        entries = [Entry("reminder:a", late.id, past, past), Entry("article:a", quiet.id, past)]
        await enqueue(connection, entries)
    now = Hurried()
    async with dispatching(storage, double, now=now) as (dispatcher, _):
        await settled(storage, {"expired": 1, "ready": 1})
        assert double.called("sendMessage") == []
        now.ahead = timedelta(minutes=61)
        dispatcher.wake()
        await settled(storage, {"expired": 1, "sent": 1})


async def test_what_would_be_too_late_after_quiet_hours_comes_within_them_without_a_sound(
    storage: Storage, double: Double
) -> None:
    room = double.private_chat()
    await keep_and_enqueue(storage, [room])
    minute = clock().hour * 60 + clock().minute
    async with storage.writing() as connection:
        quiet = {"quiet_from": (minute - 60) % 1440, "quiet_until": (minute + 60) % 1440}
        await chats.change(connection, room.id, zone="UTC", **quiet)
        start = clock() + timedelta(minutes=30)
        await enqueue(connection, [Entry("reminder:a", room.id, clock(), start)])
    async with dispatching(storage, double):
        await settled(storage, {"sent": 1})
    (call,) = double.called("sendMessage")
    assert call.params["disable_notification"] is True


async def test_who_is_forgotten_gets_nothing_more(storage: Storage, double: Double) -> None:
    rooms = [double.private_chat() for _ in range(40)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double):
        await forget(storage, rooms[-1].id)
        await settled(storage, {"sent": 39})
    assert texts(rooms[-1]) == []


async def test_stopping_lets_arrive_what_is_on_the_wire(storage: Storage, double: Double) -> None:
    rooms: list[PrivateChat] = [double.private_chat() for _ in range(40)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double):
        await double.wait_for(lambda: len(double.called("sendMessage")) > 5)
    found = await states(storage)
    arrived = sum(len(room.sent) for room in rooms)
    assert found == {"sent": arrived, "ready": 40 - arrived}


async def test_only_the_holder_of_the_lease_sends(storage: Storage, double: Double) -> None:
    rooms = [double.private_chat() for _ in range(20)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double), dispatching(storage, double):
        await settled(storage, {"sent": 20})
    assert [len(room.sent) for room in rooms] == [1] * 20


async def test_a_sender_that_lost_its_lease_takes_it_again_and_goes_on(
    storage: Storage, double: Double
) -> None:
    if storage.file:
        pytest.skip("a file lock cannot be lost while its process lives")
    rooms = [double.private_chat() for _ in range(60)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with dispatching(storage, double):
        await double.wait_for(lambda: len(double.called("sendMessage")) > 10)
        async with storage.writing() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND database ="
                    " (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        await settled(storage, {"sent": 60})
    assert sum(len(room.sent) for room in rooms) <= 64


async def test_a_digest_is_one_message_and_settles_what_it_tells(
    storage: Storage, double: Double
) -> None:
    room = double.private_chat()
    await keep_and_enqueue(storage, [room], "article:a", "article:b")
    async with storage.writing() as connection:
        await connection.execute(outbox.update().values(in_digest=True))
        await enqueue(connection, [Entry("digest:x", room.id, clock())])
    async with dispatching(storage, double):
        await settled(storage, {"sent": 3})
    assert texts(room) == ["digest:x article:a article:b"]


async def test_claims_left_by_a_kill_are_sent_at_the_next_start(
    storage: Storage, double: Double
) -> None:
    rooms = [double.private_chat() for _ in range(5)]
    await keep_and_enqueue(storage, rooms, "article:a")
    async with storage.writing() as connection:
        first, *_ = await claims.claim(connection, 4, clock())
        await claims.start(connection, first.id)
    async with dispatching(storage, double):
        await settled(storage, {"sent": 5})
