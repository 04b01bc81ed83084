"""Quiet hours and digest hours: wall time, where the chat lives."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.storage.chats import Chat
from bot.storage.gathering import DigestTime

_DAY = timedelta(days=1)


def quiet_until(chat: Chat, now: datetime) -> datetime | None:
    """The end of the quiet hours that `now` falls in, in UTC; None outside of them.

    From 22:00 until 8:00 they go over midnight. Equal ends mean no quiet hours.
    """
    if chat.quiet_from is None or chat.quiet_until is None:
        return None
    local = now.astimezone(ZoneInfo(chat.zone))
    minute = local.hour * 60 + local.minute
    since_start = (minute - chat.quiet_from) % (24 * 60)
    if since_start >= (chat.quiet_until - chat.quiet_from) % (24 * 60):
        return None
    day = local.date() if minute < chat.quiet_until else local.date() + _DAY
    end = _wall(day, chat.quiet_until, local.tzinfo)
    return end if end > now else None


def next_digest(chosen: DigestTime, now: datetime) -> datetime:
    """The next time after `now` at which a digest is wanted, in local time."""
    zone = ZoneInfo(chosen.zone)
    today = now.astimezone(zone).date()
    for days in range(9):
        day = today + days * _DAY
        if chosen.frequency == "weekly" and day.weekday() != chosen.digest_weekday:
            continue
        at = _wall(day, chosen.digest_hour * 60, zone)
        if at > now:
            return at.astimezone(zone)
    raise AssertionError("nine days hold every weekday")


def _wall(day: date, minute: int, zone: tzinfo | None) -> datetime:
    """The instant, in UTC. An hour that the clock change skips is that much later; of one that it
    repeats, the first."""
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
