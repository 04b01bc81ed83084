"""English questions, word for word in French: all that follows is written for French."""

from collections.abc import Callable, Iterable, Sequence

from bot.knowledge.speech import English
from bot.language.folding import fold
from bot.language.stems import english_stem, english_stems
from bot.search.phrases import Phrases

_WHETHER = fold("est-ce que").split()


class Translation:
    """Translates the words of the vocabulary, and leaves the others as they are."""

    def __init__(
        self, english: English, names: Iterable[str], is_word: Callable[[str], bool]
    ) -> None:
        """`names` stay as they are; `is_word` says whether a folded word is French."""
        self._names = Phrases(((name, True) for name in names), english_stems)
        self._marks = frozenset(word for mark in english.marks for word in fold(mark).split())
        self._opening = frozenset(fold(word) for word in english.opening)
        self._phrases = Phrases(
            (
                (phrase, tuple(fold(french).split()))
                for french, phrases in english.words.items()
                for phrase in phrases
            ),
            english_stems,
        )
        self._exactly = frozenset(
            fold(phrase) for phrases in english.words.values() for phrase in phrases
        )
        self._is_word = is_word
        listed = {word for phrase in self._exactly for word in phrase.split()}
        self._foreign = self._marks.union(word for word in listed if not is_word(word))
        """Nothing is translated without one of these."""

    def translated(self, words: Sequence[str]) -> list[str]:
        """A folded sentence in French.

        In a French sentence, only what is not all French is translated, and only as it is listed:
        « price », but neither « car » nor « solde », which would else be read as « sold ».
        """
        if self._foreign.isdisjoint(words):
            return list(words)
        reduced = tuple(english_stem(word) for word in words)
        names = self._names.find(reduced)
        named = {at for name in names for at in range(name.first, name.end)}
        # What no French sentence says, unless a name does: « Two-i ».
        is_english = any(w in self._marks for at, w in enumerate(words) if at not in named)
        french: list[str] = []
        at = 0
        for match in self._phrases.find(reduced):
            said = words[match.first : match.end]
            if any(
                name.first < match.end
                and match.first < name.end
                and match.end - match.first <= name.end - name.first
                for name in names
            ):
                continue
            if is_english or (
                " ".join(said) in self._exactly and not all(map(self._is_word, said))
            ):
                french += (*words[at : match.first], *match.meanings[0])
                at = match.end
        french += words[at:]
        if is_english and words[0] in self._opening and french[0] == words[0]:
            french[:1] = _WHETHER
        return french
