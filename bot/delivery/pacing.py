"""When the next message may leave. Pure: `now` is given, in seconds on any steady clock.

Telegram's limits are about 30 messages a second for a bot, 1 a second for a chat with short
bursts, 20 a minute for a group (https://core.telegram.org/bots/faq). Replies count like pushes.
"""

from collections import deque
from dataclasses import dataclass, field

MESSAGES_A_SECOND = 28
MOST_IN_A_SECOND = 30
CHAT_INTERVAL_SECONDS = 1.05
GROUP_MESSAGES = 20
GROUP_WINDOW_SECONDS = 60.5
_STALL_SECONDS = 0.2
"""How late a busy machine may be and still make up for it, in even steps."""
_FORGET_ABOVE = 1_000


@dataclass(slots=True)
class Meter:
    """Lets one pass every `interval`, or up to `tolerance` earlier to make up for one that was
    late; all in seconds. (The generic cell rate algorithm.)

    So a steady stream is evenly spaced, a late timer does not slow it down, and a tolerance as
    long as the interval lets two pass at once after a rest.
    """

    interval: float
    tolerance: float
    due: float = float("-inf")

    @property
    def opens(self) -> float:
        """From when on one may pass."""
        return self.due - self.tolerance

    def let_pass(self, now: float) -> None:
        """One passes."""
        self.due = max(now, self.due) + self.interval


@dataclass(slots=True)
class _Chat:
    meter: Meter = field(
        default_factory=lambda: Meter(CHAT_INTERVAL_SECONDS, CHAT_INTERVAL_SECONDS)
    )
    last: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))
    """The last times, of a group."""


class Pace:
    """What has left, and hence what may. Negative chat ids are groups and channels."""

    def __init__(self) -> None:
        self._bot = Meter(1 / MESSAGES_A_SECOND, tolerance=_STALL_SECONDS)
        self._spacing = Meter(1 / MOST_IN_A_SECOND, tolerance=1 / MOST_IN_A_SECOND)
        self._on_the_way = 0
        self._arrived: deque[float] = deque(maxlen=MOST_IN_A_SECOND)
        self._chats: dict[int, _Chat] = {}
        self._paused_until = float("-inf")
        self._forget_above = _FORGET_ABOVE

    def opens(self) -> float:
        """From when on the bot may send anything at all; infinity while too much is on the way.

        What counts is when messages reach Telegram, somewhere between leaving and the answer:
        so a second holds at most MOST_IN_A_SECOND however they are held up on the way.
        """
        at = max(self._bot.opens, self._spacing.opens, self._paused_until)
        others = MOST_IN_A_SECOND - self._on_the_way
        if others <= 0:
            return float("inf")
        if len(self._arrived) >= others:
            at = max(at, self._arrived[-others] + 1)
        return at

    def chat_opens(self, chat_id: int) -> float:
        """From when on this chat may get one, whatever the others do."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return float("-inf")
        if chat_id < 0 and len(chat.last) == GROUP_MESSAGES:
            return max(chat.meter.opens, chat.last[0] + GROUP_WINDOW_SECONDS)
        return chat.meter.opens

    def let_pass(self, chat_id: int, now: float) -> None:
        """A message leaves for the chat at `now`."""
        self._bot.let_pass(now)
        self._spacing.let_pass(now)
        self._on_the_way += 1
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.meter.let_pass(now)
        if chat_id < 0:
            chat.last.append(now)
        if len(self._chats) > self._forget_above:
            self._forget(now)

    def arrive(self, now: float) -> None:
        """One of the messages on the way was answered, or given up."""
        self._on_the_way -= 1
        self._arrived.append(now)

    def held_back(self, now: float) -> list[int]:
        """The chats that may get nothing yet."""
        return [chat_id for chat_id in self._chats if self.chat_opens(chat_id) > now]

    def pause(self, until: float) -> None:
        """Nothing leaves before `until`."""
        self._paused_until = max(self._paused_until, until)

    def _forget(self, now: float) -> None:
        """Chats whose past does not hold anything back any more."""
        self._chats = {
            chat_id: chat
            for chat_id, chat in self._chats.items()
            if chat.meter.due > now or (chat_id < 0 and chat.last[-1] + GROUP_WINDOW_SECONDS > now)
        }
        self._forget_above = max(_FORGET_ABOVE, 2 * len(self._chats))
