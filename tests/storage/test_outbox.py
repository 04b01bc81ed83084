from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text

from bot.storage import chats, claims
from bot.storage.engine import Storage
from bot.storage.outbox import (
    Entry,
    Priority,
    drop_waiting,
    enqueue,
    enqueue_for,
    forget_settled,
    next_moment,
    receivers_of,
    revive_dead,
    withdraw,
)
from bot.storage.status import read_status
from bot.storage.subscriptions import Follow, Subject, follow, interested
from bot.storage.tables import outbox

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def states(storage: Storage) -> Sequence[tuple[str, int, str]]:
    async with storage.reading() as connection:
        columns = (outbox.c.notice, outbox.c.chat_id, outbox.c.state)
        found = await connection.execute(select(*columns).order_by(outbox.c.id))
        return [(row.notice, row.chat_id, row.state) for row in found]


async def test_planning_the_same_thing_twice_adds_nothing(storage: Storage) -> None:
    entries = [
        Entry("reminder:caravane:2026-03-08T18:00:day", chat, NOW) for chat in range(1, 1201)
    ]
    async with storage.writing() as connection:
        assert await enqueue(connection, entries) == 1200
    async with storage.writing() as connection:
        assert await enqueue(connection, [*entries, Entry("other", 1, NOW)]) == 1


async def test_a_paused_or_unreachable_chat_gets_no_row(storage: Storage) -> None:
    async with storage.writing() as connection:
        for chat in (1, 2, 3):
            await chats.keep(connection, chat, "private")
            await follow(connection, chat, Follow())
        await chats.change(connection, 1, paused=True)
        await chats.change(connection, 2, unreachable="blocked")
        receivers = interested(Subject())
        assert await enqueue_for(connection, "article:a", receivers, not_before=NOW) == 1
    assert await states(storage) == [("article:a", 3, "ready")]


async def test_claims_follow_priority_then_age_one_a_chat(storage: Storage) -> None:
    async with storage.writing() as connection:
        entries = [
            Entry("late", 1, NOW - MINUTE),
            Entry("early", 2, NOW - 2 * MINUTE),
            Entry("again", 2, NOW - MINUTE),
            Entry("future", 3, NOW + MINUTE),
            Entry("reminder", 4, NOW, priority=Priority.TIMELY),
            Entry("alert", 5, NOW, priority=Priority.URGENT),
            Entry("busy", 6, NOW - 3 * MINUTE),
        ]
        await enqueue(connection, entries)
        taken = await claims.claim(connection, 10, NOW, busy_chats=[6])
        assert [one.chat_id for one in taken] == [5, 4, 2, 1]
        assert [one.chat_id for one in await claims.claim(connection, 10, NOW)] == [6, 2]
        assert await claims.claim(connection, 10, NOW) == []
        assert await next_moment(connection) == NOW + MINUTE


async def test_claiming_walks_along_the_index(storage: Storage) -> None:
    """Neither what is settled nor what is planned for later is read."""
    async with storage.writing() as connection:
        await connection.execute(
            text(
                "INSERT INTO outbox (notice, chat_id, state, in_digest, priority, not_before)"
                " SELECT 'n', n, 'sent', false, 2, 0 FROM"
                " (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5000)"
                " SELECT n FROM t) AS numbers"
            )
        )
        await connection.execute(text("ANALYZE outbox"))
        explain = "EXPLAIN QUERY PLAN" if storage.file else "EXPLAIN"
        query = (
            " SELECT id, chat_id FROM outbox WHERE state = 'ready' AND NOT in_digest"
            " AND priority = 2 AND not_before <= 5 ORDER BY not_before, id LIMIT 10"
        )
        plan = await connection.execute(text(explain + query))
        assert "ix_outbox_to_send" in str(plan.all())


async def test_a_row_is_loaded_with_its_chat_as_it_is_now(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, -5, "supergroup")
        await enqueue(connection, [Entry("article:a:b", -5, NOW, NOW + MINUTE)])
        (one,) = await claims.claim(connection, 1, NOW)
        await chats.change(connection, -5, thread=12, silent=True)
        due = await claims.load(connection, one.id)
        assert due
        assert due.chat
        assert (due.kind, due.subject, due.chat.thread, due.chat.silent) == (
            "article",
            "a:b",
            12,
            True,
        )
        assert due.expires_at == NOW + MINUTE
        await drop_waiting(connection, -5, "blocked")
        assert await claims.load(connection, one.id) is None


async def test_after_a_kill_what_was_under_way_waits_again(storage: Storage) -> None:
    async with storage.writing() as connection:
        await enqueue(connection, [Entry("a", chat, NOW) for chat in (1, 2, 3)])
        first, _ = await claims.claim(connection, 2, NOW)
        await claims.start(connection, first.id)
        assert await claims.recover(connection) == 1
    assert {state for _, _, state in await states(storage)} == {"ready"}


async def test_a_correction_goes_to_those_who_were_told(storage: Storage) -> None:
    async with storage.writing() as connection:
        for chat in (1, 2, 3):
            await chats.keep(connection, chat, "private")
        await enqueue(connection, [Entry("article:a", chat, NOW) for chat in (1, 2, 3)])
        for one in await claims.claim(connection, 2, NOW):
            await claims.settle(connection, [one.id], "sent", NOW)
        told = receivers_of("article:a")
        assert await enqueue_for(connection, "correction:a:2", told, not_before=NOW) == 2


async def test_a_notice_is_withdrawn_from_those_who_still_wait(storage: Storage) -> None:
    async with storage.writing() as connection:
        await enqueue(connection, [Entry("a", chat, NOW) for chat in (1, 2)])
        (one,) = await claims.claim(connection, 1, NOW)
        await claims.settle(connection, [one.id], "sent", NOW)
        assert await withdraw(connection, "a", "moved") == 1
    assert await states(storage) == [("a", 1, "sent"), ("a", 2, "dropped")]


async def test_dead_rows_can_be_tried_again_and_old_ones_are_erased(storage: Storage) -> None:
    async with storage.writing() as connection:
        await enqueue(connection, [Entry("a", chat, NOW) for chat in (1, 2)])
        first, second = await claims.claim(connection, 2, NOW)
        await claims.settle(connection, [first.id], "dead", NOW, "500")
        await claims.settle(connection, [second.id], "sent", NOW)
        assert await revive_dead(connection, NOW) == 1
        assert await forget_settled(connection, NOW) == 0
        assert await forget_settled(connection, NOW + MINUTE) == 1
    assert await states(storage) == [("a", 1, "ready")]


async def test_the_operator_sees_how_much_waits_and_since_when(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, 1, "private")
        await chats.keep(connection, 2, "private")
        await chats.change(connection, 2, unreachable="blocked")
        await follow(connection, 1, Follow())
        await enqueue(connection, [Entry("a", 1, NOW - MINUTE), Entry("a", 2, NOW + MINUTE)])
    async with storage.reading() as connection:
        status = await read_status(connection, NOW)
    assert (status.chats, status.unreachable_chats, status.subscriptions) == (2, 1, 1)
    assert (status.rows, status.oldest_wait) == ({"ready": 2}, MINUTE)
    assert status.paused_until is None
