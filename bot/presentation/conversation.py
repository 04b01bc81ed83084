"""A conversation: what somebody types or presses goes in, a message comes out."""

from datetime import datetime

from bot.answers.answering import Answering
from bot.answers.context import Context, Conversations
from bot.answers.model import Answer
from bot.knowledge.model import Knowledge
from bot.presentation.buttons import Press, parse_press
from bot.presentation.cards import present
from bot.presentation.message import Message
from bot.presentation.notices import stale


class Conversation:
    """Everything that can be asked, by anybody. Nothing that is said here is written down.

    `chat` is any number that tells conversations apart; `now` is timezone-aware.
    """

    def __init__(self, knowledge: Knowledge, answering: Answering) -> None:
        self._latest = Conversations()
        self.renew(knowledge, answering)

    def renew(self, knowledge: Knowledge, answering: Answering) -> None:
        """Answers from another state of the base from now on."""
        self._vocabulary = knowledge.vocabulary
        self._answering = answering

    def command(self, name: str, rest: str, chat: int, now: datetime) -> Message | None:
        """The reply to `/name rest`; None for a command that is not one of these."""
        match name:
            case "start":
                return self.shown(self._answering.help(is_welcome=True))
            case "aide" | "help":
                return self.shown(self._answering.help())
            case "ville":
                answer = self._answering.about_city(rest, now)
                self._latest.remember(chat, self._answering.context_of(answer), now)
                return self.shown(answer)
            case "sujet":
                return self.shown(self._answering.about_topic(rest))
            case "agenda":
                return self.shown(self._answering.agenda(rest, now))
            case "question":
                return self.says(rest, chat, now)
            case _:
                return None

    def says(self, text: str, chat: int, now: datetime) -> Message:
        """The reply to free text."""
        answer, context = self.answer(text, self._latest.recall(chat, now), now)
        self._latest.remember(chat, context, now)
        return self.shown(answer)

    def answer(
        self, text: str, before: Context | None, now: datetime
    ) -> tuple[Answer, Context | None]:
        """The answer to free text before any wording, and the context for what follows."""
        if not text.strip():
            return self._answering.help(), before
        return self._answering.reply(text, now, before)

    def presses(self, data: str, chat: int, now: datetime) -> Message:
        """What a pressed button shows; an honest word when the base no longer holds it."""
        press = parse_press(data)
        answer = None if press is None else self._pressed(press, chat, now)
        return stale() if answer is None else self.shown(answer)

    def _pressed(self, press: Press, chat: int, now: datetime) -> Answer | None:
        try:
            return self._opened(press, chat, now)
        except KeyError:
            return None

    def _opened(self, press: Press, chat: int, now: datetime) -> Answer | None:
        gazetteer = self._answering.gazetteer
        match press.action:
            case "place":
                territory = gazetteer.of_insee(press.target) or gazetteer.covered(press.target)
                before = self._latest.recall(chat, now)
                answer, context = self._answering.choose(territory, now, before)
                self._latest.remember(chat, context, now)
                return answer
            case "card":
                return self._answering.cities.about(gazetteer.covered(press.target), now)
            case "section":
                territory = gazetteer.covered(press.target)
                return self._answering.cities.section(territory, press.section, press.page, now)
            case "topic":
                return self._answering.topics.about(press.target, press.page)
            case "agenda":
                territories = (gazetteer.covered(press.target),) if press.target else ()
                return self._answering.calendar.agenda(now, territories, page=press.page)
            case _:
                return None

    def shown(self, answer: Answer) -> Message:
        """The message for an answer."""
        return present(answer, self._vocabulary)
