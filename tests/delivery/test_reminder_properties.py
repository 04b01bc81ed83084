"""Any events, rules, downtimes, edits and clock changes: nothing twice, late or lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.corrections import Row, parse_notice, reconcile, still_true
from bot.delivery.moments import RULES, moments_of, starts_at
from bot.delivery.reminders import Group, Schedule, parse_start
from bot.knowledge.model import Event
from bot.knowledge.occurrences import DatedEvent, occurrences
from tests.events import event, paris

CITIES = ("lille", "roubaix")
MINUTES = st.integers(0, 16 * 24 * 60)


def near_a_clock_change(minutes: int, is_spring: bool) -> datetime:
    """A wall time within eight days of a change, which is at 2:00 on the ninth day or so."""
    first = datetime(2026, 3, 21) if is_spring else datetime(2026, 10, 17)  # noqa: DTZ001 (a wall time)
    return first + timedelta(minutes=minutes)


@st.composite
def announcements(draw: st.DrawFn, *, is_spring: bool) -> Event:
    start = near_a_clock_change(draw(MINUTES), is_spring)
    if draw(st.booleans()):
        start = start.replace(hour=draw(st.integers(0, 4)), minute=draw(st.sampled_from([0, 30])))
    is_whole_day = draw(st.booleans()) and draw(st.booleans())
    said = event(
        f"{start:%Y-%m-%d}" if is_whole_day else f"{start:%Y-%m-%dT%H:%M}",
        *draw(st.sets(st.sampled_from(CITIES), min_size=1)),
        timezone=draw(st.sampled_from(["Europe/Paris"] * 4 + ["Indian/Reunion"])),
        status=draw(st.sampled_from(["confirmed"] * 9 + ["cancelled"])),
    )
    rule = draw(st.sampled_from([None, None, "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=4"]))
    return replace(said, recurrence=rule)


GROUPS = st.lists(
    st.tuples(st.sets(st.sampled_from(CITIES)), st.sets(st.sampled_from(RULES), min_size=1)),
    min_size=1,
    max_size=3,
).map(
    lambda drawn: [
        Group(chat, frozenset(places), moments=frozenset(rules))
        for chat, (places, rules) in enumerate(drawn)
    ]
)


@st.composite
def ticks(draw: st.DrawFn, *, is_spring: bool) -> list[datetime]:
    """Instants at which the planner runs: minutes or days apart, the clock going back at times."""
    first = paris(f"{near_a_clock_change(0, is_spring):%Y-%m-%dT%H:%M}") - timedelta(days=8)
    at, found = first.astimezone(UTC), []
    steps = st.one_of(st.integers(1, 600), st.integers(600, 9000), st.sampled_from([120, -120]))
    for minutes in draw(st.lists(steps, min_size=1, max_size=60)):
        at += timedelta(minutes=minutes)
        found.append(at)
    return found


class Sent(NamedTuple):
    at: datetime
    notice: str
    chat: int


class Life:
    """A bot without Telegram nor database: the same pure steps, the rows in a list."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups
        self.rows: list[Row] = []
        self.sent: list[Sent] = []

    def reads(self, events: dict[str, Event]) -> None:
        dated = [one for id_, event in events.items() for one in occurrences(id_, event)]
        self.schedule = Schedule(dated, self.groups, lambda _: ())

    def tick(self, now: datetime, since: datetime | None, *, can_send: bool) -> None:
        due = self.schedule.due(now, since)
        changes = reconcile(self.schedule, due, self.rows, {}, now)
        self.rows = [row for row in self.rows if row not in changes.to_drop]
        self.rows += [Row(one.notice, one.chat, None) for one in changes.to_add]
        self.rows += [Row(one.notice, one.chat, None) for one in changes.corrections]
        for index, row in enumerate(self.rows):
            is_waiting = can_send and row.told_at is None
            if is_waiting and still_true(self.schedule, row.notice, row.chat, now):
                self.rows[index] = row._replace(told_at=now)
                self.sent.append(Sent(now, row.notice, row.chat))


def useful_now(life: Life, events: list[DatedEvent], now: datetime) -> Iterator[tuple[str, ...]]:
    """What each group should have heard of by now, straight from the promises."""
    for one in events:
        for group in life.groups:
            passed = [m for m in moments_of(one, group.moments) if m.at <= now]
            if (
                passed
                and now < passed[-1].until
                and one.event.status != "cancelled"
                and (not group.places or group.places & set(one.event.cities))
            ):
                yield one.id, str(starts_at(one.start)), str(group.chat), str(passed[-1].at)


@settings(max_examples=120, deadline=None)
@given(data=st.data(), is_spring=st.booleans(), groups=GROUPS)
def test_never_twice_never_after_the_start_never_lost(
    data: st.DataObject, is_spring: bool, groups: list[Group]
) -> None:
    said = data.draw(st.lists(announcements(is_spring=is_spring), min_size=1, max_size=3))
    events = {f"e{number}": one for number, one in enumerate(said)}
    dated = [one for id_, event in events.items() for one in occurrences(id_, event)]
    life, since = Life(groups), None
    life.reads(events)
    latest = datetime.min.replace(tzinfo=UTC)
    for now in data.draw(ticks(is_spring=is_spring)):
        is_restart = data.draw(st.sampled_from([False, False, False, True]))
        life.tick(now, None if is_restart else since, can_send=True)
        since = now
        latest = max(latest, now)
        heard: dict[tuple[str, ...], datetime] = {}
        for sent in life.sent:
            notice = parse_notice(sent.notice)
            assert notice is not None
            told = notice.event, str(starts_at(parse_start(notice.start))), str(sent.chat)
            # A clock set back may tell of an earlier moment after a later one.
            heard[told] = max(sent.at, heard.get(told, sent.at))
        for id_, at, chat, moment in useful_now(life, dated, now):
            told_at = heard.get((id_, at, chat))
            assert told_at is not None, "lost"
            assert told_at >= datetime.fromisoformat(moment) or latest > now, "not this one"
    check(life)


def check(life: Life) -> None:
    """No notice twice to a chat, no two reminders of one moment, none from the start on."""
    keys = [(sent.notice, sent.chat) for sent in life.sent]
    assert len(keys) == len(set(keys))
    moments = []
    for sent in life.sent:
        said, group = parse_notice(sent.notice), life.schedule.group(sent.chat)
        assert said is not None
        assert group is not None
        if said.kind != "reminder":
            continue
        one = life.schedule.find(said.event, said.start)
        if one is not None:
            assert sent.at < starts_at(one.start)
            (moment,) = (m for m in moments_of(one, group.moments) if m.rule == said.rule)
            assert moment.at <= sent.at < moment.until
            moments.append((said.event, said.start, sent.chat, moment.at))
    assert len(moments) == len(set(moments))


@settings(max_examples=120, deadline=None)
@given(data=st.data(), is_spring=st.booleans(), groups=GROUPS)
def test_whatever_is_edited_no_former_date_is_reminded_of_and_no_correction_comes_twice(
    data: st.DataObject, is_spring: bool, groups: list[Group]
) -> None:
    life = Life(groups)
    events: dict[str, Event] = {}
    since: datetime | None = None
    told_of: dict[tuple[int, str, str], datetime] = {}
    for now in data.draw(ticks(is_spring=is_spring)):
        if not events or data.draw(st.integers(0, 4)) == 0:
            sequence = events["e"].sequence + 1 if events else 0
            edited = data.draw(announcements(is_spring=is_spring))
            events = {"e": replace(edited, sequence=sequence)}
            life.reads(events)
            since = None
        before = len(life.sent)
        life.tick(now, since, can_send=data.draw(st.booleans()))
        since = now
        for sent in life.sent[before:]:
            said = parse_notice(sent.notice)
            assert said is not None
            present = life.schedule.find(said.event, said.start)
            if said.kind in ("reminder", "moved", "upheld"):
                assert present is not None, "a date that does not hold"
                assert present.event.status != "cancelled"
            if said.kind in ("moved", "cancelled"):
                assert (sent.chat, said.event, said.was) in told_of, "who was told nothing"
            if said.kind == "reminder":
                assert now < starts_at(present.start if present else now)
            told_of[sent.chat, said.event, said.start] = now
    keys = [(sent.notice, sent.chat) for sent in life.sent]
    assert len(keys) == len(set(keys))


@settings(max_examples=60, deadline=None)
@given(
    data=st.data(),
    is_spring=st.booleans(),
    groups=GROUPS,
    cuts=st.lists(st.integers(1, 20000), min_size=1, max_size=40),
)
def test_ticks_add_up_to_what_is_due(
    data: st.DataObject, is_spring: bool, groups: list[Group], cuts: list[int]
) -> None:
    """Asking often, and only for what is new, tells all that asking once would."""
    said = data.draw(st.lists(announcements(is_spring=is_spring), min_size=1, max_size=3))
    dated = [one for number, event in enumerate(said) for one in occurrences(str(number), event)]
    schedule = Schedule(dated, groups, lambda _: ())
    now = paris(f"{near_a_clock_change(0, is_spring):%Y-%m-%dT%H:%M}").astimezone(UTC)
    known = {one.key for one in schedule.due(now)}
    for minutes in cuts:
        since, now = now, now + timedelta(minutes=minutes)
        known |= {one.key for one in schedule.due(now, since)}
        assert {one.key for one in schedule.due(now)} <= known


@pytest.mark.parametrize("start", ["2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25T03:30"])
@pytest.mark.parametrize("jump", [-120, 120])
def test_a_clock_that_jumps_two_hours_neither_bursts_nor_doubles(start: str, jump: int) -> None:
    life = Life([Group(1), Group(2, frozenset({"roubaix"}), moments=frozenset({"hour"}))])
    life.reads({"e": event(start, "roubaix")})
    real = paris(start).astimezone(UTC) - timedelta(days=9)
    wrong = timedelta()
    since: datetime | None = None
    for minute in range(0, 10 * 24 * 60, 5):
        if minute == 8 * 24 * 60 + 21 * 60:  # three hours before: it jumps, then is set right
            wrong = timedelta(minutes=jump)
        elif minute == 8 * 24 * 60 + 22 * 60:
            wrong = timedelta()
        now = real + timedelta(minutes=minute) + wrong
        before = len(life.sent)
        life.tick(now, since, can_send=True)
        assert len(life.sent) - before <= len(life.groups), "a burst"
        since = now
    check(life)
    rules = [sent.notice.rsplit(":", 1)[1] for sent in life.sent if sent.chat == 1]
    assert rules == ["week", "day", "hour"]
    assert [sent.chat for sent in life.sent].count(2) == 1
