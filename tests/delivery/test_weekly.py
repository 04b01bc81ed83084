from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.reminders import DigestTime, Group, Schedule
from bot.delivery.weekly import digests_due, latest_hour, week_of
from tests.events import paris, when

THURSDAY_AT_18 = DigestTime(3, 18)
GROUP = Group(1, places=frozenset({"roubaix"}), digest=THURSDAY_AT_18)
EVENTS = [
    when("2026-06-18T17:00", "roubaix", id_="before"),
    when("2026-06-20T14:00", "roubaix", id_="saturday"),
    when("2026-06-21", "roubaix", id_="sunday"),
    when("2026-06-22T14:00", "roubaix", id_="off", status="cancelled"),
    when("2026-06-23T14:00", "lille", id_="elsewhere"),
    when("2026-06-25T18:00", "roubaix", id_="next-week"),
]


def schedule(*groups: Group) -> Schedule:
    return Schedule(EVENTS, groups, lambda _: ())


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        ("2026-06-18T17:59", False),
        ("2026-06-18T18:00", True),
        ("2026-06-19T17:59", True),  # a day late it still serves
        ("2026-06-19T18:00", False),
    ],
)
def test_a_digest_is_sent_at_its_hour_or_up_to_a_day_late(now: str, is_due: bool) -> None:
    due = digests_due(schedule(GROUP), paris(now))
    assert [one.key for one in due] == (["agenda:20260618T160000Z:1"] if is_due else [])


def test_a_tick_gives_a_digest_once() -> None:
    planned = schedule(GROUP)
    at = paris("2026-06-18T18:00")
    assert digests_due(planned, at, at - timedelta(minutes=1)) != []
    assert digests_due(planned, at + timedelta(minutes=1), at) == []


def test_nothing_is_sent_when_there_is_nothing() -> None:
    quiet = Group(2, places=frozenset({"calais"}), digest=THURSDAY_AT_18)
    unasked = Group(3, places=frozenset({"roubaix"}))
    assert digests_due(schedule(quiet, unasked), paris("2026-06-18T18:00")) == []


def test_a_digest_tells_the_week_after_its_hour() -> None:
    due = paris("2026-06-18T18:00")
    told = week_of(schedule(GROUP), GROUP, due, due)
    assert [one.id for one in told] == ["saturday", "sunday"]
    late = week_of(schedule(GROUP), GROUP, due, paris("2026-06-20T15:00"))
    assert [one.id for one in late] == ["sunday"]


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        ("2026-03-29T12:00", datetime(2026, 3, 29, 9, tzinfo=UTC)),
        ("2026-03-29T10:59", datetime(2026, 3, 22, 10, tzinfo=UTC)),
        ("2026-10-25T11:00", datetime(2026, 10, 25, 10, tzinfo=UTC)),
    ],
)
def test_the_hour_is_kept_across_clock_changes(now: str, latest: datetime) -> None:
    assert latest_hour(DigestTime(6, 11), paris(now)) == latest
