"""What the agenda answers."""

from dataclasses import replace
from datetime import datetime

from bot.answers.agenda import Agendas
from bot.answers.anywhere import Anywhere
from bot.answers.facts import Facts, wish_of
from bot.answers.model import Agenda, Answer
from bot.answers.occasions import Occasions
from bot.answers.question import OF_NO_EVENT, PLANNED, Question
from bot.answers.subjects import subjects_of
from bot.knowledge.occurrences import end_of
from bot.search.index import Index
from bot.search.lexicon import Concept
from bot.search.ranking import agenda_lead, rank

_MOBILISATION = Concept("theme", "mobilisation")


class Programme:
    """Tells whether a question is of events, and of which."""

    def __init__(
        self,
        agendas: Agendas,
        occasions: Occasions,
        anywhere: Anywhere,
        facts: Facts,
        index: Index,
    ) -> None:
        self._agendas = agendas
        self._occasions = occasions
        self._anywhere = anywhere
        self._facts = facts
        self._index = index

    def answer(self, question: Question, now: datetime) -> Answer | None:
        """The event that is asked, or what comes; None when something else is asked."""
        if question.speaks_of_events:
            if not self._asks_for_events(question, now):
                return None
            if question.requires:
                return self.named(question, now)
            if question.is_past or any(year.last < now.date() for year in question.years):
                return (
                    self.named(question, now)
                    or (self._facts.settled(question) if question.reading.units else None)
                    or self.agenda(question, now)
                )
            is_dated = question.asks("when") and subjects_of(question) - {_MOBILISATION}
            return None if is_dated else self.agenda(question, now)
        if question.days is None or question.years or question.asks(*OF_NO_EVENT):
            return None
        of_events = all(unit.concepts == {_MOBILISATION} for unit in question.reading.units)
        return self.agenda(question, now) if of_events else None

    def _asks_for_events(self, question: Question, now: datetime) -> bool:
        """Whether the agenda answers it better than any document, and than nothing.

        It does where nothing else is said, or what is said to be to come is a meeting.
        """
        if not question.reading.units:
            return True
        lexicon = self._index.lexicon
        is_to_come = not lexicon.coming.isdisjoint(lexicon.same(question.reading.stems)) or (
            question.days is not None and question.days.last >= now.date()
        )
        is_of_meetings = subjects_of(question) <= {_MOBILISATION, *PLANNED}
        if is_to_come and question.territories and is_of_meetings:
            return not question.requires
        wish = wish_of(question)
        lead = agenda_lead(question.reading, self._index, wish)
        documents = self._anywhere.candidates(question)
        found = rank(documents, question.reading, self._index, wish)
        return lead > max(0.0, found[0].lead if found else 0.0)

    def named(self, question: Question, now: datetime, *, wholly: bool = False) -> Answer | None:
        """The past event that is asked by what is announced of it."""
        named = self._occasions.named(question, wholly=wholly)
        if not named:
            return None
        return Agenda(
            territories=question.territories,
            upcoming=tuple(event for event in named if end_of(event) > now),
            past=tuple(event for event in named if end_of(event) <= now),
            is_named=True,
        )

    def announced(self, question: Question, now: datetime) -> Answer | None:
        """The event that is asked where or when, whatever town its place may be."""
        return self.named(question, now) if question.asks("when", "where", "upcoming") else None

    def agenda(self, question: Question, now: datetime) -> Agenda:
        """What is to come where, when and on what is asked; else the past events named."""
        topics = question.tags("topic")
        themes = [t for t in question.tags("theme") if t != "mobilisation"]
        agenda = self._agendas.about(now, question.territories, (*themes, *topics), question.days)
        named = () if agenda.upcoming else self._occasions.named(question)
        past = tuple(event for event in named if end_of(event) <= now)
        return replace(agenda, past=past) if past else agenda
