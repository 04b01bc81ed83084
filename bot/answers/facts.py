"""The fact that answers a question about one territory, or about the whole country."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from bot.answers.cities import Cities
from bot.answers.counts import Counts
from bot.answers.model import FactAnswer, Territory, Unknown
from bot.answers.question import Question
from bot.knowledge.citations import Card, Citation, DatedArticle, Series
from bot.knowledge.model import Intent, Knowledge
from bot.language.dates import Period
from bot.language.folding import fold
from bot.language.stems import stems
from bot.search.index import Document, Index
from bot.search.lexicon import CAMERAS, EVERYTHING, Concept, Unit
from bot.search.ranking import Ranked, Wish, rank

_COST = Concept("theme", "cout")
_CSU = Concept("theme", "csu")
_JUSTICE = Concept("theme", "justice")
Missing = Literal["figure", "year", "date", "reason"] | None
OFFERED = 6
"""Cities offered when a question names none."""
OTHERS = 2
"""Facts told after the one that answers."""
NEAR = 2.5
"""How much less than the first a fact may score to be told too: it may be what was meant."""
_MORE: tuple[Intent, ...] = ("how-many", "definition", "why", "act", "when", "where", "evolution")
"""What is not answered by yes or no, however it is asked."""
NAMING = 1.5
"""How much less than a refusal what names a town without a file may score to be told of it."""
RARE = 0.5
"""From what rarity on a word singles out the fact that says it."""
ARTICLE_TELLS = 1.0
"""How much higher an article must score to be told rather than a fact."""
CLEAR = 3.0
"""By how much more than a refusal a fact must score to be told to who names somebody close, or a
subject of which it does not speak."""
TELLING = 60
"""A word or concept that more documents share does not single one out."""


class Facts:
    """Answers with facts, from one state of the base."""

    def __init__(self, knowledge: Knowledge, index: Index, cities: Cities) -> None:
        self._knowledge = knowledge
        self._index = index
        self._cities = cities
        self._counts = Counts(knowledge.vocabulary.indicators, index, cities)
        self._covered = frozenset(fold(city.name) for city in knowledge.cities.values())
        self._products = {
            Concept("topic", id_)
            for id_, topic in knowledge.topics.items()
            if topic.kind in ("technology", "vendor") and id_ != EVERYTHING.tag
        }
        self._company_words = index.lexicon.suiting("vendor")

    def about(
        self, territory: Territory, question: Question, least: float = 0.0
    ) -> FactAnswer | Unknown:
        """The fact on a covered territory that answers, or the honest absence of one.

        `least`: by how much it must score above a refusal.
        """
        assert territory.id is not None
        counted = self._counts.of_all(territory, question)
        if counted is not None:
            return counted
        found = self._ranked(self._index.of_town[territory.id], question)
        if question.asks("vendor") and question.is_of_cameras:
            found = [one for one in found if self._names_company(one.document)]
        if found and found[0].lead > least and self._suits(found[0], question):
            first = self._counts.later_than(found[0], found, question)
            found = [first, *(one for one in found if one is not first)]
            best = first.document
            counted = self._counts.nearest(territory, best, question)
            counted = counted or self._counts.instead(territory, best, question)
            told = counted or self.tell(found, question, territory)
            return self._counts.first(territory, question, told) or told
        of_cameras = _of_cameras(found, question)
        if of_cameras:
            return self.tell(of_cameras, question, territory)
        counted = self._counts.first(territory, question, None)
        return counted or self._absent(territory, found, question)

    def _suits(self, best: Ranked, question: Question) -> bool:
        """Whether a document clearly answers; else it must speak of the technology or of the vendor
        that a question names, and of a cost where a price is asked."""
        if best.lead >= CLEAR:
            return True
        spoken = best.document.assigned | best.document.said
        units = [unit for unit in question.reading.units if unit.concepts and not unit.is_recalled]
        products = self._products & {concept for unit in units for concept in unit.concepts}
        if products and products.isdisjoint(spoken):
            return False
        return not _asks_price(units) or _COST in spoken or _denies(best.document)

    def _names_company(self, document: Document) -> bool:
        return document.names_vendor or not self._company_words.isdisjoint(document.stems)

    def mentioning(self, territory: Territory, question: Question) -> FactAnswer | None:
        """What is told of a commune that has no file: by an article, or among other facts.

        Nothing where a covered town bears its name: it is of that one that they tell.
        """
        if fold(territory.name) in self._covered:
            return None
        of_justice = question.about(_JUSTICE)
        naming = self._index.naming(territory.name, by_courts=of_justice)
        found = self._ranked(naming, question)
        if not found or found[0].lead <= -NAMING:
            return None
        return self.tell(found, question, territory)

    def foretells(self, territories: tuple[Territory, ...], year: Period) -> bool:
        """Whether a fact on one of these territories names a year to come."""
        return any(
            str(year.year) in document.stems
            for territory in territories
            for document in self._index.by_owner.get(territory.id or "", ())
        ) or (
            not territories
            and any(
                str(year.year) in shelf.by_stem
                for shelf in (self._index.topics, self._index.cities)
            )
        )

    def settled(self, question: Question, least: float = 0.0) -> FactAnswer | None:
        """The fact on the one town asked, as `about` finds it; None without any, and for several
        towns."""
        territories = question.territories
        if len(territories) != 1 or territories[0].id is None:
            return None
        answer = self.about(territories[0], question, least)
        return answer if isinstance(answer, FactAnswer) else None

    def saying(self, question: Question, intent: Intent) -> FactAnswer | None:
        """The fact on the one town asked, if its words suit an intent: of a series, the latest
        that says so."""
        answer = self.settled(question)
        suits = self._index.lexicon.suiting(intent)
        if answer is None or not answer.citations or not _says(answer.citations[0], suits):
            return None
        if answer.series is None or question.years or question.is_past:
            return answer
        points = answer.series.points
        latest = next((one for one in points if _says(one, suits)), answer.citations[0])
        others = (one for one in answer.citations[1:] if one != latest)
        return replace(answer, citations=(latest, *others))

    def _ranked(self, documents: Iterable[Document], question: Question) -> list[Ranked]:
        return rank(documents, question.reading, self._index, wish_of(question))

    def _absent(self, territory: Territory, found: list[Ranked], question: Question) -> Unknown:
        assert territory.id is not None
        themes = (citation.fact.theme for citation in self._cities.citations(territory.id))
        near = bool(found) and bool(question.reading.concepts)
        return Unknown(
            territories=(territory,),
            holds=tuple(dict.fromkeys(themes)),
            reason="detail" if near else "nothing",
        )

    def tell(
        self, found: list[Ranked], question: Question, territory: Territory | None
    ) -> FactAnswer:
        """The first of these, with what the base says beside it."""
        territories = (territory,) if territory else ()
        facts = [one for one in found if isinstance(one.document.item, Citation)]
        is_asked = question.is_of_article
        if question.years and facts and not question.asks_change:
            # An article of the year asked, rather than a fact of another year
            is_asked = is_asked or not _is_of(facts[0].document.item, question.years[0])
        is_told = (
            not (is_asked and isinstance(found[0].document.item, DatedArticle))
            and facts
            and facts[0].answers
            and facts[0].score >= found[0].score - ARTICLE_TELLS
        )
        best = facts[0] if is_told else found[0]
        item = best.document.item
        if isinstance(item, DatedArticle):
            return FactAnswer(territories=territories, articles=(item,))
        assert isinstance(item, Citation)
        year = None if question.asks_change else next(iter(question.years), None)
        series = self._series(item)
        lead = item
        settling = _settling(found, question)
        if settling is not None:
            lead = settling
            series = None
        elif series is not None and question.asks_change:
            lead = series.latest
        elif series is not None and _asks_latest(question):
            near = (one.document.item for one in facts if one.score >= best.score - NEAR)
            lead = series.latest if series.latest in near else lead
        if series is not None and year is not None and question.asks("how-many"):
            is_said = _is_of(lead, year) or str(year.year) in stems(lead.fact.text)
            if not (is_said or question.asks("evolution")):
                lead = series.nearest(year)
            series = series.within(year)
        told = [lead]
        if series is not None and lead == series.latest and question.is_count_of_cameras:
            told += self._counts.newer(lead)
        for ranked in facts:
            other = ranked.document.item
            if ranked.score < best.score - NEAR or len(told) > OTHERS:
                break
            if not isinstance(other, Citation) or other in told or _same_series(other, lead):
                continue
            if not question.is_count_of_cameras or _is_count_too(other, lead):
                told.append(other)
        return FactAnswer(
            territories=territories,
            citations=tuple(told),
            series=series,
            verdict=None if settling is None else "yes" if settling.fact.in_use else "no",
            missing=_missing(lead, year, question, tells_number=best.document.tells_number),
            year=year,
            shows_change=question.asks_change,
        )

    def _series(self, citation: Citation) -> Series | None:
        if citation.fact.figure is None or citation.owner_id not in self._knowledge.cities:
            return None
        return self._cities.series(citation.owner_id)[citation.fact.figure.indicator]


def _is_count_too(other: Citation, lead: Citation) -> bool:
    """Whether a fact counts what another does, or contradicts it: no projection does."""
    counts = other.fact.figure is not None or other.fact.contested
    return counts and other.fact.theme == lead.fact.theme


def _says(citation: Citation, words: frozenset[str]) -> bool:
    return not words.isdisjoint(stems(citation.fact.text))


def _asks_latest(question: Question) -> bool:
    """Whether it asks for a figure as it is now."""
    is_dated = question.is_past or question.years or question.reading.numbers
    is_plain = question.is_latest or all(unit.concepts for unit in question.reading.units)
    return question.intent == "how-many" and is_plain and not is_dated


def _asks_price(units: Sequence[Unit]) -> bool:
    return any(_COST in unit.concepts for unit in units)


def _denies(document: Document) -> bool:
    """Whether it tells that what is asked of is not in use, which nobody then pays."""
    return isinstance(document.item, Citation) and document.item.fact.in_use is False


def _of_cameras(found: list[Ranked], question: Question) -> list[Ranked]:
    """What is told of the cameras, best first, where nothing else is said; a number if asked."""
    says_more = not all(unit.concepts for unit in question.reading.units)
    if says_more or question.asks("where", "vendor") or not question.is_of_all_cameras:
        return []
    own = [one for one in found if CAMERAS in one.document.assigned]
    if question.asks("how-many"):
        return [one for one in own if one.document.tells_number]
    asks_more = question.reading.numbers or set(question.reading.intents) - {"yes-no"}
    return own or [one for one in found if _shows_cameras(one.document) and not asks_more]


def _shows_cameras(document: Document) -> bool:
    """Whether it tells of a control room or of cameras, and so that a town has some."""
    return CAMERAS in document.said or _CSU in document.assigned


def _worth_of_a_company(question: Question) -> float:
    """Who has made it is often asked by « qui » alone, as who has said it."""
    if question.asks("where", "how-many", "when"):
        return 0.0
    return 1.5 if question.asks("vendor") else 0.8 if question.asks("who") else 0.0


def wish_of(question: Question) -> Wish:
    """What would suit a question besides its subject."""
    return Wish(
        figure=question.asks("how-many", "evolution", "compare"),
        sum_of_money=not question.counts_things,
        vendor=_worth_of_a_company(question),
        date=question.asks("when"),
        year=question.years[0] if question.years and not question.asks_change else None,
        article=question.is_of_article,
        first=question.asks("when"),
        told=question.told,
        told_of=question.told_of,
        town=bool(question.territories),
    )


def _is_of(item: Citation | DatedArticle | Card, year: Period) -> bool:
    held = item.period if isinstance(item, Citation) else None
    return held is not None and held.overlaps(year)


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
    if any(word.isdigit() for word in words) or question.about(_JUSTICE):
        return None
    for ranked in found:
        citation = ranked.document.item
        if ranked.coverage < found[0].coverage or ranked.score < found[0].score - NEAR:
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
    lead: Citation, year: Period | None, question: Question, *, tells_number: bool
) -> Missing:
    if year is not None and not (_is_of(lead, year) or str(year.year) in stems(lead.fact.text)):
        return "year"
    if question.intent == "how-many" and lead.fact.figure is None and not tells_number:
        return "figure"
    if question.intent == "when" and lead.period is None:
        return "date"
    if question.intent == "why":
        return "reason"
    return None
