"""Which events are to come, where, and which were the last."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from bot.answers.model import Agenda, Around, Territory
from bot.answers.territories import Gazetteer
from bot.knowledge.model import Knowledge
from bot.knowledge.occurrences import DatedEvent, end_of, occurrences, start_of
from bot.language.dates import PARIS, Period

EVENTS_A_PAGE = 4
LAST_ONES = 2
"""Past events shown when none is to come."""


@dataclass(frozen=True, slots=True, eq=False)
class _Timed:
    """An occurrence with its instants in UTC."""

    start: datetime
    end: datetime
    event: DatedEvent
    themes: frozenset[str]


class Calendar:
    """The occurrences of every event of the base, soonest first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._all = [
            _timed(dated)
            for id_, event in knowledge.events.items()
            for dated in occurrences(id_, event)
        ]
        self._all.sort(key=_soonest)
        self._by_city: dict[str, list[_Timed]] = {}
        for timed in self._all:
            for city in timed.event.event.cities:
                self._by_city.setdefault(city, []).append(timed)

    @property
    def all(self) -> tuple[DatedEvent, ...]:
        """Every occurrence, soonest first."""
        return tuple(timed.event for timed in self._all)

    def upcoming(
        self, now: datetime, cities: Collection[str] = (), themes: Collection[str] = ()
    ) -> tuple[DatedEvent, ...]:
        """Events that are not over at `now`, soonest first; cancelled ones too, said to be so."""
        return tuple(t.event for t in self._about(cities, themes) if t.end > now)

    def past(
        self, now: datetime, cities: Collection[str] = (), themes: Collection[str] = ()
    ) -> tuple[DatedEvent, ...]:
        """Events that are over at `now`, latest first."""
        about = reversed(self._about(cities, themes))
        return tuple(t.event for t in about if t.end <= now)

    def agenda(
        self,
        now: datetime,
        territories: tuple[Territory, ...] = (),
        themes: Collection[str] = (),
        days: Period | None = None,
        page: int = 0,
        *,
        cities: Collection[str] | None = None,
        around: Around = "there",
    ) -> Agenda:
        """One page of what comes in these territories (anywhere, without any), or the last ones.

        `cities` are the ids of the territories to look in when these are others: those around,
        which `around` tells, or those inside. `themes` are tags of themes or ids of topics.
        """
        if cities is None:
            cities = [territory.id for territory in territories if territory.id is not None]
        coming: tuple[DatedEvent, ...] = ()
        past: tuple[DatedEvent, ...] = ()
        if cities or not territories:
            wanted = [t for t in self._about(cities, themes) if _within(t, days)]
            coming = tuple(t.event for t in wanted if t.end > now)
            if not coming and days is not None and days.last < now.astimezone(PARIS).date():
                past = tuple(t.event for t in reversed(wanted))[:EVENTS_A_PAGE]
            elif not coming:
                past = self.past(now, cities, themes)[:LAST_ONES]
        pages = max(1, -(-len(coming) // EVENTS_A_PAGE))
        page = min(max(page, 0), pages - 1)
        return Agenda(
            territories=territories,
            upcoming=coming[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE],
            past=past,
            days=days,
            themes=tuple(themes),
            page=page,
            pages=pages,
            around=around,
        )

    def _about(self, cities: Collection[str], themes: Collection[str]) -> list[_Timed]:
        """Soonest first; each once, even when it takes place in several of these cities."""
        found = self._all
        if cities:
            held = [self._by_city.get(city, []) for city in dict.fromkeys(cities)]
            together = set(chain.from_iterable(held))
            found = held[0] if len(held) == 1 else sorted(together, key=_soonest)
        if themes:
            found = [timed for timed in found if not timed.themes.isdisjoint(themes)]
        return found


class Agendas:
    """What comes in the places that people name, or around them when nothing comes there."""

    def __init__(self, calendar: Calendar, gazetteer: Gazetteer) -> None:
        self._calendar = calendar
        self._gazetteer = gazetteer

    def about(
        self,
        now: datetime,
        territories: tuple[Territory, ...] = (),
        themes: Collection[str] = (),
        days: Period | None = None,
        page: int = 0,
    ) -> Agenda:
        """One page of what comes. When nothing does: around the place, on other days, on other
        themes, in this order."""
        inside = [id_ for one in territories for id_ in self._gazetteer.inside(one)]
        there = self._calendar.agenda(now, territories, themes, days, page, cities=inside)
        if there.upcoming:
            return there
        for one in territories:
            for around, cities in self._gazetteer.around(one.insee) if one.insee else ():
                near = self._calendar.agenda(
                    now, territories, themes, days, page, cities=cities, around=around
                )
                if near.upcoming:
                    return near
        if days is not None and days.last >= now.astimezone(PARIS).date():
            later = self.about(now, territories, themes, None, page)
            return replace(later, missed=("days", *later.missed)) if later.upcoming else there
        if themes:
            others = self.about(now, territories, (), days, page)
            return replace(others, missed=("theme",)) if others.upcoming else there
        return there

    def in_area(self, name: str, now: datetime) -> Agenda | None:
        """What comes in a département, or an intercommunalité without a file; None when `name`
        means neither."""
        named = self._gazetteer.area_named(name)
        if named is None:
            return None
        territory, cities = named
        return self._calendar.agenda(now, (territory,), cities=cities)


def _timed(event: DatedEvent) -> _Timed:
    themes = frozenset(event.event.themes + event.event.topics)
    return _Timed(start_of(event), end_of(event), event, themes)


def _soonest(timed: _Timed) -> tuple[datetime, str]:
    return timed.start, timed.event.id


def _within(timed: _Timed, days: Period | None) -> bool:
    if days is None:
        return True
    start, end = timed.event.start, timed.event.end
    first = start.date() if isinstance(start, datetime) else start
    last = end.date() if isinstance(end, datetime) else end or first
    return first <= days.last and days.first <= last
