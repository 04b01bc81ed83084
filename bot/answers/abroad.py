"""Which words of a sentence name a place that is not in France, or nowhere."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from string import ascii_lowercase

from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.places.index import OPENING, Index, Kind
from bot.places.reading import is_word

LONG = 6
"""Letters from which the name of a place abroad may hold a slip of the finger."""
_AT = frozenset(("a", "au", "aux", "en", "de", "in", "of"))
_BEHIND = re.compile(r"\s*(?:\(\s*|(?:en|au|aux|in)\s+)(\w+)")
"""What follows « Laval » in « Laval au Québec », « Laval (Québec) »."""


_LINK = "-(?:sur|sous|les|lès|lez|aux)-"
_GOES_ON = re.compile(rf"{_LINK}\w", re.IGNORECASE)
_NAMED = re.compile(rf"(?<!\w)[A-ZÉÈÎ][\w’']+(?:-[\w’']+)*{_LINK}[\w’']+")
"""What is written as the name of a commune: « Montfleury-sur-Isle »."""


def goes_on(sentence: str, end: int) -> bool:
    """Whether a name that ends there is only the beginning of one: « Lille-sous-Bois »."""
    return _GOES_ON.match(sentence, end) is not None


class Abroad:
    """Knows the towns and countries abroad that `index` holds."""

    def __init__(self, index: Index, asking: Collection[str]) -> None:
        """`asking`: the folded words with which people ask, which are no slip of the finger."""
        self._index = index
        self._asking = asking

    def follows(self, sentence: str) -> bool:
        """Whether what stands behind a name says that it is that of a place abroad."""
        behind = _BEHIND.match(sentence)
        key = fold(behind[1]) if behind else "france"
        return key != "france" and self._is_abroad(key)

    def is_named_in(self, sentence: str) -> bool:
        """Whether a sentence without communes names a town or a country abroad, or a commune that
        does not exist.

        After « à » or « en », a slip of the finger is forgiven: « à bruxelle ».
        """
        words = fold(sentence).split()
        index = self._index
        if (
            _NAMED.search(sentence)
            or any(map(self._is_abroad, words))
            or any(
                self._is_abroad(one + other)
                and not (is_word(index, one) and is_word(index, other))  # « si on » is not Sion
                for one, other in pairwise(words)
            )
        ):
            return True
        return any(
            before in _AT
            and len(word) >= LONG
            and not (word in self._asking or is_word(index, word))
            and self._is_near(word)
            for before, word in pairwise(words)
        )

    def _is_abroad(self, key: str) -> bool:
        index = self._index
        return key[:OPENING] in index.openings and any(
            kind == Kind.FOREIGN for kind, _ in index.hits(key)
        )

    def _is_near(self, word: str) -> bool:
        """Whether one slip was made in the name of a place abroad."""
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        return any(
            self._is_abroad(one)
            for left, right in cuts
            for one in (
                left + right[1:],
                left + right[1:2] + right[:1] + right[2:],
                *(left + letter + right for letter in ascii_lowercase),
                *(left + letter + right[1:] for letter in ascii_lowercase),
            )
        )


def words_asked_with(vocabulary: Vocabulary) -> Iterator[str]:
    """Every folded word with which people ask."""
    said = (vocabulary.fillers, vocabulary.english.marks, *vocabulary.synonyms)
    tags = (*vocabulary.themes.values(), *vocabulary.intents.values())
    talks = (talk.words for talk in vocabulary.smalltalk.values())
    for phrases in (*said, *(tag.words for tag in tags), *talks):
        for phrase in phrases:
            yield from fold(phrase).split()
