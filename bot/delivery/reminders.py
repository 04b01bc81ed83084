"""Which groups are to be reminded of which events, now. Pure: reads no clock, touches no store."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.delivery.moments import RULES, Moment, Rule, moments_of, starts_at
from bot.knowledge.occurrences import DatedEvent

LONGEST_USE = timedelta(days=5)
"""No reminder is of use for longer: from a week before until three days before, and a margin."""

Around = Callable[[str], Collection[str]]
"""The territories that hold a city, by id: its EPCI."""


class DigestTime(NamedTuple):
    """When a group wants what comes in the week: wall time in Paris."""

    weekday: int
    """0 is Monday."""
    hour: int


@dataclass(frozen=True, slots=True)
class Group:
    """A chat that wants to be reminded, and how. What is empty does not narrow: a group without
    places hears of everywhere, one without themes of everything."""

    chat: int
    places: frozenset[str] = frozenset()
    """Ids of cities, and of the territories that hold them."""
    themes: frozenset[str] = frozenset()
    """Tags of themes, and ids of topics."""
    moments: frozenset[Rule] = frozenset(RULES)
    digest: DigestTime | None = None
    thread: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to tell one chat, from `due` on and before `expires`, both in UTC."""

    event: str
    start: str
    """As `start_key` writes it."""
    rule: Rule
    chat: int
    due: datetime
    expires: datetime

    @property
    def notice(self) -> str:
        """What is told, to whomever."""
        return f"reminder:{self.event}:{self.start}:{self.rule}"

    @property
    def key(self) -> str:
        """What is told to whom: never twice."""
        return f"{self.notice}:{self.chat}"


def start_key(event: DatedEvent) -> str:
    """`20260621T160000Z`, or `20260621` for a whole day: another when the event moves."""
    if isinstance(event.start, datetime):
        return f"{event.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{event.start:%Y%m%d}"


def parse_start(key: str) -> date | datetime:
    """The moment of a `start_key`. Raises ValueError for any other text."""
    if "T" in key:
        return datetime.strptime(key, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return date.fromisoformat(key)


def reminders_due(
    events: Sequence[DatedEvent],
    groups: Sequence[Group],
    now: datetime,
    around: Around = lambda _: (),
) -> list[Reminder]:
    """Reminders whose moment has passed and whose event has not started, soonest event first.

    `now` is timezone-aware. At most one per (event, group): if several moments passed while the
    bot was down, only the latest, and only while it is of use. Cancelled events have none.
    """
    return Schedule(events, groups, around).due(now)


class Schedule:
    """The same, ready to be asked at every tick: what is not due costs nothing.

    Not the product of events and groups is kept, but the moments of the events in order of time,
    and the groups by what they follow.
    """

    def __init__(
        self, events: Iterable[DatedEvent], groups: Iterable[Group], around: Around
    ) -> None:
        self._around = around
        self._events: dict[str, dict[str, DatedEvent]] = {}
        self._groups: dict[int, Group] = {}
        self._by_place: dict[str, dict[int, Group]] = {}
        self._by_digest: dict[DigestTime, set[int]] = {}
        for event in events:
            self._events.setdefault(event.id, {})[start_key(event)] = event
        held = [event for some in self._events.values() for event in some.values()]
        held = sorted((event for event in held if event.event.status != "cancelled"), key=_order)
        self._in_order = held
        self._starts = [_order(event) for event in held]
        moments = sorted(
            (moment.at, at)
            for at, event in enumerate(held)
            for rule in RULES
            for moment in moments_of(event, (rule,))
        )
        self._times = [moment for moment, _ in moments]
        self._moments = [held[at] for _, at in moments]
        for group in groups:
            self.put(group)

    def put(self, group: Group) -> None:
        """Follows the new settings of a group, or a new group."""
        self.remove(group.chat)
        self._groups[group.chat] = group
        for place in group.places or ("",):
            self._by_place.setdefault(place, {})[group.chat] = group
        if group.digest is not None:
            self._by_digest.setdefault(group.digest, set()).add(group.chat)

    def remove(self, chat: int) -> None:
        """Forgets a group; one that is not known changes nothing."""
        former = self._groups.pop(chat, None)
        if former is not None:
            for place in former.places or ("",):
                del self._by_place[place][chat]
            if former.digest is not None:
                self._by_digest[former.digest].discard(chat)

    def due(self, now: datetime, since: datetime | None = None) -> list[Reminder]:
        """What is due at `now`, soonest event first; with `since`, only what was not due then.

        A clock that went back gives all that is due then: the keys tell what was told already.
        """
        now = now.astimezone(UTC)
        if since is not None and since > now:
            since = None
        first = now - LONGEST_USE if since is None else since.astimezone(UTC)
        passed = self._moments[bisect_right(self._times, first) : bisect_right(self._times, now)]
        coming = [e for e in {id(e): e for e in passed}.values() if starts_at(e.start) > now]
        return [
            reminder
            for event in sorted(coming, key=_order)
            for reminder in self._of(event, now, since and first)
        ]

    def next_moment(self, after: datetime) -> datetime | None:
        """The first moment after another at which anything may become due."""
        at = bisect_right(self._times, after.astimezone(UTC))
        return self._times[at] if at < len(self._times) else None

    def current(self, event: DatedEvent, group: Group, now: datetime) -> Reminder | None:
        """The one reminder of an event that a group is to have got by now, if of use still."""
        if event.event.status == "cancelled" or not self.concerns(group, event):
            return None
        moment = _latest(event, group.moments, now.astimezone(UTC))
        return moment and _reminder(event.id, start_key(event), group, moment)

    def find(self, event: str, start: str) -> DatedEvent | None:
        """The occurrence that a reminder speaks of; None when there is none any more."""
        return self._events.get(event, {}).get(start)

    def occurrences(self, event: str) -> list[DatedEvent]:
        """Every occurrence of an event, soonest first; none for one that is not in the base."""
        return list(self._events.get(event, {}).values())

    def between(self, first: datetime, last: datetime) -> list[DatedEvent]:
        """What starts from one instant on and before another and is not cancelled, in order."""
        at = bisect_left(self._starts, (first.astimezone(UTC), ""))
        until = bisect_left(self._starts, (last.astimezone(UTC), ""))
        return self._in_order[at:until]

    def group(self, chat: int) -> Group | None:
        """The settings of a group."""
        return self._groups.get(chat)

    def digests(self) -> Mapping[DigestTime, set[int]]:
        """The chats that want a digest, by when they want it."""
        return self._by_digest

    def interested(self, event: DatedEvent) -> Iterator[Group]:
        """The groups that follow what an event is about, each once."""
        themes = {*event.event.themes, *event.event.topics}
        seen: dict[int, Group] = dict(self._by_place.get("", {}))
        for place in self.places_of(event):
            seen.update(self._by_place.get(place, {}))
        for group in seen.values():
            if not group.themes or not group.themes.isdisjoint(themes):
                yield group

    def concerns(self, group: Group, event: DatedEvent) -> bool:
        """Whether a group follows what an event is about."""
        themes = {*event.event.themes, *event.event.topics}
        return (not group.themes or not group.themes.isdisjoint(themes)) and (
            not group.places or not group.places.isdisjoint(self.places_of(event))
        )

    def places_of(self, event: DatedEvent) -> set[str]:
        """The cities of an event, and the territories that hold them."""
        return {place for city in event.event.cities for place in (city, *self._around(city))}

    def _of(self, event: DatedEvent, now: datetime, since: datetime | None) -> list[Reminder]:
        """The latest moment that has passed, for each group that wants it, by chat."""
        start = start_key(event)
        latest: dict[frozenset[Rule], Moment | None] = {}
        found: list[Reminder] = []
        for group in self.interested(event):
            if group.moments not in latest:
                moment = _latest(event, group.moments, now)
                is_new = moment is not None and (since is None or moment.at > since)
                latest[group.moments] = moment if is_new else None
            if (moment := latest[group.moments]) is not None:
                found.append(_reminder(event.id, start, group, moment))
        return sorted(found, key=lambda reminder: reminder.chat)


def _order(event: DatedEvent) -> tuple[datetime, str]:
    return starts_at(event.start), event.id


def _reminder(event: str, start: str, group: Group, moment: Moment) -> Reminder:
    return Reminder(event, start, moment.rule, group.chat, moment.at, moment.until)


def _latest(event: DatedEvent, rules: frozenset[Rule], now: datetime) -> Moment | None:
    passed = [moment for moment in moments_of(event, rules) if moment.at <= now]
    return passed[-1] if passed and now < passed[-1].until else None
