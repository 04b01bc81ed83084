"""What a question about a technology, a vendor, the law or a way to act gets."""

from bot.answers.anywhere import Anywhere
from bot.answers.facts import Facts
from bot.answers.model import Answer
from bot.answers.question import Question
from bot.answers.topics import Topics
from bot.knowledge.model import Knowledge
from bot.search.lexicon import CAMERAS, Concept

_JUSTICE = Concept("theme", "justice")
_OWN = frozenset(("mon", "ma", "mes", "chez"))


class Subjects:
    """Finds the way to act that is asked, and who sells a technology."""

    def __init__(
        self, knowledge: Knowledge, topics: Topics, facts: Facts, anywhere: Anywhere
    ) -> None:
        self._topics_by_id = knowledge.topics
        self._topics = topics
        self._facts = facts
        self._anywhere = anywhere

    def answer(self, question: Question) -> Answer | None:
        """Ways to act, and the vendors of a technology; None for other questions."""
        named = question.tags("topic")
        if question.asks("act") and not (question.territories and self._tells(question)):
            told = None if question.territories else self._anywhere.answer(question)
            return told or self._topics.guide(" ".join(question.reading.words), named)
        if not named or question.territories or question.requires:
            return None
        if question.asks("who", "vendor") and self._topics_by_id[named[0]].kind == "technology":
            vendors = self._topics.vendors_of(named)
            if len(vendors) == 1:
                return self._topics.about(vendors[0][0])
            if vendors:
                return self._topics.offer(id_ for id_, _ in vendors)
        return None

    def _tells(self, question: Question) -> bool:
        """Whether a question about a town, worded as a way to act, is about what was done there.

        Or about what the base never tells; the vélo, the street of somebody are but the occasion.
        """
        if any(unit.is_required and unit.stems[0] not in _OWN for unit in question.reading.units):
            return True
        is_of_town = question.asks("how-many", "ranking") or (
            question.about(_JUSTICE) and not question.is_of_oneself
        )
        return is_of_town and self._facts.settled(question) is not None


def subjects_of(question: Question) -> frozenset[Concept]:
    """What it is about, besides cameras."""
    return question.reading.concepts - {CAMERAS, Concept("indicator", "cameras")}
