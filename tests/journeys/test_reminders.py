"""A collective is reminded of what comes, in time, whatever happens to the bot and to the event."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from tests.double import Double, Group, Message, Person, Room
from tests.events import paris
from tests.journeys.clocked import Clock, ClockedProcess
from tests.journeys.process import REPOSITORY

Run = Callable[..., ClockedProcess]

MONDAY = paris("2026-06-15T10:00")
START = "2026-06-24T19:00"
SOON = 30.0
"""Seconds after which something that should come never will."""
EVENT = """\
title: {title}
start: "{start}"
cities: [{city}]
place: {place}
organisers: [Le Collectif]
status: {status}
sequence: {sequence}
sources:
  annonce:
    title: L'annonce
    publisher: Le Collectif
    kind: militant
    url: https://collectif.example/reunion
"""


class Base:
    """A copy of the published base, changed as a curator would."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, Path] = {}
        self.folder = Path(shutil.copytree(REPOSITORY / "knowledge", folder))

    def announces(
        self,
        start: str = START,
        *,
        name: str = "reunion",
        title: str = "Réunion publique",
        city: str = "roubaix",
        place: str = "Salle Watremez",
        status: str = "confirmed",
        sequence: int = 0,
    ) -> None:
        text = EVENT.format(
            title=title, start=start, city=city, place=place, status=status, sequence=sequence
        )
        # The file keeps the date that was announced first.
        first = self.folder / "events" / f"{start[:10]}-{name}.yaml"
        file = self._files.setdefault(name, first)
        unfinished = file.with_suffix(".new")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.rename(file)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path / "knowledge")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock", MONDAY)


@pytest.fixture
def run(double: Double, tmp_path: Path, base: Base, clock: Clock) -> Run:
    """Starts the bot on that base, that clock and one database, as often as asked."""

    def start(**environment: str) -> ClockedProcess:
        return ClockedProcess(
            clock,
            double.url,
            double.token,
            tmp_path,
            KNOWLEDGE_DIR=str(base.folder),
            DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
            **environment,
        )

    return start


@pytest.fixture
def admin(double: Double) -> Person:
    return double.person("Admin")


@pytest.fixture
def group(double: Double, admin: Person) -> Group:
    return double.group("Collectif", double.person("Membre"), administrators=[admin])


async def is_set_up(group: Room, admin: Person, wish: str = "roubaix") -> Message:
    """The panel, once the group is reminded of a place."""
    await group.says(f"/rappels {wish}", by=admin)
    return await group.next_message(timeout_seconds=SOON)


def events_in(message: Message) -> list[icalendar.Component]:
    """What a calendar finds in the file of a message."""
    assert message.file is not None
    assert message.file.name.endswith(".ics")
    return list(icalendar.Calendar.from_ical(message.file.content).walk("VEVENT"))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def has_nothing_more(base: Base, group: Room, admin: Person) -> None:
    """Nothing was planned that has not come: the panel is shown after a look at what is due."""
    await group.says("/rappels", by=admin)
    assert "Rappels des rencontres" in (await group.next_message(timeout_seconds=SOON)).text
    with closing(sqlite3.connect(base.folder.parent / "bot.db")) as database:
        (planned,) = database.execute(
            "SELECT count(*) FROM outbox WHERE chat_id = ? AND state NOT IN ('dropped', 'expired')",
            (group.id,),
        ).fetchone()
    assert planned == len([one for one in group.sent if "Vous recevez ceci" in one.text])


async def test_a_group_sets_its_reminders_up_on_a_panel(
    double: Double, run: Run, group: Group, admin: Person
) -> None:
    async with run() as bot:
        await bot.is_listening(double)
        await group.says("/abonner lille", by=admin)
        await group.next_message()
        await group.says("/rappels", by=admin)
        off = await group.next_message()
        assert "Désactivés" in off.text
        await group.presses(off, "Activer les rappels", by=admin)
        panel = await group.next_edit()
        assert "✓ Lille (59)" in panel.labels
        assert "✓ La veille à 18 h" in panel.labels
        panel = await is_set_up(group, admin)
        assert {"✓ Lille (59)", "✓ Roubaix (59)"} <= set(panel.labels)
        for button in ("✓ Lille (59)", "agenda de la semaine", "ven"):
            await group.presses(panel, button, by=admin)
            panel = await group.next_edit()
        assert {"Lille (59)", "✓ Roubaix (59)", "✓ ven", "✓ 8 h"} <= set(panel.labels)
        assert "le vendredi à 8" in panel.text
        await group.presses(panel, "Désactiver les rappels", by=admin)
        assert "Désactivés" in (await group.next_edit()).text


async def test_only_admins_change_the_reminders_of_a_group(
    double: Double, run: Run, base: Base, group: Group, admin: Person
) -> None:
    member = double.person("Curieux")
    group.set_status(member, "member")
    channel = double.group("Ailleurs", kind="channel")
    async with run() as bot:
        await bot.is_listening(double)
        panel = await is_set_up(group, admin)
        await group.presses(panel, "Désactiver les rappels", by=member)
        assert "admins" in (await group.next_edit()).text
        for somebody in (member, channel):
            await group.says("/rappels nantes", by=somebody)
            assert "admins" in (await group.next_message()).text
        await group.says("/rappels", by=group)
        panel = await group.next_message()
        assert "✓ Roubaix (59)" in panel.labels
        assert not any("Nantes" in label for label in panel.labels)
        group.set_status(admin, "member")
        await group.presses(panel, "Désactiver les rappels", by=admin)
        assert "admins" in (await group.next_edit()).text


async def test_a_reminder_leaves_at_its_moment_and_its_file_opens(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        clock.set(paris("2026-06-24T17:59:55"))
        base.announces()
        told = await group.next_message(timeout_seconds=SOON)
        assert told.text.startswith("Dans une heure\u00a0: Réunion publique")
        assert "cette discussion suit Roubaix (59)" in told.text
        await group.presses(told, "Calendrier", by=admin)
        (event,) = events_in(await group.next_message())
        assert event.decoded("dtstart") == paris(START)
        assert event["uid"] == "2026-06-24-reunion@sousveille"


async def test_a_late_reminder_is_sent_only_while_it_is_of_use(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    async with run() as bot:
        await bot.is_listening(double)
        await group.presses(await is_set_up(group, admin), "1 semaine avant", by=admin)
        assert "✓ 1 semaine avant" in (await group.next_edit()).labels
        await bot.is_told_to_stop()
    for restart, told in (
        ("2026-06-20T12:00", "Dans 4 jours"),
        ("2026-06-20T13:00", None),
        ("2026-06-22T12:00", None),
        ("2026-06-23T23:00", "Demain"),
        ("2026-06-24T17:30", None),
        ("2026-06-24T18:40", "Dans 20 minutes"),
        ("2026-06-24T19:05", None),
    ):
        clock.set(paris(restart))
        async with run() as bot:
            if told is not None:
                assert (await group.next_message(timeout_seconds=SOON)).text.startswith(told)
            await has_nothing_more(base, group, admin)
            await bot.is_told_to_stop()


async def test_of_several_moments_missed_only_the_last_is_told_and_what_had_no_use_is_not(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    base.announces("2026-06-24T17:00", name="avant", title="Permanence")
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        await bot.is_told_to_stop()
    clock.set(paris("2026-06-24T18:15"))
    async with run() as bot:
        assert "Réunion publique" in (await group.next_message(timeout_seconds=SOON)).text
        await has_nothing_more(base, group, admin)
        await bot.is_told_to_stop()


async def test_a_moved_event_corrects_itself_once_and_is_reminded_of_anew(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    other = double.group("Ailleurs", administrators=[admin])
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        await is_set_up(other, admin, "nantes")
        await bot.is_told_to_stop()
    clock.set(paris("2026-06-23T18:30"))
    async with run() as bot:
        assert (await group.next_message(timeout_seconds=SOON)).text.startswith("Demain")
        base.announces("2026-06-26T20:00", status="moved", sequence=1)
        moved = await group.next_message(timeout_seconds=SOON)
        assert moved.text.startswith("Nouvelle date\u00a0: Réunion publique")
        assert "26 juin" in moved.text
        base.announces("2026-06-26T20:00", status="moved", sequence=1, place="Salle Baudelaire")
        assert (await group.next_message(timeout_seconds=SOON)).text.startswith("Nouveau lieu")
        await has_nothing_more(base, group, admin)
        await bot.is_told_to_stop()
    for restart, told in (("2026-06-24T18:30", None), ("2026-06-25T18:30", "Demain")):
        clock.set(paris(restart))
        async with run() as bot:
            if told is not None:
                assert (await group.next_message(timeout_seconds=SOON)).text.startswith(told)
            await has_nothing_more(base, group, admin)
            await bot.is_told_to_stop()
    assert len(other.sent) == 1


async def test_a_forum_is_reminded_in_the_topic_where_it_asked_and_without_a_sound_if_it_wants(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    async with run() as bot:
        await bot.is_listening(double)
        for command in ("/rappels roubaix", "/reglages"):
            await group.says(command, by=admin, topic=12)
            panel = await group.next_message(timeout_seconds=SOON)
            assert panel.params["message_thread_id"] == 12
        await group.presses(panel, "Couper le son", by=admin)
        assert "Sans un son" in (await group.next_edit()).text
        await bot.is_told_to_stop()
    clock.set(paris("2026-06-23T18:30"))
    async with run():
        reminder = await group.next_message(timeout_seconds=SOON)
    assert reminder.text.startswith("Demain")
    assert reminder.params["message_thread_id"] == 12
    assert reminder.params["disable_notification"] is True


async def test_a_cancelled_event_says_so_once_to_those_who_had_been_told(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    base.announces("2026-06-25T19:00", name="plus-tard", title="Atelier")
    late = double.group("Tardif", administrators=[admin])
    clock.set(paris("2026-06-23T18:30"))
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        assert (await group.next_message(timeout_seconds=SOON)).text.startswith("Demain")
        for name, start in (("reunion", START), ("plus-tard", "2026-06-25T19:00")):
            base.announces(start, name=name, status="cancelled", sequence=1)
        told = await group.next_message(timeout_seconds=SOON)
        assert told.text.startswith("Annulé\u00a0: Réunion publique")
        await is_set_up(late, admin)
        await has_nothing_more(base, group, admin)
        await has_nothing_more(base, late, admin)
        await bot.is_told_to_stop()
    clock.set(paris("2026-06-24T18:30"))
    async with run() as bot:
        await has_nothing_more(base, group, admin)
        await has_nothing_more(base, late, admin)
        await bot.is_told_to_stop()


@pytest.mark.parametrize(
    ("start", "too_early", "evening", "last_hour"),
    [
        ("2026-03-29T03:30", "2026-03-28T16:59:00", "2026-03-28T17:00:10", "2026-03-29T00:31:00"),
        ("2026-10-25T04:30", "2026-10-24T15:59:00", "2026-10-24T16:00:10", "2026-10-25T02:31:00"),
    ],
    ids=["spring", "autumn"],
)
async def test_around_a_clock_change_the_wall_time_holds_whatever_the_host(
    double: Double,
    run: Run,
    base: Base,
    clock: Clock,
    group: Group,
    admin: Person,
    start: str,
    too_early: str,
    evening: str,
    last_hour: str,
) -> None:
    """The moments are in UTC: 18:00 in Paris the day before, and an hour before the start."""
    clock.set(utc(too_early))
    base.announces(start)
    async with run(TZ="America/New_York") as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        await has_nothing_more(base, group, admin)
        await bot.is_told_to_stop()
    for restart, told in ((evening, "Demain"), (last_hour, "Dans une heure")):
        clock.set(utc(restart))
        async with run(TZ="America/New_York") as bot:
            message = await group.next_message(timeout_seconds=SOON)
            assert message.text.startswith(told)
            assert f"{int(start[11:13])}\u202fh\u202f30" in message.text.replace("\u00a0", "\u202f")
            await has_nothing_more(base, group, admin)
            await bot.is_told_to_stop()


async def test_a_clock_that_jumps_tells_nothing_twice(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    """Each change of the base makes the bot look at its clock."""
    base.announces()
    clock.set(paris("2026-06-23T18:00:10"))
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        assert (await group.next_message(timeout_seconds=SOON)).text.startswith("Demain")
        for hour, title in ((20, "Atelier un"), (18, "Atelier deux"), (20, "Atelier trois")):
            clock.set(paris(f"2026-06-23T{hour}:00:20"))
            name = title.lower().replace(" ", "-")
            base.announces("2026-06-24T20:00", name=name, title=title)
            assert title in (await group.next_message(timeout_seconds=SOON)).text
        await has_nothing_more(base, group, admin)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "by error"])
async def test_a_group_that_migrates_goes_on_being_reminded(
    double: Double,
    run: Run,
    base: Base,
    clock: Clock,
    admin: Person,
    announced: bool,
) -> None:
    group = double.group("Collectif", administrators=[admin])
    base.announces()
    async with run() as bot:
        await bot.is_listening(double)
        await is_set_up(group, admin)
        larger = await group.migrates(announced=announced)
        await has_nothing_more(base, larger, admin)
        await bot.is_told_to_stop()
    clock.set(paris("2026-06-23T18:30"))
    async with run() as bot:
        assert (await larger.next_message(timeout_seconds=SOON)).text.startswith("Demain")
        await has_nothing_more(base, larger, admin)
        await bot.is_told_to_stop()


async def test_the_agenda_of_the_week_comes_when_it_was_chosen_and_says_nothing_of_nothing(
    double: Double, run: Run, base: Base, clock: Clock, group: Group, admin: Person
) -> None:
    base.announces()
    async with run() as bot:
        await bot.is_listening(double)
        panel = await is_set_up(group, admin)
        await group.presses(panel, "agenda de la semaine", by=admin)
        assert "le lundi à 8" in (await group.next_edit()).text
        await has_nothing_more(base, group, admin)
        await bot.is_told_to_stop()
    for restart, told in (("2026-06-22T08:30", "Cette semaine"), ("2026-06-29T08:30", None)):
        clock.set(paris(restart))
        async with run() as bot:
            if told is not None:
                message = await group.next_message(timeout_seconds=SOON)
                assert message.text.startswith(told)
                assert "Réunion publique" in message.text
            await has_nothing_more(base, group, admin)
            await bot.is_told_to_stop()


async def test_the_agenda_and_the_page_of_a_town_come_as_files_too(
    double: Double, run: Run, base: Base, admin: Person
) -> None:
    chat = double.private_chat(admin)
    for day in range(20, 26):
        base.announces(f"2026-06-{day}T19:00", name=f"r{day}", title=f"Réunion n° {day}")
    async with run() as bot:
        await bot.is_listening(double)
        await chat.says("/agenda roubaix")
        agenda = await chat.next_message(timeout_seconds=SOON)
        await chat.presses(agenda, "Calendrier")
        found = events_in(await chat.next_message())
        assert [event.decoded("dtstart").day for event in found] == [20, 21, 22, 23, 24, 25]
        await chat.says("/ville roubaix")
        await chat.presses(await chat.next_message(), "Rencontres")
        await chat.presses(await chat.next_edit(), "Calendrier")
        assert len(events_in(await chat.next_message())) == 6
