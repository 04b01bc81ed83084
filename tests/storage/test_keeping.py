"""Chats, updates, marks, alerts and what was announced."""

from datetime import UTC, datetime, timedelta

from bot.storage import alerts, chats, updates
from bot.storage.announced import Announced, all_announced, mark_announced
from bot.storage.claims import claim, load
from bot.storage.engine import Storage
from bot.storage.marks import find_mark, remove_mark, set_mark

NOW = datetime(2026, 3, 2, 12, 59, tzinfo=UTC)


async def test_whoever_comes_back_can_be_reached_again_with_the_same_settings(
    storage: Storage,
) -> None:
    async with storage.writing() as connection:
        first = await chats.keep(connection, 7, "private")
        assert first == chats.Chat(7)
        await chats.change(connection, 7, unreachable="blocked", quiet_from=1320, quiet_until=480)
        back = await chats.keep(connection, 7, "private")
        assert (back.unreachable, back.quiet_from, back.quiet_until) == (None, 1320, 480)


async def test_channels_are_found_from_the_chat_that_manages_them(storage: Storage) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, -100, "channel")
        await chats.change(connection, -100, managed_by=7)
        assert [one.id for one in await chats.managed_from(connection, 7)] == [-100]


async def test_an_update_is_first_only_once_and_only_if_its_change_was_made(
    storage: Storage,
) -> None:
    try:
        async with storage.writing() as connection:
            assert await updates.is_first(connection, 1, NOW)
            raise LookupError
    except LookupError:
        pass
    async with storage.writing() as connection:
        assert await updates.is_first(connection, 1, NOW)
    async with storage.writing() as connection:
        assert not await updates.is_first(connection, 1, NOW)
        assert await updates.forget_before(connection, NOW + timedelta(days=1)) == 1
        assert await updates.is_first(connection, 1, NOW)


async def test_the_operator_is_told_once_a_cause_and_hour(storage: Storage) -> None:
    async with storage.writing() as connection:
        assert await alerts.alert(connection, "knowledge", "Une erreur.", 99, NOW)
        assert not await alerts.alert(connection, "knowledge", "Une autre.", 99, NOW)
        assert await alerts.alert(connection, "refused", "Refusé.", 99, NOW)
        later = NOW + timedelta(minutes=1)
        assert await alerts.alert(connection, "knowledge", "Encore.", 99, later)
        (one,) = await claim(connection, 9, NOW)
        due = await load(connection, one.id)
        assert due
        assert due.kind == "alert"
        assert await alerts.sentence_of(connection, due.notice) == "Une erreur."


async def test_without_an_operator_alerts_are_only_written_down(storage: Storage) -> None:
    async with storage.writing() as connection:
        assert await alerts.alert(connection, "knowledge", "Une erreur.", None, NOW)
        assert await claim(connection, 9, NOW) == []


async def test_what_was_announced_and_the_marks_are_kept(storage: Storage) -> None:
    async with storage.writing() as connection:
        await mark_announced(connection, "a", Announced("x"))
        await mark_announced(connection, "a", Announced("y", 2))
        assert await all_announced(connection) == {"a": Announced("y", 2)}
        await set_mark(connection, "paused_until", NOW)
        await set_mark(connection, "paused_until", NOW + timedelta(hours=1))
        assert await find_mark(connection, "paused_until") == NOW + timedelta(hours=1)
        await remove_mark(connection, "paused_until")
        assert await find_mark(connection, "paused_until") is None
