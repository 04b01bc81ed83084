from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from bot.storage import chats, claims, reminders
from bot.storage.belongings import everything_held_on, forget, move
from bot.storage.copies import backup, restore
from bot.storage.engine import Storage, open_storage
from bot.storage.migrating import migrate
from bot.storage.outbox import Entry, drop_waiting
from bot.storage.reminders import ReminderSettings
from bot.storage.tables import metadata

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = -1234, -1_001_234_567_890
WANTED = ReminderSettings(
    OLD, True, ("day", "hour"), ("59512", "245900410"), ("drones",), digest_weekday=4, digest_hour=8
)
NOTICE = "reminder:a_b:20260303T120000Z:day"


async def set_up(storage: Storage, wanted: ReminderSettings = WANTED) -> None:
    async with storage.writing() as connection:
        await chats.keep(connection, wanted.chat_id, "group")
        await reminders.keep(connection, wanted)


async def test_settings_are_shown_moved_with_their_group_and_forgotten(storage: Storage) -> None:
    await set_up(storage)
    async with storage.writing() as connection:
        held = await everything_held_on(connection, OLD)
        assert held["reminders"]["places"] == ("59512", "245900410")
        assert await move(connection, OLD, NEW)
        assert await reminders.find(connection, OLD) is None
        moved = await reminders.find(connection, NEW)
        assert moved is not None
        assert moved.digest_hour == 8
        assert await reminders.all_wanting(connection) == [moved]
    await forget(storage, NEW)
    async with storage.reading() as connection:
        assert await reminders.find(connection, NEW) is None


async def test_when_both_ids_have_settings_those_of_the_old_one_hold(storage: Storage) -> None:
    await set_up(storage)
    await set_up(storage, ReminderSettings(NEW, is_on=False))
    async with storage.writing() as connection:
        await move(connection, OLD, NEW)
        found = await reminders.find(connection, NEW)
    assert found is not None
    assert (found.is_on, found.themes) == (True, ("drones",))


async def test_a_paused_chat_and_one_that_blocked_the_bot_want_nothing(storage: Storage) -> None:
    await set_up(storage)
    for change in ({"paused": True}, {"paused": False, "unreachable": "blocked"}):
        async with storage.writing() as connection:
            await chats.change(connection, OLD, **change)
            assert await reminders.all_wanting(connection) == []


async def test_settings_are_in_a_backup(storage: Storage, tmp_path: Path) -> None:
    await set_up(storage)
    await backup(storage, tmp_path / "copy.db")
    await forget(storage, OLD)
    await restore(storage, tmp_path / "copy.db", NOW)
    async with storage.reading() as connection:
        assert await reminders.find(connection, OLD) == WANTED


async def test_what_was_dropped_waits_again_and_what_was_told_does_not(storage: Storage) -> None:
    entry = Entry(NOTICE, OLD, NOW, NOW + HOUR)
    async with storage.writing() as connection:
        assert await reminders.plan(connection, [entry]) == 1
        assert await reminders.plan(connection, [entry]) == 0
        await drop_waiting(connection, OLD, "paused")
        assert await reminders.rows_about(connection, NOW) == []
        assert await reminders.plan(connection, [entry]) == 1
        (claim,) = await claims.claim(connection, 9, NOW)
        await claims.settle(connection, [claim.id], "sent", NOW)
        assert await reminders.plan(connection, [entry]) == 0
        told = await reminders.rows_about(connection, NOW, events=["a_b"], chat_id=OLD)
        assert told == [(NOTICE, OLD, NOW)]
        assert await reminders.rows_about(connection, NOW, events=["axb"]) == []
        await reminders.unplan(connection, [(NOTICE, OLD)])
        assert await reminders.rows_about(connection, NOW, events=["a_b"]) == told


async def test_a_place_is_new_since_it_was_another(storage: Storage) -> None:
    async with storage.writing() as connection:
        assert await reminders.note_places(connection, {"a": "1", "b": "1"}, NOW) == {}
        later = NOW + HOUR
        assert await reminders.note_places(connection, {"a": "2", "b": "1"}, later) == {"a": later}
        again = await reminders.note_places(connection, {"a": "2"}, later + HOUR)
        assert again == {"a": later}


async def test_a_database_of_the_first_schema_keeps_its_data(database_url: str) -> None:
    written = {
        "chats": "INSERT INTO chats (id, kind, thread, silent) VALUES (-7, 'group', 3, true)",
        "subscriptions": "INSERT INTO subscriptions VALUES (-7, '59512', '', '')",
        "exclusions": "INSERT INTO exclusions VALUES (-7, 'drone')",
        "outbox": "INSERT INTO outbox (notice, chat_id, state, priority, not_before)"
        " VALUES ('article:a', -7, 'sent', 2, 1)",
        "updates": "INSERT INTO updates VALUES (5, 1)",
        "announced": "INSERT INTO announced VALUES ('a', 'b', 1)",
        "alerts": "INSERT INTO alerts VALUES ('a', 1, 'b')",
        "marks": "INSERT INTO marks VALUES ('paused_until', 1)",
    }

    def go_back(connection: Connection) -> None:
        for table in reversed(metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DROP TABLE alembic_version"))
        migrate(connection, "0001")

    async def rows(storage: Storage) -> dict[str, list[object]]:
        async with storage.reading() as connection:
            return {
                table: [
                    tuple(row) for row in await connection.execute(metadata.tables[table].select())
                ]
                for table in written
            }

    async with open_storage(database_url) as storage:
        async with storage.writing() as connection:
            await connection.run_sync(go_back)
        async with storage.writing() as connection:
            for statement in written.values():
                await connection.execute(text(statement))
        before = await rows(storage)
    assert all(before.values())
    async with open_storage(database_url) as storage:
        assert await rows(storage) == before
        await set_up(storage, ReminderSettings(-7))
