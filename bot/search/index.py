"""Everything that the base can answer with, ready to be ranked."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bot.knowledge.citations import Card, Citation, DatedArticle, cite, cite_all, series_of
from bot.knowledge.model import Knowledge
from bot.language.dates import Period
from bot.language.folding import fold
from bot.language.stems import stems
from bot.search.features import of_document, of_meaning, of_words
from bot.search.learning import Learning
from bot.search.learnt import FeatureNumbers, Features, side_by_side
from bot.search.lexicon import EVERYTHING, Concept, Lexicon, Reading, spelled_signs
from bot.search.meanings import Meant
from bot.search.telling import tells_number

Held = TypeVar("Held")
RARE = 1_200
"""A stem that one document in so many uses tells as much as a stem can."""
_NAME = re.compile(r"(?<![\w-])[A-Z]\w{3,}(?![\w-])")
_COURTS = ("tribunal de ", "administratif de ", "judiciaire de ", "d'appel de ", "juge de ")
_NOT_A_COURT = "".join(f"(?<!{re.escape(court)})" for court in _COURTS)
_CONTRACTED = {"Le": "[Ll]e|[Aa]u|[Dd]u", "Les": "[Ll]es|[Aa]ux|[Dd]es", "La": "[Ll]a"}


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One fact or article, with what it speaks of."""

    item: Citation | DatedArticle | Card
    stems: frozenset[str]
    assigned: frozenset[Concept]
    """What the curators say that it is about."""
    said: frozenset[Concept]
    """What its words say besides."""
    names_vendor: bool
    topic: str | None
    """The topic that tells it; None for what is told of towns."""
    tells_number: bool
    """Whether its words hold a number that is no year."""
    period: Period | None
    """When a fact holds, where a source says it."""
    features: FeatureNumbers
    """What the weights learnt know of it, by number."""


class Lot(tuple[Document, ...]):
    """Documents that are ranked together."""

    @cached_property
    def ids(self) -> Sequence[str]:
        return [document.item.id for document in self]

    @cached_property
    def features(self) -> Features:
        """What the weights learnt know of them."""
        return side_by_side([document.features for document in self])

    def using(self, word: str) -> Sequence[int]:
        """Where those are that use a stem."""
        return [at for at, stems in enumerate(self._stems) if word in stems]

    def about(self, concept: Concept) -> Sequence[int]:
        """Where those are that the curators say to be about a concept."""
        return [at for at, document in enumerate(self) if concept in document.assigned]

    @cached_property
    def _stems(self) -> Sequence[frozenset[str]]:
        return [document.stems for document in self]


class TownLot(Lot):
    """Those of one town, which are ranked again and again."""

    def using(self, word: str) -> Sequence[int]:
        return self._using.get(word, ())

    def about(self, concept: Concept) -> Sequence[int]:
        return self._about.get(concept, ())

    @cached_property
    def _using(self) -> Mapping[str, Sequence[int]]:
        return _positions((at, word) for at, document in enumerate(self) for word in document.stems)

    @cached_property
    def _about(self) -> Mapping[Concept, Sequence[int]]:
        return _positions(
            (at, one) for at, document in enumerate(self) for one in document.assigned
        )


def _positions(found: Iterable[tuple[int, Held]]) -> Mapping[Held, Sequence[int]]:
    positions: defaultdict[Held, list[int]] = defaultdict(list)
    for at, held in found:
        positions[held].append(at)
    return dict(positions)


class Shelf:
    """Documents by the concepts they are about and by the stems they use."""

    def __init__(self) -> None:
        self.by_concept: dict[Concept, list[Document]] = defaultdict(list)
        self.by_stem: dict[str, list[Document]] = defaultdict(list)

    def add(self, document: Document) -> None:
        for concept in document.assigned | document.said:
            self.by_concept[concept].append(document)
        for word in document.stems:
            self.by_stem[word].append(document)

    def sharing(self, reading: Reading, rarest: int) -> list[Document]:
        """The documents that share a concept or a word with a sentence.

        A concept or a word that more than `rarest` documents share singles none out: passed over.
        """
        found: dict[Document, None] = {}
        for unit in reading.units:
            for concept in unit.concepts:
                documents = self.by_concept.get(concept, ())
                if len(documents) <= rarest:
                    found.update(dict.fromkeys(documents))
            for word in unit.stems:
                documents = self.by_stem.get(word, ())
                if len(documents) <= rarest:
                    found.update(dict.fromkeys(documents))
        return list(found)


class Index:
    """The documents of the base by the city or topic they are about, and by what they say."""

    def __init__(
        self,
        knowledge: Knowledge,
        is_word: Callable[[str], bool],
        learning: Learning,
    ) -> None:
        """`is_word` says whether a folded word is French, and so no slip of the finger."""
        self.learnt, self.wordings, self.meanings, self.second_look = learning
        self._vendors = frozenset(
            id_ for id_, topic in knowledge.topics.items() if topic.kind == "vendor"
        )
        self._topic_names = {id_: topic.name for id_, topic in knowledge.topics.items()}
        pairs = [
            (owner, item, stems(spelled_signs(_text(item)))) for owner, item in _items(knowledge)
        ]
        names = {id_: frozenset(stems(city.name)) for id_, city in knowledge.cities.items()}
        self.lexicon = Lexicon(
            knowledge,
            (  # the name of a town is no word: a slip of the finger may look like one of 35,000
                word
                for owners, _, words in pairs
                for word in frozenset(words).difference(*(names.get(id_, ()) for id_ in owners))
            ),
            is_word,
        )
        self.names = frozenset(
            name
            for _, item in _items(knowledge)
            for name in map(fold, _NAME.findall(_text(item)))
            if not is_word(name)
        )
        """The folded words that the base writes with a capital, and that are no French words."""
        self.by_owner: dict[str, list[Document]] = defaultdict(list)
        self.cities, self.topics = Shelf(), Shelf()
        self.owners: dict[Concept, set[str]] = defaultdict(set)
        """The files of cities/ that hold something on a concept."""
        latest = {
            series.latest
            for id_, city in knowledge.cities.items()
            for series in series_of(cite(id_, city)).values()
        }
        spread: Counter[str] = Counter()
        articles: list[Document] = []
        for owners, item, words in pairs:
            is_of_topic = bool(owners) and owners[0] in knowledge.topics
            document = self._document(item, words, owners[0] if is_of_topic else None, latest)
            for owner in owners:
                self.by_owner[owner].append(document)
            (self.topics if is_of_topic else self.cities).add(document)
            if not is_of_topic:
                for concept in document.assigned | document.said:
                    self.owners[concept].update(owners)
            if isinstance(item, DatedArticle):
                articles.append(document)
            spread.update(document.stems)
        cards = [Card(id_, topic) for id_, topic in knowledge.topics.items()]
        self.cards = [self._document(card, stems(_text(card)), card.id, ()) for card in cards]
        """What each topic is."""
        self.told = Shelf()
        """What is told without a town: the facts on topics, and every article."""
        for one in (*(one for id_ in knowledge.topics for one in self.by_owner[id_]), *articles):
            self.told.add(one)
        self.by_id = {one.item.id: one for ones in self.by_owner.values() for one in ones}
        most = math.log(min(len(pairs) + 2, RARE))
        self._rarities: Mapping[str, float] = {
            word: min(1.0, math.log((len(pairs) + 1) / (uses + 1)) / most)
            for word, uses in spread.items()
        }
        self.of_town = {
            id_: TownLot((*self.by_owner[id_], *self._of_topics_naming(city.name)))
            for id_, city in knowledge.cities.items()
        }
        """What the file of each town tells, and the facts on topics that name it."""
        self._meant: dict[str, Meant] = {}
        for one in (*self.by_id.values(), *self.cards):
            if self.wordings.of(one.item.id):
                self.meaning(one)  # before anybody waits for it

    def meaning(self, document: Document) -> Meant:
        """What tells how close a document is to questions, kept once it was asked for."""
        id_ = document.item.id
        meant = self._meant.get(id_)
        if meant is None:
            told = self.meanings.told.of(of_meaning(document.stems, document.assigned))
            asked = self.meanings.asked.directions(map(of_words, self.wordings.of(id_)))
            meant = self._meant[id_] = Meant(told, asked)
        return meant

    def _of_topics_naming(self, place: str) -> Iterator[Document]:
        named = self._naming(self.topics, place, "")
        return (document for document in named if isinstance(document.item, Citation))

    def naming(self, place: str, *, by_courts: bool) -> list[Document]:
        """The documents that name a place as it is written, and not inside a longer name.

        « Troyes » is not named by « Les Noës-près-Troyes », nor Bayonne by « Bayon ». The courts
        of Caen judge of other places: they name it only `by_courts`.
        """
        but = "" if by_courts else _NOT_A_COURT
        shelves = self.cities, self.topics
        return [document for shelf in shelves for document in self._naming(shelf, place, but)]

    def _naming(self, shelf: Shelf, place: str, but: str) -> list[Document]:
        words = self.lexicon.same(stems(place))
        fewest = min((shelf.by_stem.get(word, ()) for word in words), key=len, default=())
        if not fewest:
            return []
        written = re.compile(but + _written(place))
        return [document for document in fewest if written.search(_text(document.item))]

    def rarity(self, word: str) -> float:
        """How much a stem tells, in 0..1: 1 for one that no document uses, or one in `RARE`.

        Past that many documents it is their share that counts: a larger base weighs words alike.
        """
        return self._rarities.get(word, 1.0)

    def _document(
        self,
        item: Citation | DatedArticle | Card,
        words: tuple[str, ...],
        topic: str | None,
        latest: Collection[Citation],
    ) -> Document:
        assigned = set() if topic is None else {Concept("topic", topic)}
        if isinstance(item, Citation):
            assigned.add(Concept("theme", item.fact.theme))
            assigned.update(Concept("topic", topic) for topic in item.fact.about)
            if item.fact.figure is not None:
                assigned.add(Concept("indicator", item.fact.figure.indicator))
        elif isinstance(item, DatedArticle):
            assigned.update(Concept("theme", theme) for theme in item.article.themes)
            assigned.update(Concept("topic", topic) for topic in item.article.topics)
        stems_said, concepts = self.lexicon.told(words)
        if topic is not None:  # what is told of a subject is about all that the subject's name says
            concepts |= self.lexicon.told(stems(self._topic_names[topic]))[1]
        vendors = any(c.kind == "topic" and c.tag in self._vendors for c in concepts)
        said = concepts - assigned - {EVERYTHING}
        same = self.lexicon.same(words)
        features = self.learnt.numbered(
            of_document(item, same, assigned, latest, of_topic=topic is not None)
        )
        return Document(
            item=item,
            stems=stems_said,
            assigned=frozenset(assigned),
            said=said,
            names_vendor=vendors,
            topic=topic,
            tells_number=tells_number(same),
            period=item.period if isinstance(item, Citation) else None,
            features=features,
        )


def _items(
    knowledge: Knowledge,
) -> Iterator[tuple[tuple[str, ...], Citation | DatedArticle]]:
    for citation in cite_all(knowledge):
        yield (citation.owner_id,), citation
    for id_, article in knowledge.articles.items():
        yield article.cities, DatedArticle(id_, article)


def _text(item: Citation | DatedArticle | Card) -> str:
    if isinstance(item, Citation):
        return item.fact.text
    if isinstance(item, Card):
        return f"{item.topic.name} {item.topic.summary.text}"  # as shown, without other names
    return f"{item.article.title} {item.article.summary} {item.article.publisher}"


def _written(place: str) -> str:
    """The name of a place as texts write it: « Le Havre » is also « au Havre »."""
    first, space, rest = place.partition(" ")
    articles = _CONTRACTED.get(first) if space else None
    name = re.escape(place) if articles is None else f"(?:{articles}) {re.escape(rest)}"
    return rf"(?<![\w-]){name}(?![\w-]|, à [A-Z])"  # « la gare de Lyon, à Paris »
