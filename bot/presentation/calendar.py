"""Events as iCalendar files (RFC 5545), for the calendar that each person uses."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
)

from bot.knowledge.model import Event as Announced
from bot.knowledge.occurrences import DatedEvent, occurrences
from bot.language.dates import parse_moment
from bot.presentation.message import Document, Message
from bot.presentation.typography import typeset

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def file_of(events: Sequence[DatedEvent], stamp: datetime) -> Message:
    """These events, at least one, as a message with one file."""
    ids = {event.id for event in events}
    if len(ids) == 1:
        document = Document(f"{events[0].id}.ics", event_ics(events[0], stamp))
        told = "Cette rencontre, pour votre calendrier : ouvrez le fichier."
    else:
        document = Document("agenda.ics", agenda_ics(events, stamp, "Rencontres"))
        told = f"{len(ids)} rencontres, pour votre calendrier : ouvrez le fichier."
    return Message(typeset(told), document=document)


def event_ics(event: DatedEvent, stamp: datetime) -> bytes:
    """One event as a file: all its occurrences, for one that recurs.

    `stamp`, timezone-aware, is when the file is written. The same event always has the same UID,
    so that a newer file replaces what an older one brought.
    """
    return agenda_ics([event], stamp, event.event.title)


def agenda_ics(events: Iterable[DatedEvent], stamp: datetime, name: str) -> bytes:
    """Several events as one file that calendars call `name`; one that recurs stands there once."""
    announced = {event.id: event.event for event in events}
    calendar = Calendar()
    calendar.add("prodid", "-//Sousveille//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", typeset(name))
    calendar.add("x-wr-calname", typeset(name))
    for zone in sorted({event.timezone for event in announced.values() if "T" in event.start}):
        of_zone = [dated for id_, event in announced.items() if event.timezone == zone
                   for dated in occurrences(id_, event)]  # fmt: skip
        days = [day for dated in of_zone for day in (dated.start, dated.end) if day is not None]
        if days:
            calendar.add_component(_timezone(zone, _years(days)))
    for id_, event in announced.items():
        calendar.add_component(_event(id_, event, stamp))
    return bytes(calendar.to_ical())


def _event(id_: str, event: Announced, stamp: datetime) -> Event:
    start = _moment(event, event.start)
    written = Event()
    written.add("uid", f"{id_}@sousveille")
    written.add("dtstamp", stamp.astimezone(UTC))
    written.add("sequence", event.sequence)
    written.add("status", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    title = f"Annulé : {event.title}" if event.status == "cancelled" else event.title
    written.add("summary", typeset(title))
    written.add("dtstart", start)
    if event.end is not None:
        end = _moment(event, event.end)
        written.add("dtend", end if isinstance(end, datetime) else _day_after(end, start))
    if event.recurrence is not None:
        written.add("rrule", _rule(event.recurrence, start))
        if event.exceptions:
            written.add("exdate", [_moment(event, text) for text in event.exceptions])
    place = ", ".join(part for part in (event.place, event.address) if part)
    if place:
        written.add("location", typeset(place))
    url = event.online or next((s.url for s in event.sources.values() if s.url), None)
    if url is not None:
        written.add("url", url)
    written.add("description", "\n".join(_description(event)))
    return written


def _description(event: Announced) -> Iterator[str]:
    """What has no property of its own, one line each."""
    for label, text in (
        ("En ligne", event.online),
        ("Organisé par", ", ".join(event.organisers)),
        ("Avec", ", ".join(event.guests)),
        ("Entrée", event.price),
        ("Accès", event.accessibility),
        ("Langue", event.language),
        ("À noter", event.note),
    ):
        if text:
            yield typeset(f"{label} : {text}")
    for source in event.sources.values():
        yield typeset(f"Source : {source.publisher}") + (f", {source.url}" if source.url else "")


def _moment(event: Announced, text: str) -> date | datetime:
    """The wall time as it is announced, in its zone."""
    moment = parse_moment(text)
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=ZoneInfo(event.timezone))
    return moment


def _day_after(last: date, start: date | datetime) -> date | datetime:
    """The end that follows a last day, which is outside of the event (RFC 5545, 3.6.1)."""
    if isinstance(start, datetime):
        return datetime.combine(last + _DAY, time(), start.tzinfo)
    return last + _DAY


def _rule(rule: str, start: date | datetime) -> vRecur:
    """The rule with an UNTIL in UTC where the start has an hour (RFC 5545, 3.3.10)."""
    written: vRecur = vRecur.from_ical(rule)
    if "UNTIL" in written and isinstance(start, datetime):
        last = datetime.combine(written["UNTIL"][0], time(23, 59, 59), start.tzinfo)
        written["UNTIL"] = [last.astimezone(UTC)]
    return written


def _years(days: list[date]) -> range:
    return range(min(day.year for day in days), max(day.year for day in days) + 1)


def _timezone(name: str, years: range) -> Timezone:
    """The clock changes of a zone in these years.

    The library has a generator of these too, which gives the wrong local time for the change in
    spring: it must be told by the clock from before (RFC 5545, 3.6.5).
    """
    zone = ZoneInfo(name)
    written = Timezone()
    written.add("tzid", name)
    before = datetime(years[0] - 1, 12, 31, tzinfo=UTC)
    written.add_component(_observance(before, before, zone))
    while before.year <= years[-1]:
        after = before + _DAY
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            written.add_component(_observance(*_change(before, after, zone), zone))
        before = after
    return written


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants, in UTC, around the clock change between two others: none lies between."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _MINUTE:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return before, after


def _observance(before: datetime, after: datetime, zone: ZoneInfo) -> Component:
    """What the clock shows from `after` on."""
    local, former = after.astimezone(zone), before.astimezone(zone)
    written = TimezoneDaylight() if local.dst() else TimezoneStandard()
    offset_before = former.utcoffset()
    assert offset_before is not None
    onset = (after + offset_before).replace(tzinfo=None, second=0, microsecond=0)
    written.add("dtstart", onset)
    written.add("tzoffsetfrom", offset_before)
    written.add("tzoffsetto", local.utcoffset())
    written.add("tzname", local.tzname())
    return written
