"""The planner on a real database: what waits, what was told, what its chats have set."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.answers.answering import Answering
from bot.delivery.event_messages import EventMessages
from bot.delivery.planner import Planner
from bot.knowledge.model import Event, Knowledge
from bot.presentation.message import visible
from bot.storage import chats, claims, reminders
from bot.storage.belongings import move
from bot.storage.claims import Due
from bot.storage.engine import Storage
from bot.storage.outbox import Priority
from bot.storage.reminders import ReminderSettings
from bot.storage.tables import outbox
from tests.events import event, paris

CHAT, OTHER = -7, -8
ROUBAIX, MEL = "59512", "200093201"
WANTED = ReminderSettings(CHAT, moments=("day", "hour"), places=(ROUBAIX,))
EVENING = paris("2026-06-23T18:00")
REMINDER = "reminder:e:20260624T170000Z:day"


class House:
    """One bot's planner and what its dispatcher would do, on one database."""

    def __init__(self, storage: Storage, published: Knowledge, answering: Answering) -> None:
        self.storage = storage
        self.published = published
        self.answering = answering
        self.now = EVENING
        self.restarts(event("2026-06-24T19:00", "roubaix"))

    def restarts(self, *events: Event) -> None:
        self.planner = Planner(self.storage)
        self.messages = EventMessages(self.planner, lambda: self.now)
        self.reads(*events)

    def reads(self, *events: Event) -> None:
        named = dict(zip("efgh", events, strict=False))
        knowledge = replace(self.published, events=named)
        self.planner.renew(knowledge, self.answering.following)
        self.messages.renew(self.answering.following)

    async def sets(self, settings: ReminderSettings) -> None:
        async with self.storage.writing() as connection:
            await chats.keep(connection, settings.chat_id, "group")
            await reminders.keep(connection, settings)
        await self.planner.look_again(settings.chat_id, self.now)

    async def ticks(self, at: datetime | None = None) -> int:
        self.now = at or self.now
        return await self.planner.tick(self.now)

    async def waiting(self) -> list[str]:
        return await self._notices(("ready", "claimed"))

    async def sends(self) -> list[str]:
        """Renders what waits and marks it sent, or dropped; the texts that left."""
        texts = []
        async with self.storage.reading() as connection:
            found = await connection.execute(
                select(outbox.c.id, outbox.c.notice, outbox.c.chat_id)
                .where(outbox.c.state == "ready")
                .order_by(outbox.c.id)
            )
            rows = [tuple(row) for row in found]
        for id_, notice, chat in rows:
            due = Due(id_, notice, chat, Priority.TIMELY, 0, None, None)
            message = await self.messages.by_kind[due.kind](due, ())
            async with self.storage.writing() as connection:
                outcome: claims.Outcome = "sent" if message else "dropped"
                await claims.settle(connection, [id_], outcome, self.now)
            texts += [visible(message).splitlines()[0]] if message else []
        return texts

    async def _notices(self, states: Collection[str]) -> list[str]:
        async with self.storage.reading() as connection:
            found = await connection.scalars(
                select(outbox.c.notice).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
            )
            return list(found)


@pytest.fixture
def house(storage: Storage, published: Knowledge, published_answering: Answering) -> House:
    return House(storage, published, published_answering)


async def test_what_is_due_is_planned_once_whatever_the_number_of_ticks_and_restarts(
    house: House,
) -> None:
    await house.ticks(EVENING - timedelta(minutes=1))
    await house.sets(WANTED)
    assert await house.waiting() == []
    assert await house.ticks(EVENING) == 1
    assert await house.ticks(EVENING) == 0
    assert len(await house.sends()) == 1
    house.restarts(event("2026-06-24T19:00", "roubaix"))
    assert await house.ticks(EVENING + timedelta(minutes=1)) == 0
    assert await house.ticks(EVENING - timedelta(hours=2)) == 0
    assert await house.ticks(EVENING) == 0
    assert await house.waiting() == []


async def test_whoever_follows_the_intercommunalite_hears_of_its_towns(house: House) -> None:
    await house.sets(replace(WANTED, places=(MEL,)))
    await house.ticks()
    (text,) = await house.sends()
    assert text.startswith("Demain")


async def test_settings_are_heeded_at_once_in_both_directions(house: House) -> None:
    await house.ticks()
    await house.sets(WANTED)
    assert await house.waiting() == [REMINDER]
    await house.sets(replace(WANTED, is_on=False))
    assert await house.waiting() == []
    await house.sets(replace(WANTED, places=("44109",)))
    assert await house.waiting() == []
    await house.sets(WANTED)
    assert len(await house.sends()) == 1
    await house.sets(replace(WANTED, moments=("week", "day", "morning", "hour")))
    assert await house.waiting() == []


async def test_a_chat_that_paused_in_between_hears_what_is_still_of_use(house: House) -> None:
    await house.sets(WANTED)
    await house.ticks()
    async with house.storage.writing() as connection:
        await chats.change(connection, CHAT, paused=True)
    assert await house.sends() == []
    async with house.storage.writing() as connection:
        await chats.change(connection, CHAT, paused=False)
    assert await house.planner.look_again(CHAT, house.now) == 1
    assert len(await house.sends()) == 1


async def test_a_group_that_moved_to_another_id_without_a_word_is_followed_there(
    house: House,
) -> None:
    await house.ticks(EVENING - timedelta(hours=1))
    await house.sets(WANTED)
    async with house.storage.writing() as connection:
        await move(connection, CHAT, OTHER)
    assert await house.ticks(EVENING) == 1
    assert len(await house.sends()) == 1


async def test_a_place_that_changed_while_the_bot_was_down_is_corrected_once(
    house: House,
) -> None:
    await house.sets(WANTED)
    await house.ticks()
    assert len(await house.sends()) == 1
    moved = event("2026-06-24T19:00", "roubaix", place="Salle Watremez")
    for expected in (["Nouveau lieu\u00a0: Réunion publique"], []):
        house.restarts(moved)
        await house.ticks(house.now + timedelta(minutes=5))
        assert await house.sends() == expected


async def test_what_waits_and_does_not_hold_any_more_never_leaves(house: House) -> None:
    await house.sets(WANTED)
    await house.ticks()
    house.reads(event("2026-06-24T19:00", "roubaix", status="cancelled"))
    assert await house.sends() == []
    await house.ticks()
    assert await house.waiting() == []
    house.reads(event("2026-06-24T19:00", "roubaix"))
    assert await house.ticks() == 1
    assert len(await house.sends()) == 1


async def test_an_agenda_chosen_after_its_hour_comes_the_week_after(house: House) -> None:
    later = event("2026-07-02T19:00", "roubaix")
    house.restarts(event("2026-06-24T19:00", "roubaix"), later)
    await house.ticks()
    weekly = replace(WANTED, moments=(), digest_weekday=1, digest_hour=12)
    await house.sets(weekly)
    house.restarts(event("2026-06-24T19:00", "roubaix"), later)
    await house.ticks()
    assert await house.sends() == []
    assert await house.ticks(paris("2026-06-30T12:00")) == 1
    assert await house.sends() == ["Cette semaine"]


async def test_an_agenda_with_nothing_in_it_is_not_sent(house: House) -> None:
    await house.sets(replace(WANTED, moments=(), digest_weekday=4, digest_hour=8))
    assert await house.ticks(paris("2026-06-26T08:00")) == 0
    assert await house.ticks(paris("2026-06-26T08:01")) == 0
