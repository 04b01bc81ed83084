"""What was last said in each conversation: in memory only, and for ten minutes."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answers.model import Answer
from bot.answers.question import Question

LIFETIME = timedelta(minutes=10)
CONVERSATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Context:
    """The last question that was understood, and what was answered."""

    question: Question
    answer: Answer


class Conversations:
    """The contexts of the latest conversations; nothing here is ever written down."""

    def __init__(self) -> None:
        self._latest: OrderedDict[int, tuple[datetime, Context]] = OrderedDict()

    def recall(self, chat: int, now: datetime) -> Context | None:
        """The context of `chat`, unless its last answer is older than `LIFETIME`."""
        found = self._latest.get(chat)
        if found is None or now - found[0] > LIFETIME:
            self._latest.pop(chat, None)
            return None
        return found[1]

    def remember(self, chat: int, context: Context | None, now: datetime) -> None:
        """Keeps `context` as the last one of `chat`; None forgets it."""
        self._latest.pop(chat, None)
        if context is not None:
            self._latest[chat] = now, context
        while len(self._latest) > CONVERSATIONS:
            self._latest.popitem(last=False)
