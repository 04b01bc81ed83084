"""The fact that says more of a topic than its card, or that a name singles out."""

from collections.abc import Iterable

from bot.answers.facts import MOSTLY, RARE, TELLING, Facts, wish_of
from bot.answers.model import FactAnswer
from bot.answers.question import Question
from bot.knowledge.citations import Citation
from bot.search.index import Document, Index
from bot.search.lexicon import CAMERAS, Concept
from bot.search.ranking import Ranked, rank, says

OF_TOPIC = 0.75
"""The share of a question that a fact on a topic must cover to be told rather than its card."""
SINGLING = 0.6
"""From what rarity on a word that stands for nothing known singles a fact out…"""


class TopicFacts:
    """Answers about topics with facts, from one state of the base."""

    def __init__(self, index: Index, facts: Facts) -> None:
        self._index = index
        self._facts = facts

    def of_topics(self, topics: tuple[str, ...], question: Question) -> FactAnswer | None:
        """The fact on these topics that also says what the question asks of them besides.

        None when their cards say as much.
        """
        named = {CAMERAS, *(Concept("topic", topic) for topic in topics)}
        besides = [unit for unit in question.reading.units if named.isdisjoint(unit.concepts)]
        documents = [one for topic in topics for one in self._index.by_owner.get(topic, ())]
        for one in self._ranked(documents, question)[:1]:
            if besides and one.coverage >= OF_TOPIC and all(says(u, one.document) for u in besides):
                return self._facts.tell([one], question, None)
        return None

    def by_name(self, topic: str, words: frozenset[str], question: Question) -> FactAnswer | None:
        """The fact on a topic that uses another of its names: « Attrap », « PAVED ».

        `words` are those of the name that the card of the topic does not say.
        """
        words = frozenset(word for word in words if self._index.rarity(word) >= RARE)
        own = self._index.by_owner.get(topic, ())
        facts = [document for document in own if isinstance(document.item, Citation)]
        most = max((len(words & document.stems) for document in facts), default=0)
        naming = [document for document in facts if len(words & document.stems) == most]
        found = self._ranked(naming, question) if most else []
        return self._facts.tell(found[:1], question, None) if found else None

    def beginning(self, topic: str, question: Question) -> FactAnswer | None:
        """The first that is told of a topic, when nothing but a date is asked of it."""
        found = self._ranked(self._index.by_owner.get(topic, ()), question)
        dated = {begins: one for one in found if (begins := _begins(one)) is not None}
        return self._facts.tell([dated[min(dated)]], question, None) if dated else None

    def singled_out(self, topic: str | None, question: Question) -> FactAnswer | None:
        """The fact or article on a topic that uses what singles a question out.

        That are its rare words that are no French ones: « Taylor Swift », « Disclose ».
        """
        plain = [
            unit
            for unit in question.reading.units
            if not unit.is_required
            and self._index.lexicon.is_name(question.reading, unit)
            and self._index.rarest(unit.stems) >= SINGLING
        ]
        if not plain:
            return None
        shared = self._index.topics.sharing(question.reading, TELLING)
        shared += self._index.cities.sharing(question.reading, TELLING)
        found = [
            one
            for one in self._ranked(shared, question)
            if one.coverage >= OF_TOPIC
            and all(says(unit, one.document) for unit in question.reading.units if unit.concepts)
            and (
                _is_of_no_town(one)
                if topic is None
                else Concept("topic", topic) in one.document.assigned | one.document.said
            )
            and sum(says(unit, one.document) for unit in plain) >= len(plain) * MOSTLY
        ]
        answer = self._facts.tell(found[:1], question, None) if found else None
        return answer if answer and answer.missing != "year" else None

    def _ranked(self, documents: Iterable[Document], question: Question) -> list[Ranked]:
        return rank(documents, question.reading, self._index, wish_of(question))


def _is_of_no_town(ranked: Ranked) -> bool:
    """Whether it is an article, or told of a topic: one town's facts are told as that town's."""
    return ranked.document.topic is not None or not isinstance(ranked.document.item, Citation)


def _begins(ranked: Ranked) -> int | None:
    item = ranked.document.item
    period = item.period if isinstance(item, Citation) else None
    return None if period is None else period.first.toordinal()
