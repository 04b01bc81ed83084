import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.reminders import (
    Group,
    Reminder,
    Schedule,
    parse_start,
    reminders_due,
    start_key,
)
from bot.knowledge.occurrences import DatedEvent, occurrences
from tests.events import event, paris, when

ROUBAIX = Group(1, places=frozenset({"roubaix"}))
EVENING = when("2026-06-24T19:00", "roubaix", id_="evening")


def around(city: str) -> tuple[str, ...]:
    return ("mel",) if city in ("lille", "roubaix") else ()


def rules(now: str, *events: DatedEvent, group: Group = ROUBAIX) -> list[tuple[str, str]]:
    due = reminders_due(events or (EVENING,), [group], paris(now), around)
    return [(one.event, one.rule) for one in due]


@pytest.mark.parametrize(
    ("now", "rule"),
    [
        ("2026-06-17T18:59", None),
        ("2026-06-17T19:00", "week"),
        ("2026-06-21T18:59", "week"),
        ("2026-06-21T19:00", None),  # three days before, a week's notice says nothing any more
        ("2026-06-23T18:00", "day"),
        ("2026-06-24T08:59", "day"),
        ("2026-06-24T09:00", "morning"),
        ("2026-06-24T18:00", "hour"),
        ("2026-06-24T18:59", "hour"),
        ("2026-06-24T19:00", None),
    ],
)
def test_a_reminder_missed_while_down_is_sent_late_but_not_after_the_start(
    now: str, rule: str | None
) -> None:
    assert rules(now) == ([("evening", rule)] if rule else [])


def test_a_day_before_is_of_no_use_two_hours_before() -> None:
    only = Group(1, moments=frozenset({"day"}))
    assert rules("2026-06-24T16:59", group=only) == [("evening", "day")]
    assert rules("2026-06-24T17:00", group=only) == []


def test_reminders_come_soonest_event_first() -> None:
    later = when("2026-06-24T20:00", "roubaix", id_="a-later")
    assert rules("2026-06-24T12:00", later, EVENING) == [
        ("evening", "morning"),
        ("a-later", "morning"),
    ]


def test_a_cancelled_event_is_not_reminded_of() -> None:
    off = when("2026-06-24T19:00", "roubaix", status="cancelled")
    assert rules("2026-06-24T12:00", off) == []


def test_every_occurrence_of_an_event_that_recurs_has_its_own_reminders() -> None:
    weekly = list(
        occurrences("w", event("2026-06-24T19:00", "roubaix", recurrence="FREQ=WEEKLY;COUNT=3"))
    )
    due = reminders_due(weekly, [ROUBAIX], paris("2026-06-24T19:30"))
    assert [one.notice for one in due] == ["reminder:w:20260701T170000Z:week"]


@pytest.mark.parametrize(
    ("group", "is_told"),
    [
        (Group(1), True),
        (Group(1, places=frozenset({"roubaix"})), True),
        (Group(1, places=frozenset({"mel"})), True),
        (Group(1, places=frozenset({"mel", "roubaix"})), True),
        (Group(1, places=frozenset({"lille"})), False),
        (Group(1, themes=frozenset({"vsa"})), True),
        (Group(1, themes=frozenset({"drones"})), False),
        (Group(1, places=frozenset({"mel"}), themes=frozenset({"briefcam"})), True),
        (Group(1, places=frozenset({"lille"}), themes=frozenset({"vsa"})), False),
        (Group(1, moments=frozenset()), False),
    ],
)
def test_groups_hear_of_their_places_and_themes(group: Group, is_told: bool) -> None:
    about = when("2026-06-24T19:00", "roubaix", themes=("vsa",), topics=("briefcam",))
    assert rules("2026-06-24T12:00", about, group=group) == ([("e", "morning")] if is_told else [])


def test_an_event_in_two_cities_that_a_group_follows_is_told_once() -> None:
    both = when("2026-06-24T19:00", "lille", "roubaix")
    group = Group(1, places=frozenset({"lille", "roubaix", "mel"}))
    assert rules("2026-06-24T12:00", both, group=group) == [("e", "morning")]


def test_a_reminder_says_who_what_and_when_in_its_key() -> None:
    (due,) = reminders_due([EVENING], [ROUBAIX], paris("2026-06-24T12:00"))
    assert due == Reminder(
        "evening",
        "20260624T170000Z",
        "morning",
        1,
        datetime(2026, 6, 24, 7, tzinfo=UTC),
        datetime(2026, 6, 24, 17, tzinfo=UTC),
    )
    assert due.key == "reminder:evening:20260624T170000Z:morning:1"


@pytest.mark.parametrize("start", ["2026-06-24", "2026-06-24T19:00", "2026-10-25T02:30"])
def test_the_start_in_a_key_can_be_read_back(start: str) -> None:
    event = when(start)
    back = parse_start(start_key(event))
    moment = event.start
    assert back == (moment.astimezone(UTC) if isinstance(moment, datetime) else moment)


def test_a_tick_gives_only_what_became_due_since_the_last_one() -> None:
    schedule = Schedule([EVENING], [ROUBAIX], around)
    start, step = paris("2026-06-16T00:00"), timedelta(minutes=7)
    told, since = [], start
    for tick in range(1, 2000):
        now = start + tick * step
        told += [(one.rule, since < one.due <= now) for one in schedule.due(now, since)]
        since = now
    assert told == [("week", True), ("day", True), ("morning", True), ("hour", True)]


def test_a_clock_that_went_back_loses_no_reminder() -> None:
    """One that was of no more use at a wrong hour may be again at the right one."""
    only = Group(1, moments=frozenset({"week"}), places=frozenset({"roubaix"}))
    schedule = Schedule([EVENING], [only], around)
    assert schedule.due(paris("2026-06-21T19:00"), paris("2026-06-16T19:00")) == []
    (found,) = schedule.due(paris("2026-06-21T17:00"), paris("2026-06-21T19:00"))
    assert found.rule == "week"


def test_the_next_moment_is_known() -> None:
    schedule = Schedule([EVENING], [ROUBAIX], around)
    assert schedule.next_moment(paris("2026-06-17T19:00")) == paris("2026-06-23T18:00")
    assert schedule.next_moment(paris("2026-06-24T18:00")) is None


def test_new_settings_hold_at_once() -> None:
    schedule = Schedule([EVENING], [ROUBAIX], around)
    now = paris("2026-06-24T12:00")
    schedule.put(Group(1, places=frozenset({"lille"})))
    assert schedule.due(now) == []
    schedule.put(Group(1, moments=frozenset({"day"})))
    assert [one.rule for one in schedule.due(now)] == ["day"]
    schedule.remove(1)
    schedule.remove(1)
    assert schedule.due(now) == []


@pytest.fixture(params=["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def host_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("start", ["2026-03-29T02:30", "2026-10-25T02:30", "2026-06-24"])
def test_the_zone_of_the_host_changes_nothing(start: str, host_zone: str) -> None:
    of_old = {"2026-03-29T02:30": 28, "2026-10-25T02:30": 24, "2026-06-24": 23}[start]
    event = when(start, "roubaix")
    (due,) = reminders_due([event], [ROUBAIX], paris(f"{start[:8]}{of_old}T20:00"))
    assert (due.rule, due.due) == ("day", paris(f"{start[:8]}{of_old}T18:00"))
