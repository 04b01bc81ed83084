"""When events take place: each occurrence with its moments, whatever the clock changes.

Wall times are those of the event's own zone. A time that a clock change skips is read with the
offset before the change, one that it repeats is the first of the two (RFC 5545, 3.3.5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from bot.knowledge.model import Event
from bot.language.dates import PARIS, parse_moment

HORIZON = timedelta(days=3 * 366)
"""No occurrence begins later than this after the first: an announcement does not hold for ever."""
UNSAID_LENGTH = timedelta(hours=2)
"""How long an event is taken to last that announces no end."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One occurrence of an event, with the event's id (the name of its file).

    Compare and add in UTC only, see `start_of` and `end_of`: two moments of one zone compare by
    their wall time, which is wrong in the hour that a clock change repeats.
    """

    id: str
    event: Event
    start: date | datetime
    """A date for a whole day, else an aware datetime in Paris time."""
    end: date | datetime | None
    """A date, the last day, where no hour is announced for it."""


def dated(id_: str, event: Event) -> DatedEvent:
    """The first occurrence that the event announces, its exceptions not considered."""
    last = parse_moment(event.end) if event.end is not None else None
    return _occurrence(id_, event, parse_moment(event.start), last)


def occurrences(id_: str, event: Event) -> Iterator[DatedEvent]:
    """Every occurrence, soonest first: one, or those of the rule without its exceptions.

    The event must have passed `check`.
    """
    if event.recurrence is None:
        yield dated(id_, event)
        return
    first = parse_moment(event.start)
    last = parse_moment(event.end) if event.end is not None else None
    skipped = {parse_moment(text) for text in event.exceptions}
    for start in starts(first, event.recurrence):
        if start not in skipped:
            yield _occurrence(id_, event, start, last and last + (_naive(start) - _naive(first)))


def starts(first: date | datetime, rule: str) -> list[date | datetime]:
    """The wall times, or the days, that a RRULE gives from `first` on, within `HORIZON`.

    Raises ValueError for a rule that RFC 5545 does not know.
    """
    # Imported here: a base without recurring events answers sooner.
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=", 1) for part in rule.split(";"))
    count = int(parts.pop("COUNT")) if "COUNT" in parts else None
    naive = _naive(first)
    horizon = naive + HORIZON
    if "UNTIL" in parts:
        until = datetime.combine(date.fromisoformat(parts["UNTIL"]), time.max)
        horizon = min(horizon, until)
    parts["UNTIL"] = f"{horizon:%Y%m%dT%H%M%S}"
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    found = islice(rrulestr(text, dtstart=naive), count)
    return [start if isinstance(first, datetime) else start.date() for start in found]


def start_of(event: DatedEvent) -> datetime:
    """The first instant of an event, in UTC; midnight where it takes place for a whole day."""
    if isinstance(event.start, datetime):
        return event.start.astimezone(UTC)
    return _instant(datetime.combine(event.start, time()), event.event.timezone)


def end_of(event: DatedEvent) -> datetime:
    """The instant at which an event is over, in UTC: for days, the end of the last one."""
    if isinstance(event.start, datetime):
        if isinstance(event.end, datetime):
            return event.end.astimezone(UTC)
        if event.end is None:
            return start_of(event) + UNSAID_LENGTH
    last = event.end or event.start
    midnight = datetime.combine(last + timedelta(days=1), time())
    return _instant(midnight, event.event.timezone)


Oddity = Literal["skipped", "repeated"]


def oddity(wall: datetime, zone: str) -> Oddity | None:
    """Whether a clock change skips or repeats this naive wall time; None on ordinary days."""
    earlier = wall.replace(tzinfo=ZoneInfo(zone))
    before, after = earlier.utcoffset(), earlier.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    if before == after:
        return None
    return "repeated" if before > after else "skipped"


def _naive(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _occurrence(
    id_: str, event: Event, start: date | datetime, end: date | datetime | None
) -> DatedEvent:
    return DatedEvent(id_, event, _in_paris(start, event), end and _in_paris(end, event))


def _in_paris(moment: date | datetime, event: Event) -> date | datetime:
    if not isinstance(moment, datetime):
        return moment
    return _instant(moment, event.timezone).astimezone(PARIS)


@lru_cache(maxsize=8192)
def _instant(wall: datetime, zone: str) -> datetime:
    """A naive wall time as an instant in UTC."""
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
