"""What is told of several towns at once: « c'est Nantes qui regarde les caméras de Rezé ? »."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answers.facts import Facts, wish_of
from bot.answers.model import Comparison, FactAnswer, Row, Territory, Unknown
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Citation
from bot.language.folding import fold
from bot.search.index import Document, Index
from bot.search.ranking import rank


class Together:
    """Finds the facts on one town that name the others of a question."""

    def __init__(self, index: Index, gazetteer: Gazetteer, facts: Facts) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._facts = facts

    def of_all(self, question: Question) -> FactAnswer | None:
        """What names all the towns set side by side; None when nothing that answers does."""
        towns = question.territories
        naming = [
            document
            for town in towns
            for document in self._naming(town, [other for other in towns if other != town])
        ]
        return self._told(list(dict.fromkeys(naming)), question)

    def side_by_side(self, question: Question, compared: Comparison | None) -> Comparison | None:
        """The figures compared, with the fact that answers for each town that has none; None when
        nothing is told of any, or when one fact tells of several."""
        known = compared.rows if compared else (Row(town, None) for town in question.territories)
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

    def none(self, question: Question) -> Unknown | None:
        """That nothing is told of any of the covered towns side by side; None where something
        is."""
        towns = question.territories
        asked = (self._facts.settled(replace(question, territories=(town,))) for town in towns)
        is_covered = all(town.id is not None for town in towns)
        return Unknown(territories=towns) if is_covered and not any(asked) else None

    def _row(self, town: Territory, question: Question) -> Row:
        told = self._facts.settled(replace(question, territories=(town,)))
        if told is None or not told.citations:
            return Row(town, None)
        return Row(town, told.citations[0], verdict=told.verdict)

    def of_one_beside(self, question: Question) -> FactAnswer | None:
        """What is told of a town that only says where the one asked is, and names this one.

        None where a fact on the town asked answers as well.
        """
        (town,) = question.territories
        own = self._index.of_town.get(town.id or "", [])
        naming = [one for other in question.beside for one in self._naming(other, [town])]
        found = rank((*own, *naming), question.reading, self._index, wish_of(question))
        if not (naming and found) or found[0].document in own:
            return None
        return self._told(naming, question)

    def _naming(self, town: Territory, others: list[Territory]) -> Iterator[Document]:
        named = [set(self._index.naming(other.name, by_courts=False)) for other in others]
        own = self._index.by_owner.get(town.id or "", ())
        return (one for one in own if all(one in naming for naming in named))

    def _told(self, documents: list[Document], question: Question) -> FactAnswer | None:
        found = rank(documents, question.reading, self._index, wish_of(question))
        if not found or not found[0].answers:
            return None
        item = found[0].document.item
        if not isinstance(item, Citation):
            return None
        own = self._index.by_owner[item.owner_id]
        of_it = [one for one in found if one.document in own]
        return self._facts.tell(of_it, question, self._gazetteer.covered(item.owner_id))


def _names_another(row: Row, rows: Iterable[Row]) -> bool:
    """Whether a fact told of a town names another one of those asked."""
    text = f" {fold(row.citation.fact.text)} " if row.citation else ""
    towns = (other.territory for other in rows)
    return any(f" {fold(town.name)} " in text for town in towns if town != row.territory)
