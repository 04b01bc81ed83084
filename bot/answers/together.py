"""What is told of several towns at once: « c'est Nantes qui regarde les caméras de Rezé ? »."""

from collections.abc import Iterator

from bot.answers.facts import Facts, wish_of
from bot.answers.model import FactAnswer, Territory
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Citation
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

    def of_one_beside(self, question: Question) -> FactAnswer | None:
        """What is told of a town that only says where the one asked is, and names this one.

        None where a fact on the town asked answers as well.
        """
        (town,) = question.territories
        own = self._index.of_town.get(town.id or "", ())
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
