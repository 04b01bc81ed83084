"""Whether a claimed row still is to be sent, now. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.hours import quiet_until
from bot.storage.claims import Due
from bot.storage.outbox import Priority

MOST_TRIES = 8
LONGEST_BACKOFF = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Go:
    """It leaves, without a sound if it leaves within quiet hours."""

    silently: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """It waits until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Expire:
    """It has come too late to be of use."""


@dataclass(frozen=True, slots=True)
class Drop:
    """It is not wanted any more."""

    reason: str


def verdict(due: Due, now: datetime) -> Go | Later | Expire | Drop:
    """What becomes of a row. Alerts go to the operator whatever the chat has set.

    What would have come too late after the quiet hours comes within them, without a sound.
    """
    if due.expires_at is not None and due.expires_at <= now:
        return Expire()
    if due.chat is None or due.priority is Priority.URGENT:
        return Go()
    if due.chat.unreachable is not None:
        return Drop(due.chat.unreachable)
    if due.chat.paused:
        return Drop("paused")
    quiet = quiet_until(due.chat, now)
    if quiet is None:
        return Go()
    is_too_late = due.expires_at is not None and due.expires_at <= quiet
    return Go(silently=True) if is_too_late else Later(quiet)


def backoff(failures: int, jitter: float) -> timedelta:
    """How long to wait after the nth failure: 1, 2, 4 … 60 s, plus up to a fifth.

    `jitter` is from 0 to 1, drawn by the caller.
    """
    seconds = min(2.0 ** min(failures - 1, 10), LONGEST_BACKOFF.total_seconds())
    return timedelta(seconds=seconds * (1 + jitter / 5))
