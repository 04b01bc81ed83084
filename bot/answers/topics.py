"""What the base holds on a technology, a vendor, the law, or a way to act."""

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

from bot.answers.model import Territory, TopicCard, TopicsOnOffer, Unknown
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import Citation, cite
from bot.knowledge.model import Knowledge, Topic
from bot.language.folding import fold, glue
from bot.language.stems import stems
from bot.search.index import Index
from bot.search.lexicon import Concept

FACTS_A_PAGE = 4
STEPS_A_PAGE = 3
CITIES_SHOWN = 8
NEAR = 82
"""The likeness (0..100) from which a mistyped name of a topic is understood."""
CLEAR_GUIDE = 0.5
"""The weight of the words shared with a guide from which it is the one that is meant."""
PLAIN = 0.25
"""What a word weighs that tells little by itself: « demander », « la mairie »."""
TIE = 6
"""Two names less apart than this are offered rather than guessed."""


class Topics:
    """Answers about the topics of one state of the base."""

    def __init__(self, knowledge: Knowledge, index: Index, gazetteer: Gazetteer) -> None:
        self._knowledge = knowledge
        self._index = index
        self._gazetteer = gazetteer
        self._names = [
            (fold(name), id_)
            for id_, topic in knowledge.topics.items()
            for name in (topic.name, *topic.also)
        ]
        self._by_name = {glue(known): id_ for known, id_ in reversed(self._names)}
        self._citations = {id_: tuple(cite(id_, t)) for id_, t in knowledge.topics.items()}
        self._cities = {id_: self._where(id_) for id_ in knowledge.topics}
        self._guides = {
            id_: frozenset(
                index.lexicon.same(stems(" ".join((topic.name, topic.summary.text, *topic.also))))
            )
            for id_, topic in knowledge.topics.items()
            if topic.kind == "guide"
        }

    def citations(self, id_: str) -> tuple[Citation, ...]:
        """The facts on one topic, in the order of its file."""
        return self._citations[id_]

    def find(self, name: str) -> TopicCard | TopicsOnOffer | Unknown:
        """The topic that a name means, exactly or nearly; several near ones are offered."""
        folded = fold(name)
        exact = self._by_name.get(folded.replace(" ", ""))
        if exact is not None:
            return self.about(exact)
        named = self.named_in(name)
        if named:
            return self.about(named[0]) if len(named) == 1 else self.offer(named)
        scored: dict[str, float] = {}
        for _, score, at in process.extract(
            folded, [known for known, _ in self._names], scorer=fuzz.ratio, score_cutoff=NEAR
        ):
            id_ = self._names[at][1]
            scored[id_] = max(score, scored.get(id_, 0.0))
        if not scored:
            return self.menu() if not folded else Unknown(reason="topic")
        best = max(scored.values())
        near = [id_ for id_, score in scored.items() if score > best - TIE]
        return self.about(near[0]) if len(near) == 1 else self.offer(near)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The topics that a text names in full, in its order."""
        concepts = (sorted(unit.concepts) for unit in self._index.lexicon.read(text).units)
        tags = (c.tag for found in concepts for c in found if c.kind == "topic")
        return tuple(dict.fromkeys(tags))

    def about(self, id_: str, page: int = 0) -> TopicCard:
        """The card of one topic; page 0 is its summary, the next ones its facts or steps."""
        topic = self._knowledge.topics[id_]
        citations = self._citations[id_]
        steps = -(-max(0, len(topic.steps) - STEPS_A_PAGE) // STEPS_A_PAGE)
        pages = 1 + steps + -(-len(citations) // FACTS_A_PAGE)
        page = min(max(page, 0), pages - 1)
        at = (page - 1 - steps) * FACTS_A_PAGE
        shown = citations[at : at + FACTS_A_PAGE] if page > steps else ()
        topics = self._knowledge.topics
        return TopicCard(
            id=id_,
            topic=topic,
            territories=(),
            citations=shown,
            cities=() if topic.kind == "guide" else self.cities(id_)[:CITIES_SHOWN],
            page=page,
            pages=pages,
            vendor=topics[topic.vendor] if topic.vendor else None,
            guides=tuple((guide, topics[guide]) for guide in topic.act),
            made=tuple((other, t) for other, t in topics.items() if t.vendor == id_),
        )

    def cities(self, id_: str) -> tuple[Territory, ...]:
        """The territories where a fact shows a technology or what a vendor sells in use.

        For other topics, those whose facts speak of them.
        """
        return self._cities[id_]

    def _where(self, id_: str) -> tuple[Territory, ...]:
        is_used = self._knowledge.topics[id_].kind in ("technology", "vendor")
        owners = {
            document.item.owner_id: None
            for document in self._index.cities.by_concept.get(Concept("topic", id_), ())
            if isinstance(document.item, Citation)
            and Concept("topic", id_) in document.assigned
            and document.item.owner_id in self._knowledge.cities
            and document.item.fact.in_use is (True if is_used else document.item.fact.in_use)
        }
        found = [self._gazetteer.covered(owner) for owner in owners]
        found.sort(key=lambda territory: -(territory.population or 0))
        return tuple(found)

    def vendors_of(self, ids: Iterable[str]) -> tuple[tuple[str, Topic], ...]:
        """The vendors that the base links to these topics: by their software, or by a fact."""
        wanted = set(ids)
        found: dict[str, Topic] = {}
        for id_ in wanted:
            vendor = self._knowledge.topics[id_].vendor
            if vendor is not None:
                found[vendor] = self._knowledge.topics[vendor]
        found |= {
            id_: topic
            for id_, topic in self._knowledge.topics.items()
            if topic.kind == "vendor" and self._deals_in(id_, wanted)
        }
        return tuple(found.items())

    def _deals_in(self, vendor: str, topics: set[str]) -> bool:
        own = self._index.by_owner.get(vendor, ())
        citing = self._index.cities.by_concept.get(Concept("topic", vendor), ())
        return any(
            {c.tag for c in document.assigned if c.kind == "topic"} & topics
            for document in (*own, *citing)
        )

    def guide(self, text: str, named: Collection[str]) -> TopicCard | TopicsOnOffer:
        """The way to act that a text asks for, or all of them when it could be any.

        `named`: the topics that the text names; the ways to act on them come first.
        """
        words = set(self._index.lexicon.same(stems(text)))
        telling = self._index.lexicon.telling(fold(text).split())
        offered = {guide for id_ in named for guide in self._knowledge.topics[id_].act}
        scores = {
            id_: sum(
                self._index.rarity(word) * (1.0 if word in telling else PLAIN)
                for word in words & said
            )
            + (id_ in offered)
            + 2 * (id_ in named)
            for id_, said in self._guides.items()
        }
        first, second = sorted(scores.values(), reverse=True)[:2]
        if first >= CLEAR_GUIDE and first > second:
            return self.about(max(scores, key=lambda id_: scores[id_]))
        return self.offer(sorted(scores, key=lambda id_: -scores[id_]))

    def offer(self, ids: Iterable[str]) -> TopicsOnOffer:
        """Several topics to choose from."""
        return TopicsOnOffer(topics=tuple((id_, self._knowledge.topics[id_]) for id_ in ids))

    def menu(self) -> TopicsOnOffer:
        """What there is: technologies and guides first."""
        order = ("technology", "guide", "law", "vendor", "resource")
        topics = sorted(self._knowledge.topics.items(), key=lambda kv: order.index(kv[1].kind))
        return TopicsOnOffer(topics=tuple(topics), is_menu=True)
