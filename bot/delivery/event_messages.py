"""The message for each notice about events, as they and the chat's wishes are when it leaves."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.answers.following import Following, Interest
from bot.delivery.corrections import parse_notice, still_true
from bot.delivery.dispatcher import Render
from bot.delivery.planner import Planner
from bot.delivery.reminders import Group, parse_start
from bot.delivery.weekly import week_of
from bot.knowledge.occurrences import DatedEvent
from bot.presentation import reminders as told
from bot.presentation.message import Message
from bot.storage.claims import Due
from bot.storage.gathering import Item

_NAMED = 3
"""Names of what a chat follows that a message gives as its reason."""


class EventMessages:
    """Renders from one state of the base at a time; `clock` gives an aware now."""

    def __init__(self, planner: Planner, clock: Callable[[], datetime]) -> None:
        self._planner = planner
        self._clock = clock

    def renew(self, following: Following) -> None:
        """Names things from another state of the base from now on."""
        self._following = following

    @property
    def by_kind(self) -> Mapping[str, Render]:
        """What renders each kind of notice; all give None for what does not hold any more."""
        kinds = ("reminder", "moved", "cancelled", "upheld")
        return {"agenda": self._agenda, **dict.fromkeys(kinds, self._event)}

    async def _event(self, due: Due, _: Sequence[Item]) -> Message | None:
        group, now = await self._planner.group_now(due.chat_id), self._clock()
        said = parse_notice(due.notice)
        event = still_true(self._planner.schedule, due.notice, due.chat_id, now)
        if group is None or said is None or event is None:
            return None
        because = self._reasons(group, event)
        match said.kind:
            case "reminder":
                return told.reminder(event, now, because)
            case "moved":
                return told.correction(event, parse_start(said.was), because)
            case "cancelled":
                return told.cancellation(event, parse_start(said.was), because)
            case "upheld":
                return told.upheld(event, because)

    async def _agenda(self, due: Due, _: Sequence[Item]) -> Message | None:
        group, now = await self._planner.group_now(due.chat_id), self._clock()
        if group is None or group.digest is None:
            return None
        hour = parse_start(due.subject)
        assert isinstance(hour, datetime)
        coming = week_of(self._planner.schedule, group, hour, now)
        return told.weekly(coming, self._names(group.places, group.themes))

    def _reasons(self, group: Group, event: DatedEvent) -> list[str]:
        themes = {*event.event.themes, *event.event.topics}
        places = self._planner.schedule.places_of(event)
        return self._names(group.places & places, group.themes & themes)

    def _names(self, places: frozenset[str], themes: frozenset[str]) -> list[str]:
        names = [self._following.label(Interest(place)) for place in sorted(places)]
        names += [self._following.label_of_tag(tag) for tag in sorted(themes)]
        return names[:_NAMED]
