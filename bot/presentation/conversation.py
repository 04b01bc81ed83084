"""A conversation: what somebody types or presses goes in, a message comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.answers.answering import Answering
from bot.answers.context import Context, Conversations
from bot.answers.model import Agenda, Answer
from bot.knowledge.model import Knowledge
from bot.knowledge.occurrences import DatedEvent, dated
from bot.presentation import privacy
from bot.presentation.buttons import Press, parse_agenda, parse_press
from bot.presentation.cards import present
from bot.presentation.message import Message
from bot.presentation.notices import nothing_to_come, stale


class Asked(NamedTuple):
    """What follows a command, in which chat, and when."""

    rest: str
    chat: int
    now: datetime


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
        self._events = knowledge.events
        self._answering = answering

    def command(self, name: str, rest: str, chat: int, now: datetime) -> Message | None:
        """The reply to `/name rest`; None for a command that is not in `COMMANDS`."""
        for command in COMMANDS:
            if name in command.names:
                return command.reply(self, Asked(rest, chat, now))
        return None

    def welcome(self, _: Asked) -> Message:
        """`/start`"""
        return self.shown(self._answering.help(is_welcome=True))

    def help(self, _: Asked) -> Message:
        """`/aide`"""
        return self.shown(self._answering.help())

    def city(self, asked: Asked) -> Message:
        """`/ville NAME`"""
        answer = self._answering.about_city(asked.rest, asked.now)
        self._latest.remember(asked.chat, self._answering.context_of(answer), asked.now)
        return self.shown(answer)

    def topic(self, asked: Asked) -> Message:
        """`/sujet NAME`"""
        return self.shown(self._answering.about_topic(asked.rest))

    def agenda(self, asked: Asked) -> Message:
        """`/agenda [NAME]`"""
        return self.shown(self._answering.agenda(asked.rest, asked.now))

    def privacy(self, _: Asked) -> Message:
        """`/confidentialite`"""
        return privacy.policy()

    def question(self, asked: Asked) -> Message:
        """`/question TEXT`"""
        return self.says(*asked)

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
        if press is not None and press.action in ("calendar", "event"):
            return self._file(press, now) or stale()
        answer = None if press is None else self._pressed(press, chat, now)
        return stale() if answer is None else self.shown(answer)

    def _file(self, press: Press, now: datetime) -> Message | None:
        """What comes as a file for calendars; None for what is in the base no more."""
        # Imported here: the library takes a third of a second, and few ask for a file.
        from bot.presentation import calendar

        if press.action == "event":
            event = self._events.get(press.target)
            return calendar.file_of([dated(press.target, event)], now) if event else None
        found: list[DatedEvent] = []
        page, pages = 0, 1
        while page < pages:
            answer = self._pressed(press._replace(action="agenda", page=page), 0, now)
            if not isinstance(answer, Agenda):
                return None
            found += answer.upcoming
            page, pages = page + 1, answer.pages
        return calendar.file_of(found, now) if found else nothing_to_come()

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
                asked = parse_agenda(press.target)
                if asked is None:
                    return None
                territories = tuple(
                    gazetteer.of_insee(place) or gazetteer.covered(place) for place in asked.places
                )
                return self._answering.agendas.about(
                    now, territories, asked.themes, asked.days, press.page
                )
            case _:
                return None

    def shown(self, answer: Answer) -> Message:
        """The message for an answer."""
        return present(answer, self._vocabulary)


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed after a slash."""

    names: tuple[str, ...]
    """The first one is in the menus; the others are understood as well."""
    description: str
    reply: Callable[[Conversation, Asked], Message]


COMMANDS = (
    Command(("ville",), "Une ville : caméras, coûts, sources", Conversation.city),
    Command(("sujet",), "Une technique, une entreprise, une façon d'agir", Conversation.topic),
    Command(("question",), "Poser une question", Conversation.question),
    Command(("agenda",), "Les rencontres à venir", Conversation.agenda),
    Command(("aide", "help"), "Ce que je sais faire", Conversation.help),
    Command(("confidentialite", "privacy"), "Ce qui est gardé, et pourquoi", Conversation.privacy),
    Command(("start",), "Faire connaissance", Conversation.welcome),
)
