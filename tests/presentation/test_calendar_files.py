"""Files for calendars: what an independent reader and the rules of RFC 5545 find in them."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.knowledge.occurrences import DatedEvent, occurrences, start_of
from bot.presentation.calendar import agenda_ics, event_ics
from tests.events import event, when

STAMP = datetime(2026, 6, 1, 12, tzinfo=UTC)
MONTHLY: dict[str, Any] = {
    "start": "2026-03-03T19:00",
    "end": "2026-03-03T21:00",
    "recurrence": "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261201",
    "exceptions": ("2026-08-04T19:00",),
}


def read(written: bytes) -> Any:
    """The only event of a file."""
    (found,) = Calendar.from_ical(written).walk("VEVENT")
    return found


def lines(written: bytes) -> list[str]:
    """The content lines, unfolded as RFC 5545, 3.1 says."""
    return written.decode().replace("\r\n ", "").split("\r\n")[:-1]


def first(**said: Any) -> DatedEvent:
    return next(occurrences("2026-03-03-lille-x", event(**said)))


@settings(max_examples=60)
@given(title=st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=200))
def test_lines_end_with_crlf_and_are_folded_at_75_bytes(title: str) -> None:
    written = event_ics(when(title=title, note=title), STAMP)
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    for line in written.split(b"\r\n"):
        line.decode()  # no character is cut in two


def test_a_file_has_what_the_rules_require_once() -> None:
    said = lines(event_ics(when(), STAMP))
    for name in ("VERSION:2.0", "PRODID:", "METHOD:PUBLISH", "UID:", "DTSTAMP:20260601T120000Z"):
        assert sum(line.startswith(name) for line in said) == 1, name
    assert said[0] == "BEGIN:VCALENDAR"


def test_the_uid_stays_when_the_event_changes_and_the_sequence_grows() -> None:
    before = read(event_ics(when("2026-06-24T19:00"), STAMP))
    moved = when("2026-06-26T20:00", status="moved", sequence=1)
    after = read(event_ics(moved, STAMP + timedelta(days=1)))
    assert before["UID"] == after["UID"] == "e@sousveille"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CONFIRMED")


def test_a_cancelled_event_is_cancelled_and_its_title_says_so() -> None:
    off = read(event_ics(when(status="cancelled", sequence=2), STAMP))
    assert off["STATUS"] == "CANCELLED"
    assert off["SUMMARY"] == "Annulé\u00a0: Réunion publique"


def test_an_hour_is_a_wall_time_with_its_zone() -> None:
    said = lines(event_ics(when("2026-06-24T19:00", end="2026-06-24T21:00"), STAMP))
    assert "DTSTART;TZID=Europe/Paris:20260624T190000" in said
    assert "DTEND;TZID=Europe/Paris:20260624T210000" in said
    there = lines(event_ics(when("2026-06-24T18:00", timezone="Indian/Reunion"), STAMP))
    assert "DTSTART;TZID=Indian/Reunion:20260624T180000" in there
    assert "TZID:Indian/Reunion" in there


def test_whole_days_are_dates_and_end_the_day_after_the_last() -> None:
    said = lines(event_ics(when("2026-09-24", end="2026-09-26"), STAMP))
    assert "DTSTART;VALUE=DATE:20260924" in said
    assert "DTEND;VALUE=DATE:20260927" in said
    assert not any("VTIMEZONE" in line for line in said)
    evening_and_day = read(event_ics(when("2026-09-24T19:00", end="2026-09-25"), STAMP))
    assert evening_and_day["DTEND"].dt == datetime(2026, 9, 26, tzinfo=ZoneInfo("Europe/Paris"))


def test_no_end_is_invented() -> None:
    assert "DTEND" not in read(event_ics(when("2026-06-24T19:00"), STAMP))


def test_a_rule_ends_in_utc_and_its_exceptions_are_in_its_zone() -> None:
    said = lines(event_ics(first(**MONTHLY), STAMP))
    assert "RRULE:FREQ=MONTHLY;UNTIL=20261201T225959Z;BYDAY=1TU" in said
    assert "EXDATE;TZID=Europe/Paris:20260804T190000" in said


def test_a_rule_for_days_ends_with_a_day() -> None:
    rule = "FREQ=YEARLY;UNTIL=20280101"
    said = lines(
        event_ics(first(start="2026-09-24", recurrence=rule, exceptions=("2027-09-24",)), STAMP)
    )
    assert "RRULE:FREQ=YEARLY;UNTIL=20280101" in said
    assert "EXDATE;VALUE=DATE:20270924" in said


@pytest.mark.parametrize(
    "said",
    [
        MONTHLY,
        {"start": "2026-03-24T19:00", "recurrence": "FREQ=WEEKLY;COUNT=40"},
        {"start": "2026-10-22T18:00", "recurrence": "FREQ=DAILY;UNTIL=20261101"},
        {
            "start": "2026-03-24T19:00",
            "recurrence": "FREQ=WEEKLY;COUNT=9",
            "timezone": "Africa/Casablanca",
        },
    ],
)
def test_another_reader_finds_the_same_instants(said: dict[str, Any]) -> None:
    """dateutil reads the zone from the file itself, not from the machine."""
    written = event_ics(first(**said), STAMP)
    zones = tzical(StringIO(written.decode()))
    zone = zones.get(said.get("timezone", "Europe/Paris"))
    found = read(written)
    dates: Any = rruleset()
    start = found["DTSTART"].dt.replace(tzinfo=zone)
    dates.rrule(rrulestr(found["RRULE"].to_ical().decode(), dtstart=start))
    for text in said.get("exceptions", ()):
        dates.exdate(datetime.fromisoformat(text).replace(tzinfo=zone))
    ours = [start_of(one) for one in occurrences("e", event(**said))]
    assert [one.astimezone(UTC) for one in dates] == ours


def test_the_clocks_change_when_they_do_in_paris() -> None:
    written = event_ics(first(**MONTHLY), STAMP).decode()
    zone = tzical(StringIO(written)).get("Europe/Paris")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year == 2026:
        wall = at.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None)
        if wall.hour not in (2, 3):  # what is skipped and repeated has no single answer
            local = wall.replace(tzinfo=zone)
            assert local.utcoffset() == at.astimezone(ZoneInfo("Europe/Paris")).utcoffset()
        at += timedelta(hours=1)
    assert "DTSTART:20260329T020000" in written
    assert "DTSTART:20261025T030000" in written


def test_an_agenda_holds_each_event_once_and_its_name() -> None:
    weekly = list(occurrences("w", event("2026-06-02T19:00", recurrence="FREQ=WEEKLY;COUNT=4")))
    written = agenda_ics([*weekly, when("2026-06-24", id_="day")], STAMP, "Agenda de Roubaix")
    calendar: Any = Calendar.from_ical(written)
    assert [found["UID"] for found in calendar.walk("VEVENT")] == ["w@sousveille", "day@sousveille"]
    assert calendar["X-WR-CALNAME"] == "Agenda de Roubaix"
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_everything_announced_is_in_the_file() -> None:
    said = read(
        event_ics(
            when(
                place="Salle 13, 3ᵉ étage",
                address="27 rue Jean-Bart, Lille",
                online="https://visio.example/x",
                organisers=("La LDH",),
                guests=("La Brique",),
                price="prix libre",
                accessibility="plain-pied",
                language="anglais",
                note="Venez à l'heure",
            ),
            STAMP,
        )
    )
    assert said["LOCATION"] == "Salle 13, 3ᵉ étage, 27 rue Jean-Bart, Lille"
    assert said["URL"] == "https://visio.example/x"
    told = str(said["DESCRIPTION"])
    for part in ("La LDH", "La Brique", "prix libre", "plain-pied", "anglais", "Venez à l’heure"):
        assert part in told
    assert "https://c.example/a" in told
    assert read(event_ics(when("2026-06-24"), STAMP))["DTSTART"].dt == date(2026, 6, 24)
