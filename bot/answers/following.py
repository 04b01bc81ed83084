"""What somebody wants to follow, and what there is to follow."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.answers.model import Territory
from bot.answers.question import Understanding
from bot.answers.territories import Gazetteer
from bot.knowledge.citations import DatedArticle
from bot.knowledge.model import Article, Knowledge
from bot.language.folding import fold

_EVERYTHING = frozenset(("tout", "toute la france", "france", "tout le monde", "all"))
_BETWEEN = re.compile(r"[,;\n]| et (?=\S)")
MOST_AT_ONCE = 10


class Interest(NamedTuple):
    """What is followed; all parts that are given must fit, and none means everything.

    `place` is an INSEE code or a SIREN, so that a commune can be followed before the base
    covers it; `theme` is a tag of the vocabulary, `topic` a file of topics/.
    """

    place: str = ""
    theme: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was understood of a wish to follow."""

    interests: tuple[Interest, ...]
    doubtful: tuple[Territory, ...]
    """Communes to choose from."""
    not_understood: tuple[str, ...]


class Following:
    """Reads wishes, and names what is followed, with one state of the base."""

    def __init__(
        self, knowledge: Knowledge, gazetteer: Gazetteer, understanding: Understanding
    ) -> None:
        self._knowledge = knowledge
        self._gazetteer = gazetteer
        self._understanding = understanding

    def read(self, text: str, today: date) -> Wishes:
        """Each part between commas is a place, a theme, a topic, a place with one, or « tout »."""
        interests: dict[Interest, None] = {}
        doubtful: list[Territory] = []
        strange: list[str] = []
        parts = [part.strip() for part in _BETWEEN.split(text) if fold(part)]
        for part in parts[:MOST_AT_ONCE]:
            if fold(part) in _EVERYTHING:
                interests[Interest()] = None
                continue
            named = self._gazetteer.find(part)
            if named.sure and not fold(named.rest):
                interests[Interest(named.sure[0].code)] = None
                continue
            question = self._understanding.read(part, today)
            places = [territory.code for territory in question.territories] or [""]
            found = self._subjects(question.tags("topic"), question.tags("theme"), places)
            if found:
                interests.update(dict.fromkeys(found))
            elif named.doubtful or question.doubtful:
                doubtful += named.doubtful or question.doubtful
            else:
                strange.append(part)
        return Wishes(tuple(interests), tuple(dict.fromkeys(doubtful)), tuple(strange))

    def label(self, interest: Interest) -> str:
        """« Roubaix (59) × Drones », « tout »."""
        parts = []
        if interest.place:
            territory = self._gazetteer.of_code(interest.place)
            departement = (
                f" ({territory.departement})" if territory and territory.departement else ""
            )
            parts.append(f"{territory.name}{departement}" if territory else interest.place)
        themes, topics = self._knowledge.vocabulary.themes, self._knowledge.topics
        if interest.theme:
            known = themes.get(interest.theme)
            parts.append(known.label if known else interest.theme)
        if interest.topic:
            topic = topics.get(interest.topic)
            parts.append(topic.name if topic else interest.topic)
        return " × ".join(parts) or "tout"

    def label_of_tag(self, tag: str) -> str:
        """What the tag of a theme or the id of a topic is called."""
        is_topic = tag in self._knowledge.topics
        return self.label(Interest(topic=tag) if is_topic else Interest(theme=tag))

    def around(self, city: str) -> Collection[str]:
        """The codes under which a file of cities/ can be followed: its own, and its EPCI's."""
        territory = self._gazetteer.covered(city) if city in self._knowledge.cities else None
        if territory is None:
            return ()
        codes = [territory.code]
        if territory.insee:
            codes += self._gazetteer.siren_above(territory.insee)
        return codes

    def latest(self, *interests: Interest) -> DatedArticle | None:
        """The latest article that fits one of these."""
        fitting = [
            (article.date or "", id_)
            for id_, article in self._knowledge.articles.items()
            if any(self._fits(article, interest) for interest in interests)
        ]
        if not fitting:
            return None
        _, id_ = max(fitting)
        return DatedArticle(id_, self._knowledge.articles[id_])

    def _fits(self, article: Article, interest: Interest) -> bool:
        places = {code for city in article.cities for code in self.around(city)}
        return (
            (not interest.place or interest.place in places)
            and (not interest.theme or interest.theme in article.themes)
            and (not interest.topic or interest.topic in article.topics)
        )

    @staticmethod
    def _subjects(
        topics: tuple[str, ...], themes: tuple[str, ...], places: list[str]
    ) -> list[Interest]:
        """A topic is more precise than its theme: it alone is followed when both are named."""
        if topics:
            return [Interest(place, topic=topics[0]) for place in places]
        if themes:
            return [Interest(place, theme=themes[0]) for place in places]
        return [Interest(place) for place in places if place]
