"""Figures side by side: several territories, several years, a ranking, a ratio."""

from dataclasses import replace
from heapq import nlargest, nsmallest

from bot.answers.cities import Cities
from bot.answers.model import Comparison, Row, Shape, Territory
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Series, figure_of
from bot.knowledge.model import Figure, Knowledge
from bot.language.stems import stems
from bot.search.lexicon import CAMERAS, Concept
from bot.search.phrases import Phrases

_CAMERA = frozenset(stems("caméra cam"))
ROWS = 5
"""Lines of a ranking."""


class Comparisons:
    """Compares the figures of one state of the base."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer, cities: Cities) -> None:
        self._indicators = knowledge.vocabulary.indicators
        self._implied = Phrases(
            (word, tag) for tag, known in self._indicators.items() for word in known.implied
        )
        self._gazetteer = gazetteer
        self._series: dict[str, dict[str, Series]] = {}
        for id_ in knowledge.cities:
            for indicator, series in cities.series(id_).items():
                self._series.setdefault(indicator, {})[id_] = series
        # Only the ends of each ranking are kept: a question costs the same in a larger base.
        self._ends: dict[tuple[str, Shape], tuple[list[Row], int]] = {}
        for indicator, held in self._series.items():
            rows = [Row(gazetteer.covered(id_), series.latest) for id_, series in held.items()]
            ratios = list(filter(None, map(_ratio, rows)))
            most = nlargest(ROWS, ratios, _per_thousand)
            self._ends[indicator, "most first"] = nlargest(ROWS, rows, _value), len(rows)
            self._ends[indicator, "least first"] = nsmallest(ROWS, rows, _value), len(rows)
            self._ends[indicator, "per inhabitant"] = most, len(ratios)

    def indicator(self, question: Question) -> str | None:
        """The indicator that a question is most about, among those with figures; else None.

        Each part of the question votes for the indicators that it names and, by half, for
        those of the themes that it names; what it brings to mind counts less, and so do cameras
        beside another subject. To be compared, some town asked must have it. What is there wins a
        tie over what is planned, else the first in the vocabulary. Without a subject, what its
        words imply: « la ville la plus filmée ».
        """
        votes = dict.fromkeys(self._indicators, 0.0)
        subjects = [unit for unit in question.reading.units if unit.concepts]
        for unit in subjects:
            share = 0.4 if len(subjects) > 1 and CAMERAS in unit.concepts else 1.0
            for tag, indicator in self._indicators.items():
                if Concept("indicator", tag) in unit.concepts:
                    votes[tag] += share
                elif Concept("theme", indicator.theme) in unit.concepts:
                    votes[tag] += share / 2
        themes = {c.tag for unit in subjects for c in unit.concepts if c.kind == "theme"}
        compared = {territory.id for territory in question.territories if question.asks("compare")}
        for tag, vote in votes.items():
            if vote >= 0.5:  # « cout-csu » is of the cost and of the centre
                votes[tag] += 0.2 * (len(themes.intersection(tag.split("-"))) > 1)
            if vote >= 0.5 and Concept("indicator", tag) in question.reading.hints:
                votes[tag] += 0.3
        held = {
            tag: vote
            for tag, vote in votes.items()
            if vote
            and tag in self._series
            and not (compared and compared.isdisjoint(self._series[tag]))
        }
        if held or subjects:
            planned = {tag for tag in held if self._indicators[tag].planned}
            return max(held, key=lambda tag: (held[tag], tag not in planned), default=None)
        if question.asks("ranking") and not _CAMERA.isdisjoint(question.reading.stems):
            return "cameras"  # « qui a le plus de caméras », all of it being what is asked
        implied = self._implied.find(question.reading.stems)
        return implied[0].meanings[0] if implied else None

    def between_territories(self, question: Question) -> Comparison | None:
        """One line for each territory asked; None when no figure of any can be compared.

        Nothing said is of cameras: « compare Lille et Lens ».
        """
        indicator = self.indicator(question)
        if indicator is None and not question.reading.units and question.asks("compare"):
            indicator = "cameras"
        if indicator is None:
            return None
        held = self._series[indicator]
        rows = tuple(
            Row(territory, held[territory.id].latest if territory.id in held else None)
            for territory in question.territories
        )
        if not any(row.citation for row in rows):
            return None
        return self._compared(indicator, rows, "side by side")

    def between_years(
        self, territory: Territory, question: Question, told: Figure | None
    ) -> Comparison | None:
        """One line for each year asked of one territory, of what is asked, else of what is `told`;
        None without a figure for two of them."""
        indicators = self.indicator(question), told.indicator if told else None
        held = (self._series.get(tag or "", {}).get(territory.id or "") for tag in indicators)
        found = (self._in_years(territory, series, question) for series in held if series)
        return next(filter(None, found), None)

    def _in_years(
        self, territory: Territory, series: Series, question: Question
    ) -> Comparison | None:
        rows = []
        for year in question.years:
            points = [p for p in series.points if p.period and year.contains(p.period)]
            if points:
                rows.append(Row(territory, points[0]))
        if len(rows) < 2:
            return None
        return self._compared(series.indicator, tuple(rows), "side by side")

    def ranking(self, question: Question, *, least: bool) -> Comparison | None:
        """The covered territories with the most, or the least; None when nothing can be ranked."""
        indicator = self.indicator(question)
        if indicator is None:
            return None
        return self._among(indicator, "least first" if least else "most first", question)

    def ratio(self, question: Question) -> Comparison | None:
        """Figures for 1,000 inhabitants: of the places asked, else of the highest ones."""
        indicator = self.indicator(question) or "cameras"
        if not question.territories:
            return self._among(indicator, "per inhabitant", question)
        held = self._series.get(indicator, {})
        asked = dict.fromkeys(question.territories)
        counted = [Row(one, held[one.id].latest) for one in asked if one.id in held]
        ratios = sorted(filter(None, map(_ratio, counted)), key=_per_thousand, reverse=True)
        if not ratios:
            return None
        told = {row.territory for row in ratios}
        lacking = [Row(one, None) for one in asked if one not in told]
        return self._compared(indicator, (*ratios, *lacking)[:ROWS], "per inhabitant", 0)

    def _among(self, indicator: str, shape: Shape, question: Question) -> Comparison | None:
        """The first of all covered territories, or of those of the area that is named."""
        area = question.area
        if area is None:
            return self._first(indicator, shape)
        held = self._series.get(indicator, {})
        rows = [
            Row(self._gazetteer.covered(id_), held[id_].latest)
            for code in area.departements
            for id_ in self._gazetteer.ids_in(code)
            if id_ in held
        ]
        if shape == "per inhabitant":
            rows = sorted(filter(None, map(_ratio, rows)), key=_per_thousand, reverse=True)
        else:
            rows.sort(key=_value, reverse=shape == "most first")
        if not rows:
            return None
        compared = self._compared(indicator, tuple(rows[:ROWS]), shape, len(rows))
        return replace(compared, within="region" if area.is_region else "departement")

    def _first(self, indicator: str, shape: Shape) -> Comparison | None:
        rows, total = self._ends.get((indicator, shape), ((), 0))
        return self._compared(indicator, tuple(rows), shape, total) if rows else None

    def _compared(
        self, indicator: str, rows: tuple[Row, ...], shape: Shape, total: int | None = None
    ) -> Comparison:
        return Comparison(
            territories=tuple(dict.fromkeys(row.territory for row in rows)),
            citations=tuple(row.citation for row in rows if row.citation),
            indicator=indicator,
            rows=rows,
            shape=shape,
            total=len(rows) if total is None else total,
        )


def _value(row: Row) -> float:
    return figure_of(row.citation).value if row.citation else 0.0


def _ratio(row: Row) -> Row | None:
    """The same line for 1,000 inhabitants; None where nobody says how many there are."""
    if not row.territory.population:
        return None
    return replace(row, per_thousand=_value(row) * 1000 / row.territory.population)


def _per_thousand(row: Row) -> float:
    return row.per_thousand or 0.0
