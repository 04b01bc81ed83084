"""What is asked of several towns, or of all: a ranking, a ratio, or one line for each."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.anywhere import Anywhere
from bot.answers.comparisons import Comparisons
from bot.answers.cues import COMPARATIVES
from bot.answers.facts import Facts
from bot.answers.model import Answer, Comparison, FactAnswer, Row, Territory, Unknown
from bot.answers.question import Question
from bot.answers.together import Together
from bot.language.folding import fold

MOST = 8
"""Towns that are set side by side: more make no message to read on a phone."""
_LEAST = frozenset(("moins", "least", "fewest", "minimum"))


class Figures:
    """Sets towns side by side: their figures, else the fact that answers for each."""

    def __init__(
        self, comparisons: Comparisons, together: Together, anywhere: Anywhere, facts: Facts
    ) -> None:
        self._comparisons = comparisons
        self._together = together
        self._anywhere = anywhere
        self._facts = facts

    def answer(self, question: Question) -> Answer | None:
        """The ranking, the ratio or the towns that are asked; None when one town is, or none."""
        if question.asks("ranking") and not (question.territories or question.asks("ratio")):
            told = self._anywhere.answer(question) if question.years else None
            return told or self._ranking(question) or _none_there(question)
        if question.asks("ratio") and not (question.territories and question.asks("ranking")):
            said = self._facts.saying(question, "ratio")
            return said or self._comparisons.ratio(question) or _none_there(question)
        if len(question.territories) > 1:
            first = question.territories[:MOST]
            told = self._of_several(replace(question, territories=first))
            is_cut = len(first) < len(question.territories)
            return replace(told, is_cut=is_cut) if isinstance(told, Comparison) else told
        return None

    def _ranking(self, question: Question) -> Comparison | None:
        least = not _LEAST.isdisjoint(question.reading.words)
        return self._comparisons.ranking(question, least=least)

    def _of_several(self, question: Question) -> Answer | None:
        """One line for each town, or what tells of all of them."""
        counts = (
            question.asks("compare", "how-many", "ranking")
            or not COMPARATIVES.isdisjoint(question.reading.words)
            or not question.asks("when", "who", "vendor", "why", "act")
        )
        compared = self._comparisons.between_territories(question) if counts else None
        if compared is not None and _is_whole(compared):
            return compared
        if counts and (compared is None or not question.asks("compare", "ranking")):
            told = self._together.of_all(question)
            if told is not None:
                return told
        if question.asks("act") and not counts:
            return None
        beside = self._side_by_side(question, compared)
        is_told = isinstance(beside, Comparison) and (counts or _is_whole(beside))
        return beside if is_told or isinstance(beside, Unknown) else None

    def _side_by_side(
        self, question: Question, compared: Comparison | None
    ) -> Comparison | Unknown | None:
        """The figures compared, with the fact that answers for each town that has none; that
        nothing is told of any; or None when one fact tells of several."""
        towns = question.territories
        figures = {row.territory: row.citation for row in compared.rows} if compared else {}
        told = {
            town: self._facts.settled(replace(question, territories=(town,)))
            for town in towns
            if figures.get(town) is None
        }
        if all(figures.get(town) is None and told[town] is None for town in towns):
            is_covered = all(town.id is not None for town in towns)
            return Unknown(territories=towns) if is_covered else None
        rows = tuple(
            Row(town, cited) if (cited := figures.get(town)) else _row(town, told[town])
            for town in towns
        )
        if not compared and any(_names_another(row, rows) for row in rows):
            return None
        return Comparison(
            indicator=compared.indicator if compared else None,
            rows=rows,
            shape="side by side",
            territories=towns,
            citations=tuple(row.citation for row in rows if row.citation),
        )


def _row(town: Territory, told: FactAnswer | None) -> Row:
    if told is None:
        return Row(town, None)
    if not told.citations:
        return Row(town, None, article=told.articles[0])
    return Row(town, told.citations[0], verdict=told.verdict)


def _is_whole(compared: Comparison) -> bool:
    """Whether something is told on each line."""
    return all(row.is_told for row in compared.rows)


def _names_another(row: Row, rows: Iterable[Row]) -> bool:
    """Whether a fact told of a town names another one of those asked."""
    text = f" {fold(row.citation.fact.text)} " if row.citation else ""
    towns = (other.territory for other in rows)
    return any(f" {fold(town.name)} " in text for town in towns if town != row.territory)


def _none_there(question: Question) -> Unknown | None:
    """Where no town of the area named has a figure, those of others are no answer; nor is
    anything else, for the town whose cameras were to be counted."""
    is_of_town = bool(question.territories) and question.is_of_all_cameras
    if question.area is None and not is_of_town:
        return None
    return Unknown(territories=question.territories, reason="detail")
