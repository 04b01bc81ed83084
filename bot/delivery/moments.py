"""When an event is reminded of: wall times in Paris, and until when each is of use.

An event without an hour is taken to start at noon, as nobody is told when; it is not reminded of
an hour before.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, get_args

from bot.knowledge.occurrences import DatedEvent
from bot.language.dates import PARIS

Rule = Literal["week", "day", "morning", "hour"]
"""A week before at the same hour; the day before at 18:00; the same morning at 9:00; an hour
before."""
RULES: tuple[Rule, ...] = get_args(Rule)

_EVENING, _MORNING, _NOON = time(18), time(9), time(12)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


class Moment(NamedTuple):
    """From `at` on a reminder is due, and from `until` on it is useless; both in UTC."""

    at: datetime
    until: datetime
    rule: Rule


def starts_at(start: date | datetime) -> datetime:
    """The instant, in UTC, after which nobody is reminded of what starts then."""
    if isinstance(start, datetime):
        return start.astimezone(UTC)
    return wall(start, _NOON)


def moments_of(event: DatedEvent, rules: Collection[Rule]) -> list[Moment]:
    """The moments that these rules give, soonest first, each later than the one before.

    Where two would fall together or change places (an event at 9:30, reminded of at 9:00 and an
    hour before), the one that is nearer to the event by its rule is the one kept. All lie before
    the start.
    """
    kept: list[Moment] = []
    for rule in reversed(RULES):
        moment = _moment(event, rule) if rule in rules else None
        if moment and moment.at < moment.until and (not kept or moment.at < kept[-1].at):
            kept.append(moment)
    return kept[::-1]


def _moment(event: DatedEvent, rule: Rule) -> Moment | None:
    start = starts_at(event.start)
    day = event.start.date() if isinstance(event.start, datetime) else event.start
    hour = event.start.time() if isinstance(event.start, datetime) else _MORNING
    match rule:
        case "week":
            return Moment(wall(day - 7 * _DAY, hour), wall(day - 3 * _DAY, hour), rule)
        case "day":
            return Moment(wall(day - _DAY, _EVENING), start - 2 * _HOUR, rule)
        case "morning":
            return Moment(wall(day, _MORNING), start, rule)
        case "hour":
            return Moment(start - _HOUR, start, rule) if isinstance(event.start, datetime) else None


def wall(day: date, hour: time) -> datetime:
    """A wall time in Paris as an instant in UTC.

    One that a clock change skips is as much later; of one that it repeats, the first.
    """
    return datetime.combine(day, hour.replace(fold=0, tzinfo=None), PARIS).astimezone(UTC)
