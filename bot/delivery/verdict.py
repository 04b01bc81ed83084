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
    """It leaves."""


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
    """What becomes of a row. Alerts go to the operator whatever the chat has set."""
    if due.expires_at is not None and due.expires_at <= now:
        return Expire()
    if due.chat is None or due.priority is Priority.URGENT:
        return Go()
    if due.chat.unreachable is not None:
        return Drop(due.chat.unreachable)
    if due.chat.paused:
        return Drop("paused")
    quiet = quiet_until(due.chat, now)
    return Later(quiet) if quiet else Go()


def backoff(failures: int, jitter: float) -> timedelta:
    """How long to wait after the nth failure: 1, 2, 4 … 60 s, plus up to a fifth.

    `jitter` is from 0 to 1, drawn by the caller.
    """
    seconds = min(2.0 ** min(failures - 1, 10), LONGEST_BACKOFF.total_seconds())
    return timedelta(seconds=seconds * (1 + jitter / 5))
