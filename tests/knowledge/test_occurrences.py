from datetime import UTC, date, datetime, timedelta

import pytest

from bot.knowledge.occurrences import dated, end_of, occurrences, oddity, start_of
from tests.events import event, paris


def starts(start: str, rule: str, *exceptions: str, **said: str) -> list[str]:
    found = occurrences("e", event(start, recurrence=rule, exceptions=exceptions, **said))
    return [f"{one.start:%Y-%m-%dT%H:%M}" for one in found]


def test_an_event_without_a_rule_takes_place_once() -> None:
    (only,) = occurrences("e", event("2026-06-24T19:00", end="2026-06-24T21:00"))
    assert (only.start, only.end) == (paris("2026-06-24T19:00"), paris("2026-06-24T21:00"))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20260501",
            ["2026-03-03T19:00", "2026-04-07T19:00"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=3",
            ["2026-03-03T19:00", "2026-03-17T19:00", "2026-03-31T19:00"],
        ),
        (
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260312",
            ["2026-03-03T19:00", "2026-03-05T19:00", "2026-03-10T19:00", "2026-03-12T19:00"],
        ),
    ],
)
def test_a_rule_gives_its_dates_and_the_day_of_until_is_one(rule: str, found: list[str]) -> None:
    assert starts("2026-03-03T19:00", rule) == found


def test_an_event_that_recurs_keeps_its_hour_across_clock_changes() -> None:
    found = list(occurrences("e", event("2026-03-24T19:00", recurrence="FREQ=WEEKLY;COUNT=2")))
    assert [one.start for one in found] == [paris("2026-03-24T19:00"), paris("2026-03-31T19:00")]
    assert start_of(found[1]) - start_of(found[0]) == timedelta(days=7, hours=-1)


def test_exceptions_are_left_out_and_each_occurrence_has_its_own_end() -> None:
    found = list(
        occurrences(
            "e",
            event(
                "2026-03-03T22:00",
                end="2026-03-04T01:00",
                recurrence="FREQ=WEEKLY;COUNT=3",
                exceptions=("2026-03-10T22:00",),
            ),
        )
    )
    assert [one.start for one in found] == [paris("2026-03-03T22:00"), paris("2026-03-17T22:00")]
    assert [one.end for one in found] == [paris("2026-03-04T01:00"), paris("2026-03-18T01:00")]


def test_whole_days_recur_as_days() -> None:
    rule = "FREQ=YEARLY;COUNT=2"
    found = list(occurrences("e", event("2026-09-24", end="2026-09-26", recurrence=rule)))
    assert [(one.start, one.end) for one in found] == [
        (date(2026, 9, 24), date(2026, 9, 26)),
        (date(2027, 9, 24), date(2027, 9, 26)),
    ]


def test_an_event_elsewhere_is_told_in_paris_time() -> None:
    one = dated("e", event("2026-06-24T18:00", timezone="Indian/Reunion"))
    assert f"{one.start:%Y-%m-%dT%H:%M}" == "2026-06-24T16:00"
    assert start_of(one) == datetime(2026, 6, 24, 14, tzinfo=UTC)


def test_a_whole_day_elsewhere_begins_and_ends_at_midnight_there() -> None:
    one = dated("e", event("2026-06-24", timezone="America/Guadeloupe"))
    assert start_of(one) == datetime(2026, 6, 24, 4, tzinfo=UTC)
    assert end_of(one) == datetime(2026, 6, 25, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "instant", "shown"),
    [
        ("2026-03-29T01:30", "2026-03-29T00:30", "01:30"),
        ("2026-03-29T02:30", "2026-03-29T01:30", "03:30"),  # skipped: read as before the change
        ("2026-03-29T03:30", "2026-03-29T01:30", "03:30"),
        ("2026-10-25T01:30", "2026-10-24T23:30", "01:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30", "02:30"),  # repeated: the first of the two
        ("2026-10-25T03:30", "2026-10-25T02:30", "03:30"),
    ],
)
def test_wall_times_at_clock_changes_are_instants(wall: str, instant: str, shown: str) -> None:
    one = dated("e", event(wall))
    assert start_of(one) == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert f"{one.start:%H:%M}" == shown


def test_clock_changes_skip_and_repeat_hours() -> None:
    assert oddity(datetime(2026, 3, 29, 2, 30), "Europe/Paris") == "skipped"  # noqa: DTZ001 (a wall time)
    assert oddity(datetime(2026, 10, 25, 2, 30), "Europe/Paris") == "repeated"  # noqa: DTZ001
    assert oddity(datetime(2026, 10, 25, 3, 30), "Europe/Paris") is None  # noqa: DTZ001
    assert oddity(datetime(2026, 3, 29, 2, 30), "Indian/Reunion") is None  # noqa: DTZ001
