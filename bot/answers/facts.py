"""The fact that answers a question about one territory, or about the whole country."""

from collections.abc import Iterable
from typing import Literal

from bot.answers.cities import Cities
from bot.answers.model import FactAnswer, Territory, Unknown, WhichCity
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Citation, DatedArticle, Series
from bot.knowledge.model import Intent, Knowledge
from bot.language.dates import Period
from bot.language.stems import stems
from bot.search.index import Document, Index
from bot.search.lexicon import Concept, Unit
from bot.search.ranking import ENOUGH, Ranked, Wish, rank

OFFERED = 6
"""Cities offered when a question names none."""
OTHERS = 2
"""Facts told after the one that answers."""
_MORE: tuple[Intent, ...] = ("how-many", "definition", "why", "act", "when", "where", "evolution")
"""What is not answered by yes or no, however it is asked."""
TELLING = 300
"""A word or concept that more documents share does not single one out."""


class Facts:
    """Answers with facts, from one state of the base."""

    def __init__(
        self, knowledge: Knowledge, index: Index, gazetteer: Gazetteer, cities: Cities
    ) -> None:
        self._knowledge = knowledge
        self._index = index
        self._gazetteer = gazetteer
        self._cities = cities

    def about(self, territory: Territory, question: Question) -> FactAnswer | Unknown:
        """The fact on a covered territory that answers, or the honest absence of one."""
        assert territory.id is not None
        found = self._ranked(self._index.by_owner.get(territory.id, ()), question)
        if not found or found[0].coverage < ENOUGH:
            return self._absent(territory, found, question)
        return self._answer(found, question, territory)

    def mentioning(self, territory: Territory, question: Question) -> FactAnswer | None:
        """What is told of a commune that has no file: by an article, or among other facts."""
        named = self._index.lexicon.same(stems(territory.name))
        shelves = (self._index.cities, self._index.topics)
        documents = [
            document
            for shelf in shelves
            for document in shelf.by_stem.get(named[0], ())
            if document.stems.issuperset(named)
        ]
        found = self._ranked(documents, question)
        if not found or found[0].coverage < ENOUGH:
            return None
        return self._answer(found, question, territory)

    def foretells(self, territories: tuple[Territory, ...], year: Period) -> bool:
        """Whether a fact on one of these territories names a year to come."""
        return any(
            str(year.year) in document.stems
            for territory in territories
            for document in self._index.by_owner.get(territory.id or "", ())
        )

    def national(self, question: Question) -> FactAnswer | WhichCity | None:
        """What the topics say, or the cities to choose from; None when nothing is near."""
        found = self._ranked(self._index.topics.sharing(question.reading, TELLING), question)
        is_of_cities = question.asks("how-many") and not question.tags("topic")
        if found and found[0].coverage >= ENOUGH and (question.is_national or not is_of_cities):
            return self._answer(found, question, None)
        if question.requires:
            return None
        found = self._ranked(self._index.cities.sharing(question.reading, TELLING), question)
        owners = {
            owner: None
            for ranked in found
            if ranked.coverage >= ENOUGH
            for owner in _owners(ranked.document)
        }
        if len(owners) == 1:
            return self._answer(found, question, self._gazetteer.covered(next(iter(owners))))
        holding = self._holding(question)
        return WhichCity(choices=holding[:OFFERED]) if holding else None

    def _ranked(self, documents: Iterable[Document], question: Question) -> list[Ranked]:
        wish = Wish(
            figure=question.asks("how-many", "evolution", "compare"),
            vendor=question.asks("who"),
            date=question.asks("when"),
            year=question.years[0] if question.years and not question.asks("evolution") else None,
            first=question.asks("when"),
        )
        return rank(documents, question.reading, self._index, wish)

    def _holding(self, question: Question) -> tuple[Territory, ...]:
        """The covered territories that hold something on every theme that is asked."""
        concepts = [unit.concepts for unit in question.reading.units if unit.concepts]
        if not concepts:
            return ()
        owners: set[str] | None = None
        for any_of in concepts:
            these = set().union(*(self._index.owners_of(concept) for concept in any_of))
            owners = these if owners is None else owners & these
        found = [self._gazetteer.covered(owner) for owner in owners or ()]
        found.sort(key=lambda territory: (-(territory.population or 0), territory.name))
        return tuple(found)

    def _absent(self, territory: Territory, found: list[Ranked], question: Question) -> Unknown:
        assert territory.id is not None
        themes = (citation.fact.theme for citation in self._cities.citations(territory.id))
        near = bool(found) and bool(question.reading.concepts)
        return Unknown(
            territories=(territory,),
            holds=tuple(dict.fromkeys(themes)),
            reason="detail" if near else "nothing",
        )

    def _answer(
        self, found: list[Ranked], question: Question, territory: Territory | None
    ) -> FactAnswer:
        territories = (territory,) if territory else ()
        facts = [one for one in found if isinstance(one.document.item, Citation)]
        best = facts[0] if facts and facts[0].coverage >= ENOUGH else found[0]
        item = best.document.item
        if isinstance(item, DatedArticle):
            return FactAnswer(territories=territories, articles=(item,))
        year = None if question.asks("evolution") else next(iter(question.years), None)
        series = self._series(item)
        lead = item
        settling = _settling(found, question)
        if settling is not None:
            lead = settling
            series = None
        elif series is not None and question.asks("evolution"):
            lead = series.latest
        elif series is not None and year is None and not question.asks("when"):
            lead = self._latest(series, best, found)
        told = [lead]
        for ranked in facts:
            other = ranked.document.item
            if ranked.coverage < best.coverage or len(told) > OTHERS:
                break
            if isinstance(other, Citation) and other not in told and not _same_series(other, lead):
                told.append(other)
        return FactAnswer(
            territories=territories,
            citations=tuple(told),
            series=series,
            verdict=None if settling is None else "yes" if settling.fact.in_use else "no",
            missing=_missing(lead, year, question),
            year=year,
            shows_change=question.asks("evolution"),
        )

    def _series(self, citation: Citation) -> Series | None:
        if citation.fact.figure is None or citation.owner_id not in self._knowledge.cities:
            return None
        return self._cities.series(citation.owner_id)[citation.fact.figure.indicator]

    def _latest(self, series: Series, best: Ranked, found: list[Ranked]) -> Citation:
        """The latest of the series, unless the question's own words single out another."""
        for ranked in found:
            if (
                ranked.document.item == series.latest
                and ranked.coverage >= best.coverage
                and ranked.score >= best.score
            ):
                return series.latest
        assert isinstance(best.document.item, Citation)
        return best.document.item


def _owners(document: Document) -> tuple[str, ...]:
    item = document.item
    return (item.owner_id,) if isinstance(item, Citation) else item.article.cities


def _same_series(one: Citation, other: Citation) -> bool:
    return (
        one.fact.figure is not None
        and other.fact.figure is not None
        and one.fact.figure.indicator == other.fact.figure.indicator
    )


def _settling(found: list[Ranked], question: Question) -> Citation | None:
    """The latest fact that settles a question by yes or no, among those that cover it best.

    None when the question gives a number, or asks more, or of a ruling: a fact that shows a
    thing in use does not tell those.
    """
    if not question.asks("yes-no") or question.asks(*_MORE):
        return None
    words = question.reading.words
    if any(word.isdigit() for word in words) or question.about(Concept("theme", "justice")):
        return None
    for ranked in found:
        citation = ranked.document.item
        if ranked.coverage < found[0].coverage:
            return None
        if (
            isinstance(citation, Citation)
            and citation.fact.in_use is not None
            and all(_speaks_of(ranked.document, unit) for unit in question.reading.units)
        ):
            return citation
    return None


def _speaks_of(document: Document, unit: Unit) -> bool:
    """Whether a curator tied a fact to the most precise thing that a unit may stand for.

    A word that stands for none must be among those of the fact.
    """
    precise = {concept for concept in unit.concepts if concept.kind != "theme"} or unit.concepts
    if precise:
        return not precise.isdisjoint(document.assigned)
    return document.stems.issuperset(unit.stems)


def _missing(
    lead: Citation, year: Period | None, question: Question
) -> Literal["figure", "year", "date", "reason"] | None:
    if year is not None:
        held = lead.period
        if held is None or not (held.first <= year.last and year.first <= held.last):
            return "year"
    if question.intent == "how-many" and lead.fact.figure is None:
        return "figure"
    if question.intent == "when" and lead.period is None:
        return "date"
    if question.intent == "why":
        return "reason"
    return None
