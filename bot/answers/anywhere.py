"""What answers a question that names no town, or that asks how to act."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import groupby, islice

from bot.answers.facts import RARE, TELLING, Facts, wish_of
from bot.answers.model import Answer, FactAnswer, Territory, TopicCard, Unknown, WhichCity
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.answers.topics import Topics
from bot.knowledge.citations import Card, Citation
from bot.language.stems import stems
from bot.search.features import words_of
from bot.search.index import Document, Index
from bot.search.lexicon import CAMERAS, EVERYTHING
from bot.search.ranking import Ranked, rank

ALIKE = 1.0
"""Facts whose scores are less apart answer alike: of several towns, none is told."""
TOLD = 120
"""Documents told without a town that may share a word or concept for it to lead to them."""
ASKED = 30
"""Documents found by how they were asked for."""
GENERAL = 1.0
"""By how much less than a refusal what is the same in every town may score to be told of it, where
nothing is told of the town itself."""
NAMED = 4.0
"""By how much less than a refusal a topic that is named may score for its card to be told."""
UNNAMED = 5.0
"""By how much more than a refusal a fact on a town that is not named must score to be told."""
LIKE = 0.3
"""How alike a question is to one that is known to ask for a site, to be weighed as such: 0..1."""
SOME = 2
"""French words without which nothing is asked."""
OFFERED = 6
"""Cities offered when a question names none."""


class Anywhere:
    """Answers with a topic, or a fact on one, an article or a fact on a town, from one base."""

    def __init__(self, index: Index, gazetteer: Gazetteer, topics: Topics, facts: Facts) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._topics = topics
        self._facts = facts
        self._guides = [
            one
            for one in index.cards
            if isinstance(one.item, Card) and one.item.topic.kind == "guide"
        ]
        self._resources: defaultdict[str, list[Document]] = defaultdict(list)
        for one in index.cards:
            if isinstance(one.item, Card) and one.item.topic.kind == "resource":
                for town in one.item.topic.cities:
                    self._resources[town].append(one)
        self._holders = {
            concept: sorted(map(gazetteer.covered, owners), key=_largest_first)
            for concept, owners in index.owners.items()
        }

    def candidates(self, question: Question) -> Sequence[Document]:
        """What may answer: all that is told of topics, and the facts on towns that are near.

        On a covered town, what is told of it, the sites on it, and the ways to act when one is
        asked.
        """
        if question.territories:
            id_ = question.territories[0].id or ""
            town: Sequence[Document] = self._index.of_town.get(id_, ())
            cards = [*self._resources.get(id_, ()), *(self._guides if question.asks("act") else ())]
            return [*town, *cards] if cards else town
        told = self._index.told.sharing(question.reading, TOLD)
        near = self._index.cities.sharing(question.reading, TELLING)
        facts = (one for one in near if isinstance(one.item, Citation))
        words = words_of(question.reading, self._index.lexicon)
        wordings = self._index.wordings
        ids = wordings.closest(wordings.weights(words), ASKED)
        asked = (self._index.by_id[id_] for id_ in ids if id_ in self._index.by_id)
        return list(dict.fromkeys((*self._index.cards, *told, *facts, *asked)))

    def answer(self, question: Question, least: float = 0.0) -> Answer | None:
        """What answers best; None when nothing does, or as well for several towns.

        `least`: by how much it must score above a refusal.
        """
        named = self._named(question) if self._asks_for_towns(question) else None
        if named is not None:
            return self._card(named, question)
        found = [] if self._says_little(question) else self._ranked(question)
        if not found or found[0].lead <= least:
            return None
        best = found[0].document
        if isinstance(best.item, Card):
            found = self._by_name(found, question)
            return self._facts.tell(found, question, None) if found else self._card(best, question)
        if best.topic is not None:
            told = self._index.by_owner[best.topic]
            return self._facts.tell([o for o in found if o.document in told], question, None)
        if isinstance(best.item, Citation):
            return self._of_town(best.item.owner_id, found, question) or self._of_topic(
                [one for one in found if one.lead > least], question
            )
        return self._facts.tell(found[:1], question, None)

    def in_general(self, question: Question) -> Answer | None:
        """What the law says in every town, or what a thing is, where nothing is told of the one
        that is named."""
        told = self.answer(replace(question, territories=()), -GENERAL)
        is_general = isinstance(told, TopicCard) or (told is not None and not told.territories)
        return told if is_general else None

    def _asks_for_towns(self, question: Question) -> bool:
        """Whether it asks where a technology is, or who has it, and says nothing else: one town is
        no answer."""
        units, lexicon = question.reading.units, self._index.lexicon
        topics = [unit for unit in units if any(c.kind == "topic" for c in unit.concepts)]
        others = {
            word
            for unit in units
            if unit not in topics and CAMERAS not in unit.concepts
            for word in unit.stems
        }
        is_used = not lexicon.using.isdisjoint(lexicon.same(question.reading.stems))
        asks = question.asks("where", "list") or (question.asks("who") and is_used)
        return asks and bool(topics) and others <= lexicon.having

    def _of_topic(self, found: list[Ranked], question: Question) -> Answer | None:
        """What a topic tells, where facts on several towns answer better."""
        told = [one for one in found if one.document.topic is not None]
        if not told or question.requires:
            return None
        best = told[0].document
        if isinstance(best.item, Card):
            return self._card(best, question)
        facts = [one for one in told if isinstance(one.document.item, Citation)]
        own = [one for one in facts if one.document.topic == best.topic]
        return self._facts.tell(own, question, None)

    def _of_town(self, owner_id: str, found: list[Ranked], question: Question) -> FactAnswer | None:
        """What is told of one town, if nothing else answers about as well for another."""
        towns = {id_ for one in _alike(found) for id_ in _owners(one.document)}
        is_clear = found[0].lead >= UNNAMED or self._singles_out(question, found[0].document)
        if len(towns) > 1 or not is_clear or question.requires:
            return None
        told = self._index.by_owner[owner_id]
        own = [one for one in found if one.document in told]
        return self._facts.tell(own, question, self._gazetteer.covered(owner_id))

    def _says_little(self, question: Question) -> bool:
        """Whether its subject is but one French word: « qui vend ça ? », and no name."""
        reading = question.reading
        if reading.concepts or reading.hints:
            return False
        subjects = [word for unit in reading.units for word in unit.stems]
        return len(subjects) < SOME and all(map(self._index.lexicon.is_word, reading.words))

    def _singles_out(self, question: Question, document: Document) -> bool:
        """Whether a fact on a town says a rare word of the question that stands for nothing."""
        plain = {word for u in question.reading.units if not u.concepts for word in u.stems}
        return any(self._index.rarity(word) >= RARE for word in plain & document.stems)

    def _by_name(self, found: list[Ranked], question: Question) -> list[Ranked]:
        """The fact on the topic found that says a rare name which its card does not: « PAVED »."""
        card = found[0].document
        is_word = self._index.lexicon.is_word
        words = stems(" ".join(word for word in question.reading.words if not is_word(word)))
        names = {word for word in words if self._index.rarity(word) >= RARE} - card.stems
        naming = (
            one
            for one in found[1:]
            if one.answers and one.document.topic == card.topic and names <= one.document.stems
        )
        return list(islice(naming, 1)) if names else []

    def acts(self, question: Question) -> bool:
        """Whether a question on a town is about a way to act rather than what was done there."""
        found = self._ranked(question)
        return not found or isinstance(found[0].document.item, Card) or not found[0].answers

    def site(self, question: Question) -> TopicCard | None:
        """The site on a town that answers best, if what is told of this one does not."""
        sites = self._resources.get(question.territories[0].id or "", ())
        return self.best_card(question) if self._may_be_meant(sites, question) else None

    def _may_be_meant(self, sites: Iterable[Document], question: Question) -> bool:
        """Whether somebody has asked for one of them in words like these, or nobody for it yet."""
        wordings = self._index.wordings
        words = words_of(question.reading, self._index.lexicon) if sites else ()
        weights = wordings.weights(words)
        return any(
            not wordings.of(site.item.id) or max(wordings.likeness(weights, site.item.id)) >= LIKE
            for site in sites
        )

    def best_card(self, question: Question) -> TopicCard | None:
        """The way to act, or the site, that answers best on a town, if what is told of this one
        does not."""
        found = self._ranked(question)
        if found and found[0].answers and isinstance(found[0].document.item, Card):
            return self._card(found[0].document, question)
        return None

    def nearest(self, question: Question) -> TopicCard | WhichCity | Unknown | None:
        """Where nothing answers: the topic that is named, or the towns to ask about.

        What the law lets people film is told by the topic of the cameras. A card that is no answer
        is only offered: « combien de drones a la police nationale ? ».
        """
        card = self._named(question)
        if card is None:
            return None if question.is_national else self.holding(question)
        is_count = question.asks("how-many") and question.tags("topic")
        if is_count or not self._is_close(card, question):
            assert isinstance(card.item, Card)
            return Unknown(topics=((card.item.id, card.item.topic),))
        return self._card(card, question)

    def _is_close(self, card: Document, question: Question) -> bool:
        """Whether a topic answers nearly as well as nothing does."""
        leads = (one.lead for one in self._ranked(question) if one.document.topic == card.topic)
        return max(leads, default=-math.inf) >= -NAMED

    def _named(self, question: Question) -> Document | None:
        """The first topic that is named; for the law, the one of the cameras."""
        named = question.tags("topic") or ((EVERYTHING.tag,) if question.asks("lawful") else ())
        return next((card for card in self._index.cards if named and card.topic == named[0]), None)

    def _ranked(self, question: Question) -> list[Ranked]:
        documents = self.candidates(question)
        return rank(documents, question.reading, self._index, wish_of(question))

    def _card(self, document: Document, question: Question) -> TopicCard:
        card = self._topics.about(document.item.id)
        asks = question.asks("where", "list") and not question.asks("definition", "card")
        leads = asks or self._asks_for_towns(question)
        return replace(card, leads_with_cities=leads and bool(card.cities))

    def holding(self, question: Question) -> WhichCity | None:
        """The largest covered territories that hold something on every theme that is asked."""
        themes = [unit.concepts for unit in question.reading.units if unit.concepts]
        if not themes:
            return None
        # The rarest theme is walked through, the largest territories first, until enough are met.
        rarest = min(themes, key=lambda any_of: sum(len(self._holders.get(c, ())) for c in any_of))
        met = merge(*(self._holders.get(concept, ()) for concept in rarest), key=_largest_first)
        owners = self._index.owners
        holding = (
            territory
            for territory, _ in groupby(met)
            if all(
                any(territory.id in owners.get(concept, ()) for concept in any_of)
                for any_of in themes
            )
        )
        choices = tuple(islice(holding, OFFERED))
        return WhichCity(choices=choices) if choices else None


def _alike(found: list[Ranked]) -> Iterator[Ranked]:
    """Those that answer about as well as the first."""
    return (one for one in found if one.answers and one.score >= found[0].score - ALIKE)


def _owners(document: Document) -> tuple[str, ...]:
    item = document.item
    return (item.owner_id,) if isinstance(item, Citation) and document.topic is None else ()


def _largest_first(territory: Territory) -> tuple[int, str, str]:
    return -(territory.population or 0), territory.name, territory.id or ""
