"""The words people use, and what each of them stands for in the base."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Intent, Knowledge, Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.english import Translation
from bot.search.phrases import Phrases, Stems

LONGEST_SENTENCE = 60
"""Words read of one sentence: nobody's question is longer, and the time it takes is bounded."""

SMALL_WORDS = frozenset(("le", "la", "les", "l", "un", "une", "des", "du", "de", "d"))
"""Words that may stand or not inside a phrase: « prix de la caméra », « prix des caméras »."""
_ELIDED = frozenset("ldjn")
"""The letters that are glued to a word when its apostrophe is forgotten: « dune », « lutilise »."""


class Concept(NamedTuple):
    """One tag of the vocabulary, or one file of topics/."""

    kind: Literal["theme", "indicator", "topic"]
    tag: str


CAMERAS = Concept("theme", "cameras")
"""What nearly everything here is about."""


class Unit(NamedTuple):
    """One thing that a sentence says: a word or a phrase, and what it may stand for."""

    stems: Stems
    concepts: frozenset[Concept]
    is_required: bool = False
    """Whether an answer must speak of it: a colour, a brand, the weather…"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence once its words are known."""

    words: tuple[str, ...]
    """Every word, folded and spelled out."""
    units: tuple[Unit, ...]
    """What carries the sentence, in order. Words that carry nothing are left out."""
    intents: tuple[Intent, ...]
    """What is asked, the most telling first."""
    suiting: frozenset[str] = frozenset()
    """Stems that a fact suited to what is asked may use, without having to."""
    hints: frozenset[Concept] = frozenset()
    """What the words bring to mind besides, which a fact may be about, without having to."""

    @property
    def concepts(self) -> frozenset[Concept]:
        return frozenset(concept for unit in self.units for concept in unit.concepts)


class Lexicon:
    """Reads sentences with the words of the vocabulary and the names of the topics."""

    def __init__(
        self, knowledge: Knowledge, corpus: Iterable[str], is_word: Callable[[str], bool]
    ) -> None:
        """What needs no repair: the stems of the facts (`corpus`), and folded French words."""
        vocabulary = knowledge.vocabulary
        self._subjects = Phrases((_bare(word), concept) for word, concept in _subjects(knowledge))
        self._hints = Phrases((_bare(word), concept) for word, concept in _hints(vocabulary))
        self._unheld = Phrases((_bare(word), True) for word in vocabulary.unheld)
        self._order = {intent: rank for rank, intent in enumerate(vocabulary.intents)}
        self._intents = Phrases(
            (word, intent) for intent, tag in vocabulary.intents.items() for word in tag.words
        )
        self._spellings = {fold(key): fold(as_) for key, as_ in vocabulary.spellings.items()}
        fillers = frozenset(fold(" ".join(vocabulary.fillers)).split())
        self._fillers = frozenset(map(stem, fillers))
        alone = [fold(phrase) for phrase, _ in _subjects(knowledge)]
        alone += map(fold, vocabulary.unheld)
        self._carrying = frozenset(word for word in alone if " " not in word) - fillers
        self._same = {
            stem(word): stem(fold(group[0]))
            for group in vocabulary.synonyms
            for word in fold(" ".join(group)).split()
        }
        self._suiting = {
            intent: frozenset(self.same(stems(" ".join(tag.suits))))
            for intent, tag in vocabulary.intents.items()
        }
        said = [phrase for phrase, _ in _subjects(knowledge)]
        said += [word for tag in vocabulary.intents.values() for word in tag.words]
        self._repairable = sorted({word for word in fold(" ".join(said)).split() if len(word) > 3})
        said += [*vocabulary.unheld, *(word for group in vocabulary.synonyms for word in group)]
        self._is_word = is_word
        names = (name for t in knowledge.topics.values() for name in (t.name, *t.also))
        self._english = Translation(
            vocabulary.english,
            (name for name in names if len(fold(name).split()) > 1),
            lambda word: word in fillers or is_word(word),
        )
        self._known = frozenset(corpus).union(
            self._fillers, (stem(word) for word in fold(" ".join(said)).split())
        )

    def knows(self, word: str) -> bool:
        """Whether a folded word needs no repair."""
        return stem(word) in self._known or word.isdigit() or self._is_word(word)

    def read(self, text: str) -> Reading:
        """What `text` says. Words that nobody knows are repaired when one known word is near."""
        words = tuple(self._spelled(fold(spelled_signs(text))))[:LONGEST_SENTENCE]
        reduced = tuple(stem(word) for word in words)
        intents = self._intents.find(reduced)
        asked = {at for match in intents for at in range(match.first, match.end)}
        kept = [at for at, word in enumerate(reduced) if word not in SMALL_WORDS]
        told = tuple(reduced[at] for at in kept)
        units: list[Unit] = []
        taken: set[int] = set()
        for match in self._unheld.find(told):
            if match.end == match.first + 1 and self._is_filler(words[kept[match.first]]):
                continue
            taken.update(kept[match.first : match.end])
            units.append(Unit(self.same(told[match.first : match.end]), frozenset(), True))
        for subject in self._subjects.find(told):
            phrase = told[subject.first : subject.end]
            here = kept[subject.first : subject.end]
            if not taken.isdisjoint(here) or (len(phrase) == 1 and self._is_filler(words[here[0]])):
                continue
            taken.update(here)
            units.append(Unit(self.same(phrase), frozenset(subject.meanings)))
        units += [
            Unit(self.same((word,)), frozenset())
            for at, word in enumerate(reduced)
            if at not in taken and at not in asked and not self._is_filler(words[at])
        ]
        named = {intent for match in intents for intent in match.meanings}
        suiting = frozenset().union(*(self._suiting[intent] for intent in named))
        hints = (reduced[at] for at in asked if reduced[at] not in self._fillers)
        return Reading(
            words,
            tuple(units),
            tuple(sorted(named, key=self._order.__getitem__)),
            suiting.union(self.same(tuple(hints))),
            frozenset(hint for match in self._hints.find(told) for hint in match.meanings),
        )

    def _is_filler(self, word: str) -> bool:
        """Whether a folded word carries nothing: « petit », but not « pétition » of one stem."""
        return stem(word) in self._fillers and self._carrying.isdisjoint(
            (word, word.removesuffix("s"))
        )

    def same(self, words: Stems) -> Stems:
        """The stems, each as the first of its synonyms."""
        return tuple(self._same.get(word, word) for word in words)

    def concepts_in(self, words: Stems) -> frozenset[Concept]:
        """The concepts that a curated sentence names, its words being stems."""
        told = tuple(word for word in words if word not in SMALL_WORDS)
        return frozenset(
            concept for match in self._subjects.find(told) for concept in match.meanings
        )

    def _spelled(self, folded: str) -> Iterator[str]:
        said = folded.split()[:LONGEST_SENTENCE]
        for word in self._english.translated(said) if said else ():
            spelled = self._spellings.get(word)
            if spelled is not None:
                yield from spelled.split()
            elif self.knows(word):
                yield word
            elif word[0] in _ELIDED and len(word) > 4 and self.knows(word[1:]):
                yield from (word[0], word[1:])
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


def spelled_signs(text: str) -> str:
    """`text` with a word for the signs that tell: « le + de », « 30 % »."""
    return text.replace("+", " plus ").replace("%", " pourcent ")


def _bare(phrase: str) -> str:
    return " ".join(word for word in fold(phrase).split() if stem(word) not in SMALL_WORDS)


def _hints(vocabulary: Vocabulary) -> Iterator[tuple[str, Concept]]:
    for tag, theme in vocabulary.themes.items():
        for word in theme.hints:
            yield word, Concept("theme", tag)
    for tag, indicator in vocabulary.indicators.items():
        for word in indicator.hints:
            yield word, Concept("indicator", tag)


def _subjects(knowledge: Knowledge) -> Iterator[tuple[str, Concept]]:
    vocabulary = knowledge.vocabulary
    for tag, theme in vocabulary.themes.items():
        for word in (theme.label, *theme.words):
            yield word, Concept("theme", tag)
    for tag, indicator in vocabulary.indicators.items():
        for word in (indicator.label, *indicator.words):
            yield word, Concept("indicator", tag)
            yield word, Concept("theme", indicator.theme)
    for id_, topic in knowledge.topics.items():
        for word in (topic.name, *topic.also):
            yield word, Concept("topic", id_)
