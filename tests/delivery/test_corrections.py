"""What changes in the base after it was told, through what the outbox would hold."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery.corrections import Row, parse_notice, reconcile, still_true, where_version
from bot.delivery.reminders import Group, Schedule
from bot.knowledge.model import Event
from bot.knowledge.occurrences import occurrences
from tests.events import event, paris

GROUP = Group(1, places=frozenset({"roubaix"}))


class Chat:
    """What one chat gets while the base changes and time passes; rows as the outbox keeps them."""

    def __init__(self, **said: Any) -> None:
        self.rows: list[Row] = []
        self.got: list[tuple[str, ...]] = []
        self._changed: dict[str, datetime] = {}
        self._where: str | None = None
        self.edit(paris("2026-06-01T00:00"), event(**{"start": "2026-06-24T19:00"} | said))

    def edit(self, now: datetime, edited: Event | None, group: Group | None = GROUP) -> None:
        """The base is read anew."""
        events = [] if edited is None else list(occurrences("e", with_city(edited)))
        if edited is not None and where_version(edited) != self._where:
            self._where = where_version(edited)
            self._changed["e"] = now
        self.schedule = Schedule(events, [group] if group else [], lambda _: ())

    def passes(self, now: str, *, can_send: bool = True) -> None:
        """A tick; what waits leaves if it can."""
        at = paris(now)
        changes = reconcile(self.schedule, self.schedule.due(at), self.rows, self._changed, at)
        self.rows = [row for row in self.rows if row not in changes.to_drop]
        self.rows += [Row(one.notice, one.chat, None) for one in changes.to_add]
        self.rows += [Row(one.notice, one.chat, None) for one in changes.corrections]
        keys = [(row.notice, row.chat) for row in self.rows]
        assert len(keys) == len(set(keys)), "the outbox would refuse it"
        for index, row in enumerate(self.rows if can_send else []):
            if row.told_at is None and still_true(self.schedule, row.notice, row.chat, at):
                self.rows[index] = row._replace(told_at=at)
                said = parse_notice(row.notice)
                assert said is not None
                self.got.append((said.kind, said.rule or said.start))


def with_city(edited: Event) -> Event:
    from dataclasses import replace

    return replace(edited, cities=("roubaix",))


def test_a_moved_event_corrects_itself_once_and_reminds_of_its_new_date() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-26T20:00", status="moved", sequence=1))
    for now in ("2026-06-20T10:00", "2026-06-20T10:01", "2026-06-22T19:00", "2026-06-25T18:00"):
        chat.passes(now)
    assert chat.got == [("reminder", "week"), ("moved", "20260626T180000Z"), ("reminder", "day")]


def test_a_reminder_that_waits_for_a_date_that_has_moved_is_never_sent() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00", can_send=False)
    assert [row.notice for row in chat.rows] == ["reminder:e:20260624T170000Z:week"]
    chat.edit(paris("2026-06-18T10:00"), event("2026-06-26T20:00"))
    chat.passes("2026-06-18T10:00")
    assert (chat.rows, chat.got) == ([], [])
    chat.passes("2026-06-19T20:00")
    assert chat.got == [("reminder", "week")]


def test_a_cancelled_event_says_so_once_to_those_who_had_been_told() -> None:
    told, untold = Chat(), Chat()
    told.passes("2026-06-17T19:00")
    for chat in (told, untold):
        chat.edit(paris("2026-06-20T10:00"), event("2026-06-24T19:00", status="cancelled"))
        for now in ("2026-06-20T10:00", "2026-06-20T10:01", "2026-06-23T18:00"):
            chat.passes(now)
    assert told.got == [("reminder", "week"), ("cancelled", "20260624T170000Z")]
    assert untold.got == []


def test_a_clock_set_back_tells_no_cancellation_twice() -> None:
    chat = Chat()
    chat.passes("2026-06-17T21:00")
    chat.edit(paris("2026-06-17T19:30"), event("2026-06-24T19:00", status="cancelled"))
    chat.passes("2026-06-17T19:30")
    chat.passes("2026-06-17T19:31")
    assert [kind for kind, _ in chat.got] == ["reminder", "cancelled"]


def test_a_cancellation_taken_back_is_told_and_the_next_reminder_follows() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-24T19:00", status="cancelled", sequence=1))
    chat.passes("2026-06-20T10:00")
    chat.edit(paris("2026-06-21T10:00"), event("2026-06-24T19:00", sequence=2))
    chat.passes("2026-06-21T10:00")
    chat.passes("2026-06-23T18:00")
    assert [kind for kind, _ in chat.got] == ["reminder", "cancelled", "upheld", "reminder"]


def test_a_cancellation_taken_back_before_it_left_says_nothing() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-24T19:00", status="cancelled"))
    chat.passes("2026-06-20T10:00", can_send=False)
    chat.edit(paris("2026-06-20T10:05"), event("2026-06-24T19:00"))
    chat.passes("2026-06-20T10:05")
    assert chat.got == [("reminder", "week")]


def test_a_new_place_is_told_once_to_those_who_knew_the_former() -> None:
    chat = Chat(place="Salle A")
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-24T19:00", place="Salle B"))
    chat.passes("2026-06-20T10:00")
    chat.passes("2026-06-20T10:01")
    chat.passes("2026-06-23T18:00")
    assert [kind for kind, _ in chat.got] == ["reminder", "moved", "reminder"]


def test_a_place_that_changed_before_anybody_was_told_is_not_corrected() -> None:
    chat = Chat(place="Salle A")
    chat.edit(paris("2026-06-10T10:00"), event("2026-06-24T19:00", place="Salle B"))
    chat.passes("2026-06-17T19:00")
    chat.passes("2026-06-17T19:01")
    assert chat.got == [("reminder", "week")]


def test_a_correction_counts_as_the_reminder_that_would_be_due() -> None:
    chat = Chat()
    chat.passes("2026-06-23T18:00")
    chat.edit(paris("2026-06-24T09:30"), event("2026-06-24T20:00", status="moved"))
    chat.passes("2026-06-24T09:30")
    chat.passes("2026-06-24T12:00")
    chat.passes("2026-06-24T19:00")
    assert chat.got == [
        ("reminder", "day"),
        ("moved", "20260624T180000Z"),
        ("reminder", "hour"),
    ]


def test_an_event_moved_twice_while_a_correction_waited_gives_one() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-26T20:00"))
    chat.passes("2026-06-20T10:00", can_send=False)
    chat.edit(paris("2026-06-20T11:00"), event("2026-06-27T20:00"))
    chat.passes("2026-06-20T11:00")
    assert chat.got == [("reminder", "week"), ("moved", "20260627T180000Z")]


def test_an_event_moved_back_before_the_correction_left_says_nothing() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.edit(paris("2026-06-20T10:00"), event("2026-06-26T20:00"))
    chat.passes("2026-06-20T10:00", can_send=False)
    chat.edit(paris("2026-06-20T11:00"), event("2026-06-24T19:00"))
    chat.passes("2026-06-20T11:00")
    assert chat.got == [("reminder", "week")]


def test_a_date_taken_out_of_a_rule_is_told_to_be_cancelled() -> None:
    rule = {"recurrence": "FREQ=WEEKLY;COUNT=3"}
    chat = Chat(**rule)
    chat.passes("2026-06-30T18:00")
    chat.edit(
        paris("2026-07-01T10:00"),
        event("2026-06-24T19:00", exceptions=("2026-07-01T19:00",), **rule),
    )
    chat.passes("2026-07-01T10:00")
    chat.passes("2026-07-01T18:00")
    assert ("cancelled", "20260701T170000Z") in chat.got
    assert chat.got[-1] != ("reminder", "hour")


def test_what_is_past_or_gone_is_not_corrected() -> None:
    past, gone = Chat(), Chat()
    for chat, edited in ((past, event("2026-06-30T19:00")), (gone, None)):
        chat.passes("2026-06-24T18:00")
        now = "2026-06-24T19:00" if chat is past else "2026-06-24T18:10"
        chat.edit(paris(now), edited)
        chat.passes(now)
    assert past.got[1:] == [("reminder", "week")], "its new date, as any other"
    assert gone.got[1:] == []


def test_a_group_that_turned_reminders_off_hears_nothing_more() -> None:
    chat = Chat()
    chat.passes("2026-06-17T19:00")
    chat.passes("2026-06-23T18:00", can_send=False)
    chat.edit(paris("2026-06-23T19:00"), event("2026-06-26T20:00"), group=None)
    chat.passes("2026-06-23T19:00")
    assert chat.got == [("reminder", "week")]
    assert [row.told_at is None for row in chat.rows] == [False]


def test_a_reminder_held_back_gives_way_to_the_next_one() -> None:
    chat = Chat()
    chat.passes("2026-06-23T18:00", can_send=False)
    chat.passes("2026-06-24T09:00")
    assert chat.got == [("reminder", "morning")]


def test_one_that_was_late_does_not_come_with_the_one_it_delayed() -> None:
    chat = Chat()
    chat.passes("2026-06-23T18:00", can_send=False)
    day = chat.rows[0]
    chat.rows = [day._replace(told_at=paris("2026-06-24T09:00") + timedelta(seconds=1))]
    chat.passes("2026-06-24T09:01")
    assert chat.got == []
    chat.passes("2026-06-24T18:00")
    assert chat.got == [("reminder", "hour")]


@pytest.mark.parametrize("notice", ["", "article:x", "reminder:x", "moved:a:b:c:d:e", "agenda:x"])
def test_notices_of_others_are_left_alone(notice: str) -> None:
    assert parse_notice(notice) is None
    assert still_true(Chat().schedule, notice, 1, paris("2026-06-24T12:00")) is None
