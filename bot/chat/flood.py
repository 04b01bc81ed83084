"""Who writes too fast is told so once, then passed over for a minute. Pure: time is passed in."""

from collections import OrderedDict, deque
from enum import Enum, auto

MESSAGES = 15
WITHIN_SECONDS = 10.0
SILENCE_SECONDS = 60.0
CHATS = 10_000
"""Chats remembered at once: the ones that wrote last."""


class Verdict(Enum):
    """What to do with a message."""

    ANSWER = auto()
    WARN = auto()
    PASS_OVER = auto()


class FloodGate:
    """Counts the messages of each chat; `at_seconds` is any clock that only goes forward."""

    def __init__(self) -> None:
        self._recent: OrderedDict[int, deque[float]] = OrderedDict()
        self._silent_until: dict[int, float] = {}

    def admit(self, chat: int, at_seconds: float) -> Verdict:
        """The verdict on one more message of `chat`: at most `MESSAGES` within `WITHIN_SECONDS`."""
        if at_seconds < self._silent_until.get(chat, 0.0):
            return Verdict.PASS_OVER
        self._silent_until.pop(chat, None)
        recent = self._recent.setdefault(chat, deque())
        self._recent.move_to_end(chat)
        while recent and recent[0] <= at_seconds - WITHIN_SECONDS:
            recent.popleft()
        recent.append(at_seconds)
        if len(self._recent) > CHATS:
            forgotten, _ = self._recent.popitem(last=False)
            self._silent_until.pop(forgotten, None)
        if len(recent) <= MESSAGES:
            return Verdict.ANSWER
        recent.clear()
        self._silent_until[chat] = at_seconds + SILENCE_SECONDS
        return Verdict.WARN
