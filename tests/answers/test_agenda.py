"""Events by the moment at which one asks, which is passed in."""

from datetime import UTC, date, timedelta

import pytest

from bot.answers.agenda import EVENTS_A_PAGE, Calendar
from bot.answers.model import Territory
from bot.knowledge.occurrences import DatedEvent, dated, end_of, start_of
from bot.language.dates import parse_period
from tests.small_base import base, event, paris

CALENDAR = Calendar(
    base(
        {},
        {
            "evening": event("Un soir", "2026-06-10T19:00", "lille"),
            "long": event(
                "Trois jours", "2026-06-19", "lens", end="2026-06-21", themes=("drones",)
            ),
            "day": event("Un jour", "2026-06-25", "lille", topics=("vsa",)),
            "off": event("Annulé", "2026-07-01T18:00", "lille", status="cancelled"),
        },
    )
)
LILLE = Territory("Lille", "lille", "59350")
UNCOVERED = Territory("Sin-le-Noble", None, "59569")


def ids(events: tuple[DatedEvent, ...]) -> list[str]:
    return [event.id for event in events]


def test_what_is_not_over_is_upcoming_soonest_first() -> None:
    assert ids(CALENDAR.upcoming(paris("2026-06-01T12:00"))) == ["evening", "long", "day", "off"]
    assert CALENDAR.past(paris("2026-06-01T12:00")) == ()


@pytest.mark.parametrize(
    ("now", "coming"),
    [
        ("2026-06-10T20:59", True),  # an evening without an end lasts two hours
        ("2026-06-10T21:00", False),
    ],
)
def test_an_event_under_way_is_still_upcoming(now: str, coming: bool) -> None:
    assert ("evening" in ids(CALENDAR.upcoming(paris(now)))) is coming
    assert ("evening" in ids(CALENDAR.past(paris(now)))) is not coming


def test_a_whole_day_lasts_until_midnight_in_paris() -> None:
    assert "long" in ids(CALENDAR.upcoming(paris("2026-06-21T23:59")))
    assert "long" not in ids(CALENDAR.upcoming(paris("2026-06-22T00:00")))
    whole = dated("x", event("x", "2026-03-29"))
    assert start_of(whole) == paris("2026-03-29T00:00")
    assert end_of(whole) == paris("2026-03-30T00:00")
    real = end_of(whole).timestamp() - start_of(whole).timestamp()
    assert real == timedelta(hours=23).total_seconds(), "that night the clocks go forward"


def test_moments_are_in_paris_time_and_days_are_dates() -> None:
    evening = dated("x", event("x", "2026-06-10T19:00", end="2026-06-10T22:00"))
    assert evening.start == paris("2026-06-10T19:00")
    assert end_of(evening) == paris("2026-06-10T22:00")
    assert dated("x", event("x", "2026-06-10")).start == date(2026, 6, 10)


def test_past_events_are_told_latest_first() -> None:
    assert ids(CALENDAR.past(paris("2026-12-31T12:00"))) == ["off", "day", "long", "evening"]


def test_events_are_chosen_by_city_theme_and_topic() -> None:
    now = paris("2026-06-01T12:00")
    assert ids(CALENDAR.upcoming(now, ["lens"])) == ["long"]
    assert ids(CALENDAR.upcoming(now, (), ["drones"])) == ["long"]
    assert ids(CALENDAR.upcoming(now, ["lille"], ["vsa", "drones"])) == ["day"]
    assert CALENDAR.upcoming(now, ["lens"], ["vsa"]) == ()


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("2026-06-10", ["evening"]),
        ("2026-06-20", ["long"]),
        ("2026-06-21/2026-06-25", ["long", "day"]),
        ("2026-06-22", []),
        ("2026-06", ["evening", "long", "day"]),
        ("2027", []),
    ],
)
def test_the_days_that_are_asked_are_the_only_ones_told(days: str, found: list[str]) -> None:
    agenda = CALENDAR.agenda(paris("2026-06-01T12:00"), days=parse_period(days))
    assert ids(agenda.upcoming) == found
    assert agenda.days == parse_period(days)


def test_when_nothing_is_to_come_the_last_ones_are_told_to_be_past() -> None:
    agenda = CALENDAR.agenda(paris("2027-01-01T12:00"), (LILLE,))
    assert agenda.upcoming == ()
    assert ids(agenda.past) == ["off", "day"]
    assert CALENDAR.agenda(paris("2026-06-30T12:00"), (LILLE,)).past == ()


def test_a_place_that_the_base_does_not_cover_has_no_events_of_others() -> None:
    agenda = CALENDAR.agenda(paris("2026-06-01T12:00"), (UNCOVERED,))
    assert (agenda.upcoming, agenda.past) == ((), ())


def test_a_long_agenda_turns_its_pages_and_stays_in_range() -> None:
    many = {f"e{day:02d}": event("x", f"2026-09-{day:02d}") for day in range(1, 11)}
    calendar, now = Calendar(base({}, many)), paris("2026-08-01T12:00")
    pages = [calendar.agenda(now, page=page) for page in range(3)]
    assert [len(page.upcoming) for page in pages] == [EVENTS_A_PAGE, EVENTS_A_PAGE, 2]
    assert [one.id for page in pages for one in page.upcoming] == sorted(many)
    assert {page.pages for page in pages} == {3}
    assert calendar.agenda(now, page=99) == pages[2]
    assert calendar.agenda(now, page=-1) == pages[0]


def test_a_moment_given_in_another_zone_is_the_same_moment() -> None:
    utc = paris("2026-06-10T20:59").astimezone(UTC)
    assert "evening" in ids(CALENDAR.upcoming(utc))
