from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.moments import RULES, moments_of, starts_at
from bot.language.dates import PARIS
from tests.events import when


def shown(start: str, *rules: str) -> list[tuple[str, str, str]]:
    wanted = [rule for rule in RULES if not rules or rule in rules]
    return [
        (
            moment.rule,
            f"{moment.at.astimezone(PARIS):%m-%d %H:%M}",
            f"{moment.until.astimezone(PARIS):%m-%d %H:%M}",
        )
        for moment in moments_of(when(start), wanted)
    ]


def test_the_four_moments_of_an_evening() -> None:
    assert shown("2026-06-24T19:00") == [
        ("week", "06-17 19:00", "06-21 19:00"),
        ("day", "06-23 18:00", "06-24 17:00"),
        ("morning", "06-24 09:00", "06-24 19:00"),
        ("hour", "06-24 18:00", "06-24 19:00"),
    ]


def test_a_day_without_an_hour_is_reminded_of_until_noon() -> None:
    assert shown("2026-06-24") == [
        ("week", "06-17 09:00", "06-21 09:00"),
        ("day", "06-23 18:00", "06-24 10:00"),
        ("morning", "06-24 09:00", "06-24 12:00"),
    ]


@pytest.mark.parametrize(
    ("start", "rules"),
    [
        ("2026-06-24T09:30", ["week", "day", "hour"]),  # 8:30 says more than 9:00
        ("2026-06-24T10:00", ["week", "day", "hour"]),  # both at 9:00: one
        ("2026-06-24T10:01", ["week", "day", "morning", "hour"]),
        ("2026-06-24T08:00", ["week", "day", "hour"]),  # 9:00 is too late
        ("2026-06-24T00:30", ["week", "day", "hour"]),
    ],
)
def test_two_moments_never_fall_together_nor_change_places(start: str, rules: list[str]) -> None:
    assert [rule for rule, _, _ in shown(start)] == rules


def test_the_morning_alone_serves_an_event_that_starts_soon_after() -> None:
    assert shown("2026-06-24T09:30", "morning") == [("morning", "06-24 09:00", "06-24 09:30")]


@pytest.mark.parametrize(
    ("start", "week", "day", "hour"),
    [
        ("2026-03-29T19:00", "03-22 19:00", "03-28 18:00", "03-29 18:00"),
        ("2026-04-01T19:00", "03-25 19:00", "03-31 18:00", "04-01 18:00"),
        ("2026-10-25T19:00", "10-18 19:00", "10-24 18:00", "10-25 18:00"),
        ("2026-10-28T19:00", "10-21 19:00", "10-27 18:00", "10-28 18:00"),
        ("2026-03-29T02:30", "03-22 03:30", "03-28 18:00", "03-29 01:30"),  # shown as 3:30
        ("2026-10-25T02:30", "10-18 02:30", "10-24 18:00", "10-25 01:30"),  # the first 2:30
        ("2026-10-25T03:30", "10-18 03:30", "10-24 18:00", "10-25 02:30"),  # the second 2:30
    ],
)
def test_wall_times_are_kept_across_clock_changes(
    start: str, week: str, day: str, hour: str
) -> None:
    at = {rule: at for rule, at, _ in shown(start)}
    assert (at["week"], at["day"], at["hour"]) == (week, day, hour)
    soonest = moments_of(when(start), ["hour"])[0]
    assert soonest.until - soonest.at == timedelta(hours=1), "a real hour"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 (wall times)
    st.booleans(),
    st.sets(st.sampled_from(RULES)),
)
def test_moments_are_in_order_of_use_and_before_the_start(
    start: datetime, is_whole_day: bool, rules: set[str]
) -> None:
    event = when(f"{start:%Y-%m-%d}" if is_whole_day else f"{start:%Y-%m-%dT%H:%M}")
    found = moments_of(event, [rule for rule in RULES if rule in rules])
    assert [moment.at for moment in found] == sorted({moment.at for moment in found})
    assert [moment.until for moment in found] == sorted(moment.until for moment in found)
    assert all(moment.at < moment.until <= starts_at(event.start) for moment in found)
    if rules - {"hour", "morning"}:
        assert found, "a week or a day before there always is a moment"
