"""What was last said in each conversation: in memory only, and for ten minutes."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answers.model import Answer, Territory
from bot.answers.question import Question

LIFETIME = timedelta(minutes=10)
CONVERSATIONS = 10_000
TOWNS = 4
"""Towns asked about that are kept of one conversation."""


@dataclass(frozen=True, slots=True)
class Context:
    """The last question that was understood, and what was answered."""

    question: Question
    answer: Answer
    towns: tuple[Territory, ...] = ()
    """Those asked about, the latest last: « laquelle en a le plus ? » is of all of them."""

    @classmethod
    def after(cls, before: "Context | None", question: Question, answer: Answer) -> "Context":
        """What is to be kept of a question and its answer, which came after others."""
        towns = (*(before.towns if before else ()), *question.territories)
        return cls(question, answer, tuple(dict.fromkeys(towns))[-TOWNS:])


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
