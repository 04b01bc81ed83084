"""What a question about a technology, a vendor, the law or a way to act gets."""

from dataclasses import replace

from bot.answers.facts import Facts
from bot.answers.model import Answer
from bot.answers.question import Question
from bot.answers.topic_facts import TopicFacts
from bot.answers.topics import Topics
from bot.knowledge.model import Intent, Knowledge
from bot.language.stems import stems
from bot.search.lexicon import CAMERAS, Concept, Lexicon

_JUSTICE = Concept("theme", "justice")
_LAW = {_JUSTICE, Concept("theme", "encadrement")}
_OF_CAMERAS = "videosurveillance"
_OWN = frozenset(("mon", "ma", "mes", "chez"))
_PRECISE: tuple[Intent, ...] = ("how-many", "when", "where", "who", "vendor", "source", "ranking")
"""What the card of a topic seldom answers."""


class Subjects:
    """Chooses between the card of a topic, a fact that says more, and the guides."""

    def __init__(
        self,
        knowledge: Knowledge,
        lexicon: Lexicon,
        topics: Topics,
        facts: Facts,
        topic_facts: TopicFacts,
    ) -> None:
        self._topics_by_id = knowledge.topics
        self._lexicon = lexicon
        self._topics = topics
        self._facts = facts
        self._topic_facts = topic_facts

    def answer(self, question: Question) -> Answer | None:
        """Definitions, ways to act, and what a topic says of cities; None for other questions."""
        named = question.tags("topic") or self._topic_of_theme(question)
        if question.asks("act") and not (question.territories and self._tells(question)):
            return self._topics.guide(" ".join(question.reading.words), named)
        if not named or question.territories or question.requires:
            return None
        if question.asks("who", "vendor") and self._topics_by_id[named[0]].kind == "technology":
            vendors = self._topics.vendors_of(named)
            if len(vendors) == 1:
                return self._topics.about(vendors[0][0])
            if vendors:
                return self._topics.offer(id_ for id_, _ in vendors)
        names_alone = not question.reading.intents and all(
            any(concept.kind == "topic" for concept in unit.concepts)
            for unit in question.reading.units
            if unit.concepts
        )
        if question.asks("where") and subjects_of(question) - {
            Concept("topic", tag) for tag in named
        }:
            told = self._facts.across(question)
            if told is not None:
                return told
        if not question.asks("act", "when"):
            told = self._topic_facts.singled_out(named[0], question)
            if told is not None:
                return told
        if question.years and question.asks("list", "who", "vendor"):
            dated = self._facts.national(question)
            if dated is not None:
                return dated
        by_theme = not question.tags("topic") and not question.asks(*_PRECISE)
        if by_theme or self._asks_law_of(named[0], question):
            return self._topics.about(named[0])
        if self._topics_by_id[named[0]].kind == "guide" and question.years:
            # An institution is named for what it did then, rather than for the way to act
            return self._facts.national(question) or self._topics.about(named[0])
        more = self._of_topics(named, question)
        if more is not None:
            return more
        if question.asks("definition", "card", "where", "who", "vendor", "list") or names_alone:
            card = self._topics.about(named[0])
            leads = question.asks("where", "list") and not question.asks("definition", "card")
            return replace(card, leads_with_cities=leads and bool(card.cities))
        return None

    def _of_topics(self, named: tuple[str, ...], question: Question) -> Answer | None:
        """The fact on a topic that says more of what is asked than its card."""
        topic = self._topics_by_id[named[0]]
        card = set(self._lexicon.same(stems(f"{topic.name} {topic.summary.text}")))
        of_topic = Concept("topic", named[0])
        if question.asks("how-many", "definition", "card", "where"):
            for unit in question.reading.units:
                is_name = len(unit.stems) == 1 or not question.asks("where")
                if is_name and of_topic in unit.concepts and not card.issuperset(unit.stems):
                    told = self._topic_facts.by_name(
                        named[0], frozenset(unit.stems) - card, question
                    )
                    if told is not None:
                        return told
        if question.asks("where"):
            return None
        besides = [
            unit
            for unit in question.reading.units
            if of_topic not in unit.concepts and (unit.concepts or not card.issuperset(unit.stems))
        ]
        if question.asks("when") and topic.kind == "vendor" and not besides:
            return self._topic_facts.beginning(named[0], question)
        if not question.asks("how-many") and (
            question.asks("definition", "card")
            or (
                question.asks("who", "vendor", "list")
                and all(card.issuperset(unit.stems) for unit in besides)
            )
        ):
            return None
        told = self._topic_facts.of_topics(named, question)
        return None if told is not None and told.missing == "year" else told

    def _topic_of_theme(self, question: Question) -> tuple[str, ...]:
        """The topic of a question that names its theme only, beside cameras, and no town."""
        if question.asks("lawful") and question.is_of_cameras and not question.territories:
            return (_OF_CAMERAS,)
        themes = {c.tag for c in subjects_of(question) if c.kind == "theme"}
        is_alone = all(unit.concepts for unit in question.reading.units)
        if question.territories or not is_alone or len(themes) != 1:
            return ()
        return tuple(themes & set(self._topics_by_id))

    def _asks_law_of(self, topic: str, question: Question) -> bool:
        """Whether it asks only what the law says of a technology, which its card tells."""
        if not question.asks("lawful") or question.asks("when", "how-many", "who", "list", "why"):
            return False
        return self._topics_by_id[topic].kind == "technology" and all(
            not _LAW.isdisjoint(unit.concepts) or Concept("topic", topic) in unit.concepts
            for unit in question.reading.units
        )

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
