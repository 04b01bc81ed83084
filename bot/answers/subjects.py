"""What a question about a technology, a vendor, the law or a way to act gets."""

from dataclasses import replace

from bot.answers.anywhere import Anywhere
from bot.answers.model import Answer, FactAnswer, TopicCard
from bot.answers.question import Question
from bot.answers.topics import Topics
from bot.knowledge.model import Knowledge
from bot.search.lexicon import CAMERAS, EVERYTHING, Concept

_CAMERAS = {CAMERAS, Concept("indicator", "cameras"), EVERYTHING}

SEVERAL = 2
"""Things said besides the town from which on a question asks for more than its card."""


class Subjects:
    """Finds the way to act that is asked, and who sells a technology."""

    def __init__(self, knowledge: Knowledge, topics: Topics, anywhere: Anywhere) -> None:
        self._topics_by_id = knowledge.topics
        self._topics = topics
        self._anywhere = anywhere

    def answer(self, question: Question) -> Answer | None:
        """Ways to act, and the vendors of a technology; None for other questions."""
        named = question.tags("topic")
        if question.asks("act"):
            told = self._way_in_town(question) if question.territories else self._way(question)
            # The town is kept for what is asked next.
            return replace(told, territories=question.territories) if told else None
        if not named or question.territories or question.requires:
            return None
        is_who = question.asks("who") and not question.asks("definition")
        asks_who = (is_who or question.asks("vendor")) and not question.asks("lawful")
        if asks_who and self._topics_by_id[named[0]].kind == "technology":
            told = self._anywhere.answer(question)
            if isinstance(told, FactAnswer) or _is_of_vendor(told):
                return told
            vendors = self._topics.vendors_of(named)
            if len(vendors) == 1:
                return self._topics.about(vendors[0][0])
            if vendors:
                return self._topics.offer(id_ for id_, _ in vendors)
        return None

    def _way_in_town(self, question: Question) -> Answer | None:
        asked = question.of_any_street()
        if asked.requires:
            return None
        told = self._anywhere.best_card(asked)
        return told if told or question.requires else self._guide(question)

    def _way(self, question: Question) -> Answer | None:
        return self._anywhere.answer(question) or self._guide(question)

    def _guide(self, question: Question) -> Answer | None:
        if not self._anywhere.acts(question):
            return None
        return self._topics.guide(" ".join(question.reading.words), question.tags("topic"))


def _is_of_vendor(answer: Answer | None) -> bool:
    return isinstance(answer, TopicCard) and answer.topic.kind == "vendor"


def subjects_of(question: Question) -> frozenset[Concept]:
    """What it is about, besides cameras."""
    return question.reading.concepts - _CAMERAS


def asks_for_card(question: Question) -> bool:
    """Whether it asks for all that is told of a town: « le dossier de Nantes », but not « dans le
    dossier de Deauville, l'urgence était-elle admise ? »."""
    is_of_one = len(question.territories) == 1 and len(question.reading.units) < SEVERAL
    return question.asks("card") and is_of_one and not subjects_of(question)
