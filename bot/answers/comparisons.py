"""Figures side by side: several territories, several years, a ranking, a ratio."""

from bot.answers.cities import Cities
from bot.answers.model import Comparison, Row, Shape, Territory
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Series, figure_of
from bot.knowledge.model import Knowledge
from bot.search.lexicon import CAMERAS, Concept
from bot.search.phrases import Phrases

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

    def indicator(self, question: Question) -> str | None:
        """The indicator that a question is most about, among those with figures; else None.

        Each part of the question votes for the indicators that it names and, by half, for
        those of the themes that it names; what it brings to mind counts less, and so do cameras
        beside another subject. The first in the vocabulary wins a tie. Without a subject, what
        its words imply: « la ville la plus filmée ».
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
        for tag, vote in votes.items():
            if vote >= 0.5 and Concept("indicator", tag) in question.reading.hints:
                votes[tag] += 0.3
        held = {tag: vote for tag, vote in votes.items() if vote and tag in self._series}
        if held or subjects:
            return max(held, key=lambda tag: held[tag]) if held else None
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

    def between_years(self, territory: Territory, question: Question) -> Comparison | None:
        """One line for each year asked of one territory; None without a figure for two of them."""
        indicator = self.indicator(question)
        series = self._series.get(indicator or "", {}).get(territory.id or "")
        if indicator is None or series is None:
            return None
        rows = []
        for year in question.years:
            points = [p for p in series.points if p.period and year.contains(p.period)]
            if points:
                rows.append(Row(territory, points[0]))
        if len(rows) < 2:
            return None
        return self._compared(indicator, tuple(rows), "side by side")

    def ranking(self, question: Question, *, least: bool) -> Comparison | None:
        """The covered territories with the most, or the least; None when nothing can be ranked."""
        indicator = self.indicator(question)
        if indicator is None:
            return None
        rows = [
            Row(self._gazetteer.covered(id_), series.latest)
            for id_, series in self._series[indicator].items()
        ]
        rows.sort(key=_value, reverse=not least)
        shape: Shape = "least first" if least else "most first"
        return self._compared(indicator, tuple(rows), shape, limit=ROWS)

    def ratio(self, question: Question) -> Comparison | None:
        """Figures for 1,000 inhabitants: of the communes asked, else of the highest ones."""
        indicator = self.indicator(question) or "cameras"
        wanted = {territory.id for territory in question.territories}
        rows = []
        for id_, series in self._series.get(indicator, {}).items():
            territory = self._gazetteer.covered(id_)
            if territory.population and (not wanted or id_ in wanted):
                value = figure_of(series.latest).value
                rows.append(Row(territory, series.latest, value * 1000 / territory.population))
        if not rows:
            return None
        rows.sort(key=lambda row: row.per_thousand or 0.0, reverse=True)
        return self._compared(indicator, tuple(rows), "per inhabitant", limit=ROWS)

    def _compared(
        self,
        indicator: str,
        rows: tuple[Row, ...],
        shape: Shape,
        limit: int | None = None,
    ) -> Comparison:
        shown = rows[:limit]
        return Comparison(
            territories=tuple(dict.fromkeys(row.territory for row in shown)),
            citations=tuple(row.citation for row in shown if row.citation),
            indicator=indicator,
            rows=shown,
            shape=shape,
            total=len(rows),
        )


def _value(row: Row) -> float:
    return figure_of(row.citation).value if row.citation else 0.0
