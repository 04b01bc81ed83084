"""What comes in the week, told to the groups that want it, on the day and hour they chose. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.delivery.moments import wall
from bot.delivery.reminders import DigestTime, Group, Schedule
from bot.knowledge.occurrences import DatedEvent
from bot.language.dates import PARIS

WEEK = timedelta(days=7)
USEFUL_FOR = timedelta(days=1)
"""A digest that could not be sent for so long is left out."""


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """One digest for one chat, from `due` on and before `expires`, both in UTC."""

    chat: int
    due: datetime
    expires: datetime

    @property
    def notice(self) -> str:
        """`agenda:20260618T160000Z`: one for all the chats that chose that hour."""
        return f"agenda:{self.due:%Y%m%dT%H%M%SZ}"

    @property
    def key(self) -> str:
        """What is told to whom: never twice."""
        return f"{self.notice}:{self.chat}"


def digests_due(
    schedule: Schedule, now: datetime, since: datetime | None = None
) -> list[WeeklyDigest]:
    """The digests whose hour has passed, by chat; with `since`, only those that were not due then.

    None for a chat with nothing to come in the week that begins at its hour.
    """
    now = now.astimezone(UTC)
    first = max(now - USEFUL_FOR, since.astimezone(UTC) if since else now - USEFUL_FOR)
    found: list[WeeklyDigest] = []
    for chosen, chats in schedule.digests().items():
        at = latest_hour(chosen, now)
        if chats and first < at:
            interested = {
                group.chat
                for event in schedule.between(max(at, now), at + WEEK)
                for group in schedule.interested(event)
            }
            found += (WeeklyDigest(chat, at, at + USEFUL_FOR) for chat in interested & chats)
    return sorted(found, key=lambda digest: digest.chat)


def latest_hour(chosen: DigestTime, now: datetime) -> datetime:
    """The last time, in UTC, at which that hour of that weekday struck in Paris by `now`."""
    today = now.astimezone(PARIS).date()
    day = today - timedelta(days=(today.weekday() - chosen.weekday) % 7)
    at = wall(day, time(chosen.hour))
    return at if at <= now else wall(day - WEEK, time(chosen.hour))


def week_of(schedule: Schedule, group: Group, due: datetime, now: datetime) -> list[DatedEvent]:
    """What a digest tells: what starts in the week after its hour and is still to come."""
    coming = schedule.between(max(due, now), due + WEEK)
    return [event for event in coming if schedule.concerns(group, event)]
