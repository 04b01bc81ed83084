"""What was told of an event and does not hold any more; what waits and should not. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Literal, NamedTuple

from bot.delivery.moments import starts_at
from bot.delivery.reminders import Reminder, Schedule, parse_start, start_key
from bot.knowledge.model import Event
from bot.knowledge.occurrences import DatedEvent

Kind = Literal["moved", "cancelled", "upheld"]


class Row(NamedTuple):
    """One notice of this room in the outbox, for one chat."""

    notice: str
    chat: int
    told_at: datetime | None
    """When it left, or may have; None while it waits."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a chat was told and is told otherwise, once; useless from `expires` on (UTC)."""

    kind: Kind
    event: str
    was: str
    """The start that the chat was told, see `start_key`."""
    start: str
    """The start that holds; the same when only the place has changed, or for `cancelled`."""
    version: str
    chat: int
    expires: datetime

    @property
    def notice(self) -> str:
        """What is told, to whomever."""
        return f"{self.kind}:{self.event}:{self.was}:{self.start}:{self.version}"


class Said(NamedTuple):
    """A notice, read: `rule` for reminders, `version` for corrections."""

    kind: Literal["reminder", "moved", "cancelled", "upheld"]
    event: str
    was: str
    start: str
    rule: str = ""
    version: str = ""


def parse_notice(notice: str) -> Said | None:
    """What a notice of this room says; None for those of others."""
    match notice.split(":"):
        case ["reminder", event, start, rule]:
            return Said("reminder", event, start, start, rule=rule)
        case ["moved" | "cancelled" | "upheld" as kind, event, was, start, version]:
            return Said(kind, event, was, start, version=version)
        case _:
            return None


def where_version(event: Event) -> str:
    """Eight characters that change when the place does: `changed` in `reconcile` is about them."""
    where = (event.place, event.address, event.online)
    return sha256(repr(where).encode()).hexdigest()[:8]


class Changes(NamedTuple):
    """What makes the outbox right."""

    to_add: Sequence[Reminder]
    to_drop: Sequence[Row]
    corrections: Sequence[Correction]


def reconcile(
    schedule: Schedule,
    due: Iterable[Reminder],
    rows: Iterable[Row],
    changed: Mapping[str, datetime],
    now: datetime,
) -> Changes:
    """Compares what should be told with what waits in the outbox and what has left it.

    `due` is what `schedule.due` gave. `rows` must hold every row about the events at hand: those
    of `due` at a tick, all of them after a change of the base or of a group. `changed` says, by
    event id, since when the place is the present one (see `where_version`), where known.

    A reminder is not added when the chat was told of that occurrence after its moment. An event
    that has left the base is not corrected, as nothing is known of it.
    """
    rows = list(rows)
    told = _Told(rows)
    corrections = [
        correction
        for correction in _corrections(schedule, told, changed)
        if correction.expires > now and not told.holds(correction.notice, correction.chat)
    ]
    corrected = {(c.chat, c.event, c.start) for c in corrections}

    def is_needed(reminder: Reminder) -> bool:
        about = (reminder.chat, reminder.event, reminder.start)
        return about not in corrected and not told.covers(reminder, now)

    def waits_rightly(row: Row) -> bool:
        current = _current(schedule, row, now)
        return current is not None and current.notice == row.notice and is_needed(current)

    waiting = {(row.notice, row.chat): row for row in rows if row.told_at is None}
    right = {(c.notice, c.chat) for c in corrections}
    return Changes(
        [r for r in due if (r.notice, r.chat) not in waiting and is_needed(r)],
        [row for key, row in waiting.items() if key not in right and not waits_rightly(row)],
        [c for c in corrections if (c.notice, c.chat) not in waiting],
    )


def _current(schedule: Schedule, row: Row, now: datetime) -> Reminder | None:
    """The reminder that is to stand where a row waits, if any."""
    said, group = parse_notice(row.notice), schedule.group(row.chat)
    event = schedule.find(said.event, said.start) if said else None
    return schedule.current(event, group, now) if event and group else None


def still_true(schedule: Schedule, notice: str, chat: int, now: datetime) -> DatedEvent | None:
    """The occurrence that a notice is about, when the notice can leave as it is; else None.

    For a cancelled occurrence that the rule or the exceptions took away, the event's next one,
    or its last.
    """
    said, group = parse_notice(notice), schedule.group(chat)
    if said is None or group is None:
        return None
    event = schedule.find(said.event, said.start)
    if said.kind == "cancelled":
        if event is not None:
            return event if event.event.status == "cancelled" else None
        others = schedule.occurrences(said.event)
        coming = [other for other in others if starts_at(other.start) > now]
        return next(iter(coming or others[-1:]), None)
    if event is None or event.event.status == "cancelled":
        return None
    if said.kind == "reminder":
        current = schedule.current(event, group, now)
        return event if current is not None and current.notice == notice else None
    if said.kind == "moved" and said.version != where_version(event.event):
        return None
    return event


class _Told:
    """What each chat was told last of each occurrence, from the rows that have left."""

    def __init__(self, rows: Iterable[Row]) -> None:
        left = sorted(
            (row.told_at, row.notice, row.chat) for row in rows if row.told_at is not None
        )
        self._keys = {(notice, chat) for _, notice, chat in left}
        self._last: dict[tuple[int, str, str], tuple[datetime, bool]] = {}
        for told_at, notice, chat in left:
            said = parse_notice(notice)
            if said is not None:
                self._last.pop((chat, said.event, said.was), None)
                takes_place = said.kind != "cancelled"
                self._last[chat, said.event, said.start] = (told_at, takes_place)

    def holds(self, notice: str, chat: int) -> bool:
        """Whether a notice has left for a chat: told before what it corrects by a clock that was
        set back, it would else leave again."""
        return (notice, chat) in self._keys

    def covers(self, reminder: Reminder, now: datetime) -> bool:
        """Whether the chat heard of the occurrence after the moment of a reminder, or in it.

        What was told later than `now` was told by a clock that went wrong.
        """
        if self.holds(reminder.notice, reminder.chat):
            return True
        last = self._last.get((reminder.chat, reminder.event, reminder.start))
        return last is not None and last[1] and reminder.due <= last[0] <= now

    def __iter__(self) -> Iterator[tuple[int, str, str, datetime, bool]]:
        """Chat, event, start, when it was told, and whether it was told to take place."""
        return ((*key, *value) for key, value in self._last.items())


def _corrections(
    schedule: Schedule, told: _Told, changed: Mapping[str, datetime]
) -> Iterator[Correction]:
    for chat, event, was, told_at, takes_place in told:
        occurrences = schedule.occurrences(event)
        if not occurrences or schedule.group(chat) is None:
            continue
        announced = occurrences[0].event
        present = schedule.find(event, was)
        correct = partial(
            Correction, event=event, was=was, chat=chat, expires=starts_at(parse_start(was))
        )
        is_off = announced.status == "cancelled"
        if present is None and announced.recurrence is None and not is_off:
            start = start_key(occurrences[0])
            yield correct(kind="moved", start=start, version=where_version(announced))
        elif present is None or is_off:
            if takes_place:
                yield correct(kind="cancelled", start=was, version=str(announced.sequence))
        elif not takes_place:
            yield correct(kind="upheld", start=was, version=str(announced.sequence))
        elif event in changed and told_at < changed[event]:
            yield correct(kind="moved", start=was, version=where_version(announced))
