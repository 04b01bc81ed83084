"""What people say without asking anything, and the line that it deserves."""

from collections.abc import Iterable

from bot.knowledge.model import SmallTalk, Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.lexicon import Lexicon, spelled_signs
from bot.search.phrases import Match, Phrases

LONGEST_POLITENESS = 8
"""Words that may stand around a politeness: « merci beaucoup, vous êtes bien aimable »."""
LONGEST_LED = 12
"""The same around one that suffices: « haha, t'es trop fort »."""


class Talk:
    """Finds the politeness that a text is."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._asides = frozenset(word for text in vocabulary.asides for word in stems(text))
        self._phrases = Phrases(
            (word, talk) for talk in vocabulary.smalltalk.values() for word in talk.words
        )
        self._fillers = frozenset(word for text in vocabulary.fillers for word in stems(text))

    def reply(self, text: str) -> str | None:
        """The line that answers a text without a place; None when the text asks something.

        What a politeness of several words says is not asked: « je vous souhaite une bonne soirée ».
        """
        said = [(word, stem(word)) for word in fold(spelled_signs(text)).split()]
        said = [(word, reduced) for word, reduced in said if reduced not in self._asides]
        words = tuple(reduced for _, reduced in said)
        matches = self._phrases.find(words)
        if not matches:
            return None
        inside = _covered(matches)
        phrases = _covered(match for match in matches if match.end > match.first + 1)
        if self._lexicon.read(_without(phrases, said)).concepts:
            return None
        asked = self._lexicon.read(_without(inside, said))
        rest = [word for at, word in enumerate(words) if at not in inside]
        if asked.intents or any(unit.is_required for unit in asked.units):
            return None
        if all(word in self._fillers for word in rest) and len(rest) <= LONGEST_POLITENESS:
            return matches[-1].meanings[0].reply
        if asked.hints or "?" in text:
            return None
        leading = [match.meanings[0] for match in matches if match.meanings[0].leads]
        return leading[-1].reply if leading and len(rest) <= LONGEST_LED else None


def _without(positions: set[int], said: list[tuple[str, str]]) -> str:
    return " ".join(word for at, (word, _) in enumerate(said) if at not in positions)


def _covered(matches: Iterable[Match[SmallTalk]]) -> set[int]:
    return {at for match in matches for at in range(match.first, match.end)}
