"""What is asked of several towns, or of all: a ranking, a ratio, or one line for each."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.anywhere import Anywhere
from bot.answers.comparisons import Comparisons
from bot.answers.cues import COMPARATIVES
from bot.answers.facts import Facts
from bot.answers.model import Answer, Comparison, Row, Territory, Unknown
from bot.answers.question import Question
from bot.answers.together import Together
from bot.language.folding import fold

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
            return self._of_several(question)
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
        if not counts:
            beside = None if question.asks("act") else self._side_by_side(question, None)
            return beside if beside and _is_whole(beside) else self._nothing(question)
        compared = self._comparisons.between_territories(question)
        if compared is not None and _is_whole(compared):
            return compared
        told = None
        if compared is None or not question.asks("compare", "ranking"):
            told = self._together.of_all(question)
        return told or self._side_by_side(question, compared) or self._nothing(question)

    def _side_by_side(self, question: Question, compared: Comparison | None) -> Comparison | None:
        """The figures compared, with the fact that answers for each town that has none; None when
        nothing is told of any, or when one fact tells of several."""
        known = [Row(town, None) for town in question.territories]
        known = list(compared.rows) if compared else known
        rows = tuple(row if row.citation else self._row(row.territory, question) for row in known)
        told = [row for row in rows if row.citation]
        if not told or (not compared and any(_names_another(row, rows) for row in told)):
            return None
        return Comparison(
            indicator=compared.indicator if compared else None,
            rows=rows,
            shape="side by side",
            territories=question.territories,
            citations=tuple(row.citation for row in told if row.citation),
        )

    def _row(self, town: Territory, question: Question) -> Row:
        told = self._facts.settled(replace(question, territories=(town,)))
        if told is None or not told.citations:
            return Row(town, None)
        return Row(town, told.citations[0], verdict=told.verdict)

    def _nothing(self, question: Question) -> Unknown | None:
        """That nothing is told of any of these covered towns; None where something is."""
        towns = question.territories
        asked = (self._facts.settled(replace(question, territories=(town,))) for town in towns)
        is_covered = all(town.id is not None for town in towns)
        return Unknown(territories=towns) if is_covered and not any(asked) else None


def _is_whole(compared: Comparison) -> bool:
    """Whether something is told on each line."""
    return all(row.citation for row in compared.rows)


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
