"""Which events are to come, where, and which were the last."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from bot.answers.model import Agenda, DatedEvent, Territory
from bot.knowledge.model import Event, Knowledge
from bot.language.dates import PARIS, Period, parse_moment

EVENTS_A_PAGE = 4
LAST_ONES = 2
"""Past events shown when none is to come."""


class Calendar:
    """The events of the base, soonest first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._events = sorted(
            (dated(id_, event) for id_, event in knowledge.events.items()),
            key=lambda event: (start_of(event), event.id),
        )

    def upcoming(
        self, now: datetime, cities: Collection[str] = (), themes: Collection[str] = ()
    ) -> tuple[DatedEvent, ...]:
        """Events that are not over at `now`, soonest first; cancelled ones too, said to be so."""
        return tuple(e for e in self._about(cities, themes) if end_of(e) > now)

    def past(
        self, now: datetime, cities: Collection[str] = (), themes: Collection[str] = ()
    ) -> tuple[DatedEvent, ...]:
        """Events that are over at `now`, latest first."""
        return tuple(e for e in reversed(self._about(cities, themes)) if end_of(e) <= now)

    def agenda(
        self,
        now: datetime,
        territories: tuple[Territory, ...] = (),
        themes: Collection[str] = (),
        days: Period | None = None,
        page: int = 0,
    ) -> Agenda:
        """One page of what comes in these territories (anywhere, without any), or the last ones."""
        ids = [territory.id for territory in territories if territory.id is not None]
        coming: tuple[DatedEvent, ...] = ()
        past: tuple[DatedEvent, ...] = ()
        if ids or not territories:
            coming = tuple(e for e in self.upcoming(now, ids, themes) if _within(e, days))
            past = () if coming else self.past(now, ids, themes)[:LAST_ONES]
        pages = max(1, -(-len(coming) // EVENTS_A_PAGE))
        page = min(max(page, 0), pages - 1)
        shown = coming[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]
        return Agenda(
            territories=territories, upcoming=shown, past=past, days=days, page=page, pages=pages
        )

    def _about(self, cities: Collection[str], themes: Collection[str]) -> list[DatedEvent]:
        return [
            event
            for event in self._events
            if (not cities or set(cities) & set(event.event.cities))
            and (not themes or set(themes) & {*event.event.themes, *event.event.topics})
        ]


def dated(id_: str, event: Event) -> DatedEvent:
    """An event with its moments in Paris time."""
    return DatedEvent(
        id_, event, _local(event.start), _local(event.end) if event.end is not None else None
    )


def start_of(event: DatedEvent) -> datetime:
    """The first instant of an event; midnight in Paris for a whole day."""
    if isinstance(event.start, datetime):
        return event.start
    return datetime.combine(event.start, time(), PARIS)


def end_of(event: DatedEvent) -> datetime:
    """The instant at which an event is over: the end of its last day when no hour is announced."""
    last = event.end if event.end is not None else event.start
    if isinstance(last, datetime):
        return last if event.end is not None else last + timedelta(hours=2)
    return datetime.combine(last + timedelta(days=1), time(), PARIS)


def _local(text: str) -> date | datetime:
    moment = parse_moment(text)
    return moment.replace(tzinfo=PARIS) if isinstance(moment, datetime) else moment


def _within(event: DatedEvent, days: Period | None) -> bool:
    if days is None:
        return True
    first, last = start_of(event).date(), end_of(event).astimezone(PARIS) - timedelta(seconds=1)
    return first <= days.last and days.first <= last.date()
