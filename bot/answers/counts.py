"""How many cameras a town has, where its figures answer rather than what is worded most alike."""

from collections.abc import Iterable, Mapping

from bot.answers.cities import Cities
from bot.answers.model import FactAnswer, Territory
from bot.answers.question import COMMON, PLANNED, Question
from bot.knowledge.citations import Citation, figure_of
from bot.knowledge.model import Indicator
from bot.search.index import Document, Index
from bot.search.lexicon import CAMERAS
from bot.search.ranking import Ranked

_IN_USE = "cameras"
"""The indicator of the cameras of a town that work."""


class Counts:
    """Counts of cameras, from one state of the base."""

    def __init__(self, indicators: Mapping[str, Indicator], index: Index, cities: Cities) -> None:
        self._indicators = indicators
        self._index = index
        self._cities = cities

    def of_all(self, territory: Territory, question: Question) -> FactAnswer | None:
        """How many cameras a town has, where a question says that they are gone, or asks how
        their number changed."""
        assert territory.id is not None
        series = self._cities.series(territory.id).get(_IN_USE)
        is_precise = question.years or question.reading.numbers or question.is_of_article
        is_now_gone = question.asks("gone") and not question.is_past
        is_gone = is_now_gone and CAMERAS in question.reading.concepts <= COMMON
        if series is None or is_precise or not (is_gone or question.is_of_all_cameras):
            return None
        said = {word for unit in question.reading.units if not unit.concepts for word in unit.stems}
        if any(said & document.stems for document in self._index.of_town[territory.id]):
            return None
        is_change = question.asks_change and bool(series.earlier)
        if not (question.asks("gone") or is_change):
            return None
        return FactAnswer(
            territories=(territory,),
            citations=(series.latest,),
            series=series,
            missing="reason" if question.asks("gone") and question.intent == "why" else None,
            shows_change=is_change and not question.asks("gone"),
        )

    def first(
        self, territory: Territory, question: Question, told: FactAnswer | None
    ) -> FactAnswer | None:
        """How many cameras a town has, where that is asked first, then what is `told` besides."""
        assert territory.id is not None
        series = self._cities.series(territory.id).get(_IN_USE)
        if not question.counts_first or series is None:
            return None
        besides = [one for one in (told.citations if told else ()) if one != series.latest]
        return FactAnswer(
            territories=(territory,), citations=(series.latest, *besides), series=series
        )

    def instead(
        self, territory: Territory, best: Document, question: Question
    ) -> FactAnswer | None:
        """How the number of cameras changed, where `best`, which would be told, counts those that
        are only planned."""
        assert territory.id is not None
        series = self._cities.series(territory.id).get(_IN_USE)
        is_change = question.asks_change and question.is_of_all_cameras
        is_planned = not PLANNED.isdisjoint(best.assigned)
        if not (is_change and is_planned) or series is None or not series.earlier:
            return None
        return FactAnswer(
            territories=(territory,), citations=(series.latest,), series=series, shows_change=True
        )

    def nearest(
        self, territory: Territory, best: Document, question: Question
    ) -> FactAnswer | None:
        """The count nearest to the one year asked, where `best`, which would be told, counts no
        cameras."""
        assert territory.id is not None
        series = self._cities.series(territory.id).get(_IN_USE)
        reading = question.reading
        is_plain = not (reading.hints or reading.numbers) and all(u.concepts for u in reading.units)
        is_count = question.is_of_all_cameras and question.intent == "how-many"
        if not (is_count and is_plain and len(question.years) == 1) or series is None:
            return None
        has_figure = isinstance(best.item, Citation) and best.item.fact.figure is not None
        if question.asks("evolution") or (
            CAMERAS in best.assigned and (best.tells_number or has_figure)
        ):
            return None
        (year,) = question.years
        near = series.nearest(year)
        is_of_year = near.period is not None and near.period.overlaps(year)
        return FactAnswer(
            territories=(territory,),
            citations=(near,),
            missing=None if is_of_year else "year",
            year=year,
        )

    def later_than(self, best: Ranked, found: Iterable[Ranked], question: Question) -> Ranked:
        """A later count of the cameras in use that answers too, rather than `best` where this
        counts others: those tied to a control room, which may be of a whole region."""
        counted = best.document.item
        figure = counted.fact.figure if isinstance(counted, Citation) else None
        if figure is None or not question.is_count_of_cameras:
            return best
        if self._indicators[figure.indicator].shows is None:
            return best
        return next((one for one in found if one.answers and self._is_later(one, best)), best)

    def _is_later(self, one: Ranked, other: Ranked) -> bool:
        """Whether one counts cameras in use, later than the other counts anything."""
        its, before = one.document.item, other.document.item
        if not (isinstance(its, Citation) and isinstance(before, Citation)):
            return False
        return self._counts_in_use(its) and its.is_later_than(before)

    def _counts_in_use(self, citation: Citation) -> bool:
        figure = citation.fact.figure
        if figure is None or figure.indicator in {concept.tag for concept in PLANNED}:
            return False
        own = self._indicators[figure.indicator]
        return own.shows is None and own.theme == self._indicators[_IN_USE].theme

    def newer(self, counted: Citation) -> list[Citation]:
        """The latest of the larger counts of other cameras of a town, where one is newer: those
        that are fixed, or tied to its control room."""
        shown = figure_of(counted)
        latest = (series.latest for series in self._cities.series(counted.owner_id).values())
        newer = [
            other
            for other in latest
            if self._indicators[figure_of(other).indicator].shows == shown.indicator
            and figure_of(other).value > shown.value
            and other.is_later_than(counted)
        ]
        return sorted(newer, key=lambda one: figure_of(one).as_of)[-1:]
