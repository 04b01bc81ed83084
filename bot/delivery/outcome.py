"""What came of sending one message, by what it means for what comes next."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.presentation.message import Message


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram confirmed it."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing can be sent to this chat until it comes back: `blocked`, `deactivated`, `kicked`,
    `not a member`, `never started`, `not found`. It is unsubscribed, and the reason kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has become the supergroup `to`."""

    to: int


@dataclass(frozen=True, slots=True)
class ThreadGone:
    """The forum thread was deleted; the group is still there."""


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never be taken; the chat stays subscribed. `reason` is Telegram's."""

    reason: str


@dataclass(frozen=True, slots=True)
class SlowDown:
    """A 429: nobody is to be written to for that long."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class TryLater:
    """Telegram answered that it could not (a 5xx): it did not arrive. `reason` names the fault."""

    reason: str


@dataclass(frozen=True, slots=True)
class Away:
    """No connection was made: nobody can be written to just now. It is no try of this message."""


@dataclass(frozen=True, slots=True)
class PerhapsDelivered:
    """It may have arrived: the answer was lost, cut or is no JSON. Tried again as TryLater:
    twice is better than never."""

    reason: str


Outcome = (
    Sent
    | Unreachable
    | Migrated
    | ThreadGone
    | Refused
    | SlowDown
    | TryLater
    | PerhapsDelivered
    | Away
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: `thread` is a forum group's `message_thread_id`; a `silent` message
    arrives without a sound."""

    chat_id: int
    thread: int | None = None
    silent: bool = False


Send = Callable[[Address, Message], Awaitable[Outcome]]
"""Sends one message, once, within 30 s, and raises nothing."""
