"""The words people use, and what each of them stands for in the base."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Intent, Knowledge, Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.english import Translation
from bot.search.phrases import Phrases, Stems

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)")
_NOT_DIGIT = re.compile(r"\D")
LONGEST_SENTENCE = 60
"""Words read of one sentence: nobody's question is longer, and the time it takes is bounded."""

SHORT = 3
"""Letters of a filler up to which it is said in most facts: « les », « est »."""
SHORTEST_REPAIRED, LONGEST_REPAIRED = 4, 30
"""Letters of a word that may hold a slip of the finger."""
_DETERMINERS = ("le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "ces", "ses", "sa")
SMALL_WORDS = frozenset((*_DETERMINERS, "son", "leur", "il", "elle", "ils", "elles"))
"""Words that may stand or not inside a phrase: « prix de la caméra », « prix des caméras », and
« font-elles baisser », « ils font baisser »."""
_ACCENTED = re.compile("[éèêàùç]")
_OR = re.compile(r"(?<=[\w ]) ou (?!(?:pas|non|bien|quoi|sont|est|se|ça|ca|on|y|ils?|elles?)\b)")
"""« ou » inside a sentence, unless it may be « où » or belongs to « ou pas »."""
_OR_ONE = re.compile(r" ou (?=une? )")
_ELIDED = frozenset("ldjn")
"""The letters that are glued to a word when its apostrophe is forgotten: « dune », « lutilise »."""


class Concept(NamedTuple):
    """One tag of the vocabulary, or one file of topics/."""

    kind: Literal["theme", "indicator", "topic"]
    tag: str


CAMERAS = Concept("theme", "cameras")
"""What nearly everything here is about."""
EVERYTHING = Concept("topic", "videosurveillance")
"""The topic that nearly every sentence here names without being about it."""
_ALL_CAMERAS = {CAMERAS, Concept("indicator", "cameras")}
LONG_NAME = 2
"""Words of a topic's name from which on it is a sentence, whose words are read too."""


class Unit(NamedTuple):
    """One thing that a sentence says: a word or a phrase, and what it may stand for."""

    stems: Stems
    concepts: frozenset[Concept]
    is_required: bool = False
    """Whether an answer must speak of it: a colour, a brand, the weather…"""
    is_recalled: bool = False
    """Whether it was said in the question before, and not again."""


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
    numbers: frozenset[str] = frozenset()
    """The numbers said, in digits: « les 22 caméras de la place », « huit »."""

    @property
    def stems(self) -> Stems:
        return tuple(map(stem, self.words))

    @property
    def concepts(self) -> frozenset[Concept]:
        return frozenset().union(*[unit.concepts for unit in self.units])


class Lexicon:
    """Reads sentences with the words of the vocabulary and the names of the topics."""

    def __init__(
        self, knowledge: Knowledge, corpus: Iterable[str], is_word: Callable[[str], bool]
    ) -> None:
        """What needs no repair: the stems of the facts (`corpus`), and folded French words."""
        vocabulary = knowledge.vocabulary
        tagged = Phrases(_subjects(knowledge))
        counted = Phrases((_bare(word), concept) for word, concept in _tags(vocabulary))
        self._subjects = Phrases(
            (
                *((_bare(word), concept) for word, concept in _subjects(knowledge)),
                *_inside_topics(knowledge, counted),
                *(
                    (_bare(phrase), concept)
                    for said, phrase in _sayings(vocabulary)
                    for concept in (*tagged.meanings(stems(said)), None)
                ),
            )
        )
        self._sayings = {stems(_bare(phrase)): stems(said) for said, phrase in _sayings(vocabulary)}
        self._hints = Phrases((_bare(word), concept) for word, concept in _hints(vocabulary))
        unheld = (*vocabulary.unheld, *vocabulary.at_work)
        self._unheld = Phrases((_bare(word), True) for word in unheld)
        self._order = {intent: rank for rank, intent in enumerate(vocabulary.intents)}
        self._intents = Phrases(
            (word, intent) for intent, tag in vocabulary.intents.items() for word in tag.words
        )
        self._covering = {intent for intent, tag in vocabulary.intents.items() if tag.covers}
        self._spellings = {fold(key): fold(as_) for key, as_ in vocabulary.spellings.items()}
        fillers = frozenset(fold(" ".join(vocabulary.fillers)).split())
        self._fillers = frozenset(map(stem, fillers))
        alone = [fold(phrase) for phrase, _ in _subjects(knowledge)]
        alone += map(fold, unheld)
        self._carrying = frozenset(word for word in alone if " " not in word) - fillers
        self._same = {
            stem(word): stem(fold(group[0]))
            for group in vocabulary.synonyms
            for word in map(fold, group)
            if " " not in word
        }
        self._suiting = {
            intent: frozenset(self.same(stems(" ".join(tag.suits))))
            for intent, tag in vocabulary.intents.items()
        }
        self.at_work = frozenset(self.same(stems(_bare(word))) for word in vocabulary.at_work)
        """What says that it is about somebody's work, each as the stems of a unit."""
        self.coming = self._stems_of(vocabulary.coming)
        """What says that a meeting is to come."""
        self.using = self._stems_of(vocabulary.using)
        """What the towns that have a technology do with it."""
        self.having = self.using | self._stems_of(vocabulary.acquiring)
        """The same, or how they came to it."""
        said = [phrase for phrase, _ in _subjects(knowledge)]
        said += [word for tag in vocabulary.intents.values() for word in tag.words]
        known = sorted({word for word in fold(" ".join(said)).split() if len(word) > 3})
        self._repairable: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
        for length in range(SHORTEST_REPAIRED, LONGEST_REPAIRED + 1):
            for word in known:
                if abs(len(word) - length) <= _slips(length):
                    for end in _ends(word):
                        self._repairable[length, *end].append(word)
        said += [*vocabulary.excluding, *vocabulary.bygone]
        said += [word for talk in vocabulary.smalltalk.values() for word in talk.words]
        said += [*unheld, *(word for group in vocabulary.synonyms for word in group)]
        self.is_word = is_word
        asking = (word for tag in vocabulary.intents.values() for word in tag.words)
        asked = fillers.union(fold(" ".join(asking)).split())
        names = (name for t in knowledge.topics.values() for name in (t.name, *t.also))
        meant = (*self._same, *(word for phrase in self._subjects for word in phrase))
        french = frozenset(corpus).union(meant)
        self._english = Translation(
            vocabulary.english,
            (name for name in names if len(fold(name).split()) > 1),
            lambda word: word in asked or is_word(word) or stem(word) in french,
        )
        self._known = french.union(
            self._fillers, (stem(word) for word in fold(" ".join(said)).split())
        )

    def knows(self, word: str) -> bool:
        """Whether a folded word needs no repair."""
        return stem(word) in self._known or word.isdigit() or self.is_word(word)

    def suiting(self, intent: Intent) -> frozenset[str]:
        """The stems that a fact suited to an intent may use."""
        return self._suiting.get(intent, frozenset())

    def telling(self, words: Iterable[str]) -> frozenset[str]:
        """The stems of the folded words that carry something."""
        kept = (stem(word) for word in words if not (self.is_filler(word) or word.isdigit()))
        return frozenset(self.same(tuple(word for word in kept if word not in SMALL_WORDS)))

    def read(self, text: str) -> Reading:
        """What `text` says. Words that nobody knows are repaired when one known word is near."""
        writes_accents = _ACCENTED.search(text)  # and « où » with its own
        text = (_OR if writes_accents else _OR_ONE).sub(" soit ", text)
        words = tuple(self._spelled(fold(spelled_signs(text))))[:LONGEST_SENTENCE]
        reduced = tuple(stem(word) for word in words)
        intents = self._intents.find(reduced)
        asked = {at for match in intents for at in range(match.first, match.end)}
        kept = [at for at, word in enumerate(reduced) if word not in SMALL_WORDS]
        told = tuple(reduced[at] for at in kept)
        units: list[Unit] = []
        taken = {
            at
            for match in intents
            if not self._covering.isdisjoint(match.meanings)
            for at in range(match.first, match.end)
        }
        for match in self._unheld.find(told):
            if not taken.isdisjoint(kept[match.first : match.end]) or (
                match.end == match.first + 1 and self.is_filler(words[kept[match.first]])
            ):
                continue
            taken.update(kept[match.first : match.end])
            units.append(Unit(self.same(told[match.first : match.end]), frozenset(), True))
        for subject in self._subjects.find(told):
            phrase = told[subject.first : subject.end]
            here = kept[subject.first : subject.end]
            if not taken.isdisjoint(here) or (len(phrase) == 1 and self.is_filler(words[here[0]])):
                continue
            taken.update(here)
            units.append(
                Unit(
                    self.same(self._sayings.get(phrase, phrase)),
                    frozenset(filter(None, subject.meanings)),
                )
            )
        units += [
            Unit(self.same((word,)), frozenset())
            for at, word in enumerate(reduced)
            if at not in taken and at not in asked and not self.is_filler(words[at])
        ]
        named = {intent for match in intents for intent in match.meanings}
        suiting = frozenset().union(*(self._suiting[intent] for intent in named))
        hints = [reduced[at] for at in asked if reduced[at] not in self._fillers]
        hints += [reduced[at] for at in _counted(words)]
        return Reading(
            words,
            tuple(units),
            tuple(sorted(named, key=self._order.__getitem__)),
            suiting.union(self.same(tuple(hints))),
            frozenset(hint for match in self._hints.find(told) for hint in match.meanings),
            frozenset(word for word in self.same(reduced) if word.isdigit()),
        )

    def is_filler(self, word: str) -> bool:
        """Whether a folded word carries nothing: « petit », but not « pétition » of one stem."""
        return stem(word) in self._fillers and self._carrying.isdisjoint(
            (word, word.removesuffix("s"))
        )

    def _stems_of(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self.same(stems(" ".join(words))))

    def same(self, words: Stems) -> Stems:
        """The stems, each as the first of its synonyms."""
        return tuple(map(self._same.get, words, words))

    def told(self, words: Stems) -> tuple[frozenset[str], frozenset[Concept]]:
        """What a curated sentence says, its words being stems, and the concepts that it names."""
        told = tuple(word for word in words if word not in SMALL_WORDS)
        found = self._subjects.find(told)
        phrases = (self._sayings.get(told[match.first : match.end], ()) for match in found)
        return (
            frozenset(self.same((*words, *chain.from_iterable(phrases)))),
            frozenset(c for match in found for c in match.meanings if c is not None),
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

        Hardly anybody slips at both ends: it begins or ends as that word does.
        """
        known = [one for end in _ends(word) for one in self._repairable.get((len(word), *end), ())]
        nearest = process.extractOne(
            word, known, scorer=OSA.distance, score_cutoff=_slips(len(word))
        )
        return nearest[0] if nearest else word


def _ends(word: str) -> tuple[tuple[int, str], ...]:
    """The first letter of a word and the last, each with its place."""
    return (0, word[0]), (-1, word[-1])


def _slips(length: int) -> int:
    """The slips forgiven in a word: one in four to seven letters, two in more."""
    return 1 if length < 8 else 2


def _counted(words: tuple[str, ...]) -> Iterator[int]:
    """Where the things are that are counted: « combien de communes », « combien de lieux »."""
    for at, word in enumerate(words[2:], 2):
        if words[at - 1] in ("de", "d") and words[at - 2] == "combien" and len(word) > SHORT:
            yield at


def spelled_signs(text: str) -> str:
    """`text` with a word for the signs that tell, « le + de », « 30 % », and « 1 200 » whole."""
    text = _THOUSANDS.sub(lambda number: _NOT_DIGIT.sub("", number[0]), text)
    return text.replace("+", " plus ").replace("%", " pourcent ")


def _bare(phrase: str) -> str:
    return " ".join(word for word in fold(phrase).split() if stem(word) not in SMALL_WORDS)


def _sayings(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The synonyms of several words, each after the word that it stands for."""
    for group in vocabulary.synonyms:
        for phrase in group:
            if " " in fold(phrase):
                yield group[0], phrase


def _hints(vocabulary: Vocabulary) -> Iterator[tuple[str, Concept]]:
    for tag, theme in vocabulary.themes.items():
        for word in theme.hints:
            yield word, Concept("theme", tag)
    for tag, indicator in vocabulary.indicators.items():
        for word in indicator.hints:
            yield word, Concept("indicator", tag)


def _subjects(knowledge: Knowledge) -> Iterator[tuple[str, Concept]]:
    yield from _tags(knowledge.vocabulary)
    for id_, topic in knowledge.topics.items():
        for word in (topic.name, *topic.also):
            yield word, Concept("topic", id_)


def _inside_topics(knowledge: Knowledge, tags: Phrases[Concept]) -> Iterator[tuple[str, Concept]]:
    """What the long names of topics say of themes: « combien coûte une caméra en moyenne »."""
    for topic in knowledge.topics.values():
        for name in map(_bare, topic.also):
            words = stems(name)
            if len(words) < LONG_NAME:
                continue
            for match in tags.find(words):
                for concept in set(match.meanings) - _ALL_CAMERAS:
                    yield name, concept


def _tags(vocabulary: Vocabulary) -> Iterator[tuple[str, Concept]]:
    for tag, theme in vocabulary.themes.items():
        for word in (theme.label, *theme.words):
            yield word, Concept("theme", tag)
    for tag, indicator in vocabulary.indicators.items():
        for word in (indicator.label, *indicator.words):
            yield word, Concept("indicator", tag)
            yield word, Concept("theme", indicator.theme)
