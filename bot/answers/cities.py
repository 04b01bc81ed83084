"""What the base holds on one territory: its card, and the pages behind its buttons."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar, get_args

from bot.answers.agenda import Calendar
from bot.answers.model import CityCard, NotCovered, Section, SectionPage, Territory
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Citation, DatedArticle, Series, cite, series_of
from bot.knowledge.model import Article, Knowledge
from bot.knowledge.occurrences import DatedEvent
from bot.language.dates import Period

Item = TypeVar("Item")

FACTS_A_PAGE = 4
ITEMS_A_PAGE: dict[Section, int] = {"events": 3, "articles": 4, "sources": 8}
KEY_FIGURES = 4
CONTESTED = 2
HIGHLIGHTS = 3


class Cities:
    """Answers about the territories of one state of the base."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer, calendar: Calendar) -> None:
        self._knowledge = knowledge
        self._gazetteer = gazetteer
        self._calendar = calendar
        self._citations = {id_: tuple(cite(id_, city)) for id_, city in knowledge.cities.items()}
        self._series = {id_: series_of(citations) for id_, citations in self._citations.items()}
        self._articles: dict[str, list[DatedArticle]] = {}
        for article_id, article in sorted(knowledge.articles.items(), key=_by_date, reverse=True):
            for city in article.cities:
                self._articles.setdefault(city, []).append(DatedArticle(article_id, article))

    def citations(self, id_: str) -> tuple[Citation, ...]:
        """The facts on one territory, in the order of its file."""
        return self._citations[id_]

    def series(self, id_: str) -> Mapping[str, Series]:
        """The figures of one territory, by indicator."""
        return self._series[id_]

    def about(self, territory: Territory, now: datetime) -> CityCard | NotCovered:
        """The first page on a territory, or what can be said of one that is not covered."""
        if territory.id is None:
            return self._not_covered(territory)
        citations = self._citations[territory.id]
        indicators = self._knowledge.vocabulary.indicators
        series = self._series[territory.id]
        keys = tuple(series[tag] for tag in indicators if tag in series and indicators[tag].key)
        keys = keys[:KEY_FIGURES]
        highlights = () if keys else _latest_first(citations)[:HIGHLIGHTS]
        shown = {*highlights, *(one.latest for one in keys)}
        contested = _latest_first(c for c in citations if c.fact.contested and c not in shown)
        contested = contested[:CONTESTED]
        upcoming = self._calendar.upcoming(now, [territory.id])
        past = () if upcoming else self._calendar.past(now, [territory.id])
        behind = (*(one.latest for one in keys), *contested, *highlights)
        return CityCard(
            territories=(territory,),
            citations=tuple(dict.fromkeys(behind)),
            key_series=keys,
            contested=contested,
            highlights=highlights,
            upcoming=upcoming[:2],
            last=past[0] if past else None,
            sections=self.sections(territory.id),
        )

    def sections(self, id_: str) -> tuple[Section, ...]:
        """The pages that have something to show, in the order of their buttons."""
        themes = self._knowledge.vocabulary.themes
        held: set[str] = {themes[c.fact.theme].section for c in self._citations[id_]}
        if any(id_ in event.cities for event in self._knowledge.events.values()):
            held.add("events")
        if id_ in self._articles:
            held.add("articles")
        held.add("sources")
        return tuple(section for section in get_args(Section) if section in held)

    def section(
        self, territory: Territory, section: Section, page: int, now: datetime
    ) -> SectionPage:
        """One page behind a button of a card; `page` is brought in range."""
        assert territory.id is not None
        citations: tuple[Citation, ...] = ()
        events: tuple[DatedEvent, ...] = ()
        upcoming: tuple[DatedEvent, ...] = ()
        articles: tuple[DatedArticle, ...] = ()
        size = ITEMS_A_PAGE.get(section, FACTS_A_PAGE)
        match section:
            case "events":
                cities = [territory.id]
                upcoming = self._calendar.upcoming(now, cities)
                events = (*upcoming, *self._calendar.past(now, cities))
                events, pages, page = _page(events, page, size)
            case "articles":
                articles, pages, page = _page(
                    tuple(self._articles.get(territory.id, ())), page, size
                )
            case "sources":
                citations, pages, page = _page(self._one_a_source(territory.id), page, size)
            case _:
                citations, pages, page = _page(self._in_section(territory.id, section), page, size)
        return SectionPage(
            territories=(territory,),
            citations=citations,
            events=events,
            has_upcoming=bool(upcoming),
            articles=articles,
            section=section,
            page=page,
            pages=pages,
            sections=self.sections(territory.id),
        )

    def _in_section(self, id_: str, section: Section) -> tuple[Citation, ...]:
        themes = self._knowledge.vocabulary.themes
        return _latest_first(
            c for c in self._citations[id_] if themes[c.fact.theme].section == section
        )

    def _one_a_source(self, id_: str) -> tuple[Citation, ...]:
        """One fact for each page read, so that every source is shown once."""
        seen: dict[str, Citation] = {}
        for citation in self._citations[id_]:
            for key in citation.fact.sources:
                seen.setdefault(key, citation)
        return tuple(dict.fromkeys(seen.values()))

    def _not_covered(self, territory: Territory) -> NotCovered:
        assert territory.insee is not None
        near, is_same_epci = self._gazetteer.near(territory.insee)
        epci_name, epci = self._gazetteer.epci_of(territory.insee)
        return NotCovered(
            territories=(territory,),
            choices=near,
            epci_name=epci_name,
            epci=epci,
            near=near,
            is_same_epci=is_same_epci,
        )


def _by_date(pair: tuple[str, Article]) -> tuple[str, str]:
    """Undated articles come last once reversed."""
    id_, article = pair
    return article.date or "", id_


def _latest_first(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Undated facts come last, in the order of their file."""
    dated: list[tuple[Period, Citation]] = []
    undated: list[Citation] = []
    for citation in citations:
        if citation.period is None:
            undated.append(citation)
        else:
            dated.append((Period(citation.period.last, citation.period.first), citation))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return (*(citation for _, citation in dated), *undated)


def _page(items: tuple[Item, ...], page: int, size: int) -> tuple[tuple[Item, ...], int, int]:
    """The items of one page, how many pages there are, and the page brought in range."""
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    return items[page * size : (page + 1) * size], pages, page
