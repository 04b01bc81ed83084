"""The words people use, and what each of them stands for in the base."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Intent, Knowledge
from bot.language.folding import fold
from bot.language.stems import stem
from bot.search.phrases import Phrases, Stems

LONGEST_SENTENCE = 60
"""Words read of one sentence: nobody's question is longer, and the time it takes is bounded."""


class Concept(NamedTuple):
    """One tag of the vocabulary, or one file of topics/."""

    kind: Literal["theme", "indicator", "topic"]
    tag: str


class Unit(NamedTuple):
    """One thing that a sentence says: a word or a phrase, and what it may stand for."""

    stems: Stems
    concepts: frozenset[Concept]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence once its words are known."""

    words: tuple[str, ...]
    """Every word, folded and spelled out."""
    units: tuple[Unit, ...]
    """What carries the sentence, in order. Words that carry nothing are left out."""
    intents: tuple[Intent, ...]
    """What is asked, the most telling first."""

    @property
    def concepts(self) -> frozenset[Concept]:
        return frozenset(concept for unit in self.units for concept in unit.concepts)


class Lexicon:
    """Reads sentences with the words of the vocabulary and the names of the topics."""

    def __init__(self, knowledge: Knowledge, corpus: Iterable[str] = ()) -> None:
        """`corpus`: the stems of the facts, which are words too and need no repair."""
        vocabulary = knowledge.vocabulary
        self._subjects = Phrases(_subjects(knowledge))
        self._order = {intent: rank for rank, intent in enumerate(vocabulary.intents)}
        self._intents = Phrases(
            (word, intent) for intent, tag in vocabulary.intents.items() for word in tag.words
        )
        self._spellings = {fold(key): fold(as_) for key, as_ in vocabulary.spellings.items()}
        self._fillers = frozenset(stem(word) for word in fold(" ".join(vocabulary.fillers)).split())
        said = [phrase for phrase, _ in _subjects(knowledge)]
        said += [word for tag in vocabulary.intents.values() for word in tag.words]
        self._repairable = sorted({word for word in fold(" ".join(said)).split() if len(word) > 3})
        self._known = frozenset(corpus).union(
            self._fillers, (stem(word) for word in fold(" ".join(said)).split())
        )

    def knows(self, word: str) -> bool:
        """Whether a folded word needs no repair."""
        return word in self._spellings or stem(word) in self._known or word.isdigit()

    def read(self, text: str) -> Reading:
        """What `text` says. Words that nobody knows are repaired when one known word is near."""
        words = tuple(self._spelled(fold(text)))[:LONGEST_SENTENCE]
        reduced = tuple(stem(word) for word in words)
        intents = self._intents.find(reduced)
        asked = {at for match in intents for at in range(match.first, match.end)}
        units: list[Unit] = []
        taken: set[int] = set()
        for match in self._subjects.find(reduced):
            taken.update(range(match.first, match.end))
            phrase = reduced[match.first : match.end]
            if not all(word in self._fillers for word in phrase):
                units.append(Unit(phrase, frozenset(match.meanings)))
        units += [
            Unit((word,), frozenset())
            for at, word in enumerate(reduced)
            if at not in taken and at not in asked and word not in self._fillers
        ]
        named = {intent for match in intents for intent in match.meanings}
        return Reading(words, tuple(units), tuple(sorted(named, key=self._order.__getitem__)))

    def concepts_in(self, words: Stems) -> frozenset[Concept]:
        """The concepts that a curated sentence names, its words being stems."""
        return frozenset(
            concept for match in self._subjects.find(words) for concept in match.meanings
        )

    def _spelled(self, folded: str) -> Iterator[str]:
        for word in folded.split()[:LONGEST_SENTENCE]:
            spelled = self._spellings.get(word)
            if spelled is not None:
                yield from spelled.split()
            elif self.knows(word):
                yield word
            else:
                yield self._repaired(word)

    def _repaired(self, word: str) -> str:
        """The known word that a slip of the finger turned into `word`, or `word` itself.

        One slip in a word of four to six letters, two in a longer one.
        """
        if not 4 <= len(word) <= 30:
            return word
        slips = 1 if len(word) < 7 else 2
        nearest = process.extractOne(
            word, self._repairable, scorer=OSA.distance, score_cutoff=slips
        )
        return nearest[0] if nearest else word


def _subjects(knowledge: Knowledge) -> Iterator[tuple[str, Concept]]:
    vocabulary = knowledge.vocabulary
    for tag, theme in vocabulary.themes.items():
        for word in (theme.label, *theme.words):
            yield word, Concept("theme", tag)
    for tag, indicator in vocabulary.indicators.items():
        for word in (indicator.label, *indicator.words):
            yield word, Concept("indicator", tag)
    for id_, topic in knowledge.topics.items():
        for word in (topic.name, *topic.also):
            yield word, Concept("topic", id_)
