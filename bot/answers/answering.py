"""From what people type or press to an answer. Reads no clock and keeps nothing."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Literal

from bot.answers.agenda import Agendas, Calendar
from bot.answers.anywhere import Anywhere
from bot.answers.areas import Areas
from bot.answers.cities import Cities
from bot.answers.comparisons import Comparisons
from bot.answers.context import Context
from bot.answers.facts import CLEAR, Facts
from bot.answers.figures import Figures
from bot.answers.following import Following
from bot.answers.model import (
    Answer,
    FactAnswer,
    Help,
    NotCovered,
    Section,
    SmallTalk,
    SourcesOf,
    Territory,
    TopicCard,
    Unknown,
    WhichCity,
    WhichOne,
)
from bot.answers.occasions import Occasions
from bot.answers.programme import Programme
from bot.answers.question import Question, Understanding
from bot.answers.recalling import among, following
from bot.answers.sequels import (
    asks_only_date,
    asks_only_source,
    follows,
    is_dated,
    names_what_was_asked,
    picks_among_towns,
    says_nothing,
    was_offered,
)
from bot.answers.subjects import Subjects, asks_for_card, subjects_of
from bot.answers.territories import Gazetteer
from bot.answers.together import Together
from bot.answers.topics import Topics
from bot.knowledge.model import Knowledge
from bot.language.dates import PARIS, Period
from bot.language.folding import fold
from bot.places.reading import is_word
from bot.places.resolving import Places
from bot.search.index import Index
from bot.search.learning import Learning
from bot.search.learning import read as read_learning

LONGEST_NAME = 12
"""Words of the name of a place, with all that people put around it."""
OFFERED = 6
"""Cities offered to somebody whose place is not understood."""


class Answering:
    """Answers from one state of the base. `now` is always timezone-aware."""

    def __init__(
        self, knowledge: Knowledge, places: Places, learning: Learning | None = None
    ) -> None:
        """`learning`: something else than what `make learn` wrote."""
        is_french = partial(is_word, places.communes.index)
        index = Index(knowledge, is_french, learning or read_learning())
        self.gazetteer = Gazetteer(knowledge, places, index.names)
        self.calendar = Calendar(knowledge)
        occasions = Occasions(
            self.calendar, self.gazetteer, index.lexicon, knowledge.vocabulary.bygone
        )
        self.agendas = Agendas(self.calendar, self.gazetteer)
        self.cities = Cities(knowledge, self.gazetteer, self.calendar)
        self.topics = Topics(knowledge, index, self.gazetteer)
        self._facts = Facts(knowledge, index, self.cities)
        self.anywhere = Anywhere(index, self.gazetteer, self.topics, self._facts)
        self._programme = Programme(self.agendas, occasions, self.anywhere, self._facts, index)
        self._subjects = Subjects(knowledge, self.topics, self.anywhere)
        self._together = Together(index, self.gazetteer, self._facts)
        self._comparisons = Comparisons(knowledge, self.gazetteer, self.cities)
        self._figures = Figures(self._comparisons, self._together, self.anywhere, self._facts)
        self.index = index
        self._areas = Areas(places.communes, knowledge.vocabulary.regions)
        self._understanding = Understanding(
            knowledge.vocabulary, index.lexicon, self.gazetteer, self._areas
        )
        self.following = Following(knowledge, self.gazetteer, self._understanding)

    def help(self, *, is_welcome: bool = False) -> Help:
        """Who the bot is and what to type, with cities that the base does cover."""
        names = tuple(territory.name for territory in self.gazetteer.all_covered()[:3])
        return Help(is_welcome=is_welcome, examples=names)

    def about_city(self, name: str, now: datetime) -> Answer:
        """`/ville NAME`: the card of the place that `name` means, or the places to choose from."""
        if not fold(name):
            return self.help()
        named = self.gazetteer.find(name)
        if named.sure:
            return self._or_near(self.cities.about(named.sure[0], now), name)
        if named.doubtful:
            return WhichOne(choices=named.doubtful)
        return Unknown(reason="place", choices=self.gazetteer.all_covered()[:OFFERED])

    def about_topic(self, name: str) -> Answer:
        """`/sujet NAME`: the topic that `name` means, or the topics to choose from."""
        return self.topics.find(name)

    def agenda(self, name: str, now: datetime) -> Answer:
        """`/agenda [NAME]`: what is to come, in a place, on days or on a theme when given."""
        if not fold(name):
            return self.agendas.about(now)
        question = self._understanding.read(name, now.astimezone(PARIS).date())
        if question.doubtful and not question.territories:
            return WhichOne(choices=question.doubtful)
        if not (question.territories or question.days or question.reading.concepts):
            in_area = self.agendas.in_area(name, now)
            if in_area is not None:
                return in_area
            return Unknown(reason="place", choices=self.gazetteer.all_covered()[:OFFERED])
        return self._programme.agenda(question, now)

    def reply(
        self, text: str, now: datetime, before: Context | None = None
    ) -> tuple[Answer, Context | None]:
        """The answer to free text, and the context for what may follow within ten minutes."""
        question = self._understanding.read(text, now.astimezone(PARIS).date())
        if question.refused is not None:
            told = self._of_no_person(question)
            if told is not None:
                return told, Context.after(before, question, told)
            reason: Literal["private", "harm"] = "harm" if question.refused == "harm" else "private"
            return Unknown(territories=question.territories, reason=reason), None
        if question.smalltalk is not None:
            return SmallTalk(reply=question.smalltalk), before
        if before is not None:
            if asks_only_source(question):
                return self._sources(before), before
            if asks_only_date(question) and is_dated(before.answer):
                return replace(before.answer, missing=None, verdict=None), before
            if says_nothing(question) or self._is_no_word(question, text):
                return self._understood_nothing(text), before
            if names_what_was_asked(question, before):
                return self.choose(question.territories[0], now, before)
            if picks_among_towns(question, before):
                question = among(question, before.question, before.towns)
            elif follows(question, text):
                question = self._sequel(question, text, before)
        if question.implies_cameras:
            question = question.about_cameras()
        answer = self._or_near(self._answer(question, text, now), text)
        if not question.territories and isinstance(answer, FactAnswer):
            question = replace(question, territories=answer.territories)  # « OnDijon », of Dijon
        return answer, Context.after(before, question, answer)

    def _of_no_person(self, question: Question) -> Answer | None:
        """What clearly answers on a town or a topic, though somebody close is named: « le collège
        de ma fille à Nice est filmé ? »."""
        if question.refused != "kin" or not subjects_of(question):
            return None
        if not question.territories:
            return self.anywhere.answer(question, CLEAR)
        return self._facts.settled(question, CLEAR)

    def _is_no_word(self, question: Question, text: str) -> bool:
        """Whether it says nothing but what is neither a word nor a place: « qsdfgh »."""
        said = question.reading
        is_read = question.territories or question.doubtful or question.years or question.days
        if is_read or said.concepts or said.intents or said.hints or not said.units:
            return False
        lexicon = self.index.lexicon
        if any(lexicon.knows(word) for word in said.words if not lexicon.is_filler(word)):
            return False
        named = self.gazetteer.find(text)
        return not (named.sure or named.doubtful)

    def _sequel(self, question: Question, text: str, before: Context) -> Question:
        """What a sequel asks. A name in it that may be a place is never passed over: « et à
        canes ? » after an answer on Nice is not about Nice."""
        sequel = following(question, before.question)
        if not (question.is_bare or question.territories):
            for told in before.answer.citations[:1]:
                sequel = replace(sequel, told=frozenset((told.id,)), told_of=told.period)
        if question.territories:
            return sequel
        area = self._areas.find(text)
        if before.question.asks("ranking", "ratio") and area is not None:
            return replace(before.question, area=area)
        if question.is_of_elsewhere or (question.asks("lawful") and not self._is_ruled(sequel)):
            return replace(sequel, territories=())
        words = question.reading
        is_name = words.units and not (words.concepts or words.intents or question.years)
        if not is_name or len(words.words) > LONGEST_NAME:
            return sequel
        named = self.gazetteer.find(text)
        if not (named.sure or named.doubtful):
            return sequel
        reading = replace(words, units=before.question.reading.units)
        reading = replace(reading, intents=before.question.reading.intents)
        return replace(sequel, territories=named.sure, doubtful=named.doubtful, reading=reading)

    def _is_ruled(self, question: Question) -> bool:
        """Whether a judge or an authority has said of the town asked what is lawful there: else
        the law is the same in every town."""
        told = self._facts.settled(question, CLEAR)
        return told is not None and _is_of_law(told)

    def context_of(self, answer: Answer) -> Context | None:
        """The context that a command leaves: « et les drones ? » after a city's card."""
        if not answer.territories:
            return None
        question = self._understanding.nothing_said(answer.territories)
        return Context(question, answer, answer.territories)

    def choose(
        self, territory: Territory, now: datetime, before: Context | None
    ) -> tuple[Answer, Context | None]:
        """The answer once a place was chosen: to the question that was asked, if still known."""
        if before is not None and was_offered(territory, before):
            question = replace(before.question, territories=(territory,), doubtful=())
            answer = self._answer(question, "", now)
            return answer, Context.after(before, question, answer)
        return self.cities.about(territory, now), None

    def section(self, territory: Territory, section: Section, page: int, now: datetime) -> Answer:
        """One page behind a button of a city's card."""
        return self.cities.section(territory, section, page, now)

    def _or_near(self, answer: Answer, name: str) -> Answer:
        """With the communes of close names, where nothing is known of the one that was typed."""
        if not isinstance(answer, NotCovered):
            return answer
        others = self.gazetteer.others(name)
        return replace(answer, others=others, choices=(*others, *answer.choices))

    def _answer(self, question: Question, text: str, now: datetime) -> Answer:
        is_a_name = (
            len(question.reading.words) <= LONGEST_NAME
            and not (question.territories and question.is_bare)
            and not question.asks("upcoming")
        )
        if is_a_name and not question.reading.concepts:
            # A name alone is read less cautiously than the names inside a sentence.
            named = self.gazetteer.find(text)
            if named.sure and question.territories in ((), named.sure):
                return self.cities.about(named.sure[0], now)
            if named.doubtful and not (question.territories or question.reading.intents):
                return WhichOne(choices=named.doubtful)
        if question.is_elsewhere:
            # A topic may tell of a place abroad: the town that a vendor equipped.
            told = self.anywhere.answer(question) if question.tags("topic") else None
            is_told = isinstance(told, FactAnswer)
            unknown = Unknown(reason="place", choices=self.gazetteer.all_covered()[:OFFERED])
            return told if told is not None and is_told else unknown
        if question.doubtful and not question.territories:
            told = self._of_the_covered(question) or self._programme.announced(question, now)
            return told or WhichOne(choices=question.doubtful, question=text)
        if any(
            year.first > now.date() and not self._facts.foretells(question.territories, year)
            for year in question.years
        ):
            return Unknown(territories=question.territories, reason="future")
        if (question.is_bare or question.is_alternative) and not question.days:
            if not question.territories:
                return self._understood_nothing(text)
            return self._places_only(question, now)
        if asks_for_card(question):
            return self.cities.about(question.territories[0], now)
        event = self._programme.answer(question, now)
        if event is not None:
            return event
        return (
            self._figures.answer(question)
            or self._subjects.answer(question)
            or self._fact(question, text, now)
        )

    def _of_the_covered(self, question: Question) -> Answer | None:
        """What answers on the only one covered of the towns that may be meant, beside the others.

        How many cameras there are says nothing of which town is meant.
        """
        covered = [choice for choice in question.doubtful if choice.id is not None]
        if len(covered) != 1 or question.is_of_cameras_alone:
            return None
        of_it = replace(question, territories=(covered[0],), doubtful=())
        told = self._facts.settled(of_it)
        others = tuple(choice for choice in question.doubtful if choice != covered[0])
        return None if told is None else replace(told, choices=others)

    def _fact(self, question: Question, text: str, now: datetime) -> Answer:
        told = self._together.of_one_beside(question) if question.beside else None
        if told is not None:
            return told
        if question.territories:
            answer = self._about(question.territories[0], question, now)
            if isinstance(answer, Unknown):
                answer = self._without_story(question, text) or answer
        elif question.is_of_own_town and question.asks_for_cameras:
            answer = self.anywhere.holding(question) or self._in_no_town(question, text)
        else:
            answer = self.anywhere.answer(question) or self._in_no_town(question, text)
        is_beside = isinstance(answer, FactAnswer) and answer.missing == "year"
        asks_event = not (question.requires or question.asks("lawful")) and (
            question.asks("when", "where", "who")
            or not question.asks("gone", "how-many", "ranking")
        )
        if isinstance(answer, Unknown | NotCovered) and _is_of_no_town(question, answer):
            return self.anywhere.in_general(question) or answer
        if isinstance(answer, WhichCity):
            return self._programme.announced(question, now) or answer
        if (is_beside or isinstance(answer, Unknown | NotCovered)) and asks_event:
            return self._programme.named(question, now) or answer
        is_fact = isinstance(answer, FactAnswer) and not _is_of_law(answer)
        if is_fact and question.asks("when", "where"):
            return self._programme.named(question, now, wholly=True) or answer
        return answer

    def _without_story(self, question: Question, text: str) -> Answer | None:
        """What clearly answers once the words of what is only told around a question are left
        out."""
        plain = self._understanding.without_story(question, text)
        if plain.reading.units == question.reading.units:
            return None
        return self._facts.settled(plain, CLEAR)

    def _in_no_town(self, question: Question, text: str) -> Answer:
        if question.requires:
            return Unknown(reason="detail")
        return self.anywhere.nearest(question) or self._understood_nothing(text)

    def _about(self, territory: Territory, question: Question, now: datetime) -> Answer:
        if territory.id is None:
            return self._facts.mentioning(territory, question) or self.cities.about(territory, now)
        if not (question.reading.units or question.reading.numbers):
            return self._places_only(question, now)
        site = self.anywhere.site(question)
        if site is not None:
            return replace(site, territories=question.territories)
        told = self._facts.about(territory, question)
        if len(question.years) > 1 and not _tells_all(told, question.years):
            figure = told.citations[0].fact.figure if told.citations else None
            return self._comparisons.between_years(territory, question, figure) or told
        return told

    def _places_only(self, question: Question, now: datetime) -> Answer:
        """What small words clearly ask, « Nieppe, appel, Douai », else the card of a place."""
        if len(question.territories) > 1:
            return WhichOne(choices=question.territories)
        asks = question.reading.words and not question.asks("definition")
        told = self._facts.settled(question, CLEAR) if asks else None
        return told or self.cities.about(question.territories[0], now)

    def _sources(self, before: Context) -> Answer:
        if not before.answer.citations:
            return before.answer
        return SourcesOf(
            territories=before.answer.territories, citations=before.answer.citations[:3]
        )

    def _understood_nothing(self, text: str) -> Answer:
        found = self.topics.find(text)
        if isinstance(found, TopicCard):
            return found
        if len(fold(text).split()) <= LONGEST_NAME:
            named = self.gazetteer.find(text)
            if named.doubtful:
                return WhichOne(choices=named.doubtful)
        return Unknown(choices=self.gazetteer.all_covered()[:3])


_OF_LAW = ("justice", "encadrement")
"""The themes of what judges and authorities say."""


def _is_of_law(answer: Answer) -> bool:
    return any(citation.fact.theme in _OF_LAW for citation in answer.citations[:1])


def _is_of_no_town(question: Question, answer: Answer) -> bool:
    """Whether what it asks is the same in every town: the law, or what a thing is; there may be
    none of it in a town that is covered."""
    defines = question.asks("definition") and question.tags("topic")
    is_general = question.asks("lawful") or (defines and isinstance(answer, NotCovered))
    return bool(is_general) and not question.requires


def _tells_all(answer: Answer, years: tuple[Period, ...]) -> bool:
    """Whether the first fact says each of the years that are asked."""
    text = answer.citations[0].fact.text if answer.citations else ""
    return all(str(year.year) in text for year in years)
