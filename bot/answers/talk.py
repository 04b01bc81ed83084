"""What people say without asking anything, and the line that it deserves."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.knowledge.model import Intent, Vocabulary
from bot.knowledge.speech import SmallTalk
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.lexicon import Lexicon, Reading, spelled_signs
from bot.search.phrases import Match, Phrases

LONGEST_POLITENESS = 8
"""Words that may stand around a politeness: « merci beaucoup, vous êtes bien aimable »."""
LONGEST_LED = 12
"""The same around one that suffices: « haha, t'es trop fort »."""
LONGEST_ADDRESS = 12
"""Words of a text that speaks to the bot of itself: « vous êtes un service de police ? »."""


_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
"""A letter that is held: « heyyy »."""
_BESIDE: frozenset[Intent] = frozenset(("yes-no", "definition"))
"""What may be asked beside a politeness of several words: « explique comment tu fonctionnes »."""

_OF_ITSELF: frozenset[Intent] = _BESIDE | {"who", "where", "list", "why", "private"}
"""What the bot may be asked of itself: « qui te paie ? », « où es-tu ? »."""


_IT = frozenset(("il", "elle", "on", "ils", "elles", "ell"))
"""What stands after the t of « passe-t-il », which speaks to nobody."""


class _Word(NamedTuple):
    folded: str
    stem: str


class Talk:
    """Finds the politeness that a text is."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._asides = frozenset(word for text in vocabulary.asides for word in stems(text))
        self._phrases = Phrases(
            (word, talk) for talk in vocabulary.smalltalk.values() for word in talk.words
        )
        self._addressing = Phrases((phrase, True) for phrase in vocabulary.addressing)
        self._bot_names = Phrases((phrase, True) for phrase in vocabulary.bot_names)
        self._requests = frozenset(word for text in vocabulary.requests for word in stems(text))
        self._small = frozenset(fold(" ".join(vocabulary.fillers)).split())
        self._talks = [
            (talk, frozenset(word for phrase in talk.words for word in stems(phrase)))
            for talk in vocabulary.smalltalk.values()
        ]

    def reply(self, text: str) -> str | None:
        """The line that answers a text without a place; None when the text asks something."""
        folded = _LONG_DRAWN.sub(r"\1", fold(spelled_signs(text)))
        words = [_Word(word, stem(word)) for word in folded.split()]
        said = [word for word in words if word.stem not in self._asides]
        matches = self._phrases.find(tuple(word.stem for word in said))
        talk = self._held(said, matches, text) if matches else None
        talk = talk or self._addressed(words)
        return None if talk is None else talk.reply

    def _held(
        self, said: list[_Word], matches: list[Match[SmallTalk]], text: str
    ) -> SmallTalk | None:
        """What a text with politenesses is, if it asks nothing besides.

        What a politeness of several words says is not asked: « je vous souhaite une bonne soirée ».
        « ou » without its accent is no place.
        """
        inside = _covered(matches)
        phrases = _covered(match for match in matches if match.end > match.first + 1)
        besides = self._lexicon.read(_without(phrases, said))
        if besides.concepts:
            return None
        asked = besides if inside == phrases else self._lexicon.read(_without(inside, said))
        if any(unit.is_required for unit in asked.units):
            return None
        intents = set(asked.intents) - (set() if "où" in text.lower() else {"where"})
        length = len(said) - len(inside)
        rest = {word.folded for at, word in enumerate(said) if at not in inside}
        is_plain = (not asked.units or rest <= self._small) and length <= LONGEST_POLITENESS
        if is_plain and intents <= (_BESIDE if phrases else set()):
            return matches[-1].meanings[0]
        if intents or asked.hints or "?" in text or length > LONGEST_LED:
            return None
        leading = [match.meanings[0] for match in matches if match.meanings[0].leads]
        return leading[-1] if leading else None

    def _addressed(self, words: Sequence[_Word]) -> SmallTalk | None:
        """What a short text is that speaks to the bot of itself: « t'es payé par qui ? ».

        « tu peux » and « avez-vous » only ask it for something else. What the base speaks of is no
        small talk, unless small talk has its very words: the police.
        """
        if len(words) > LONGEST_ADDRESS:
            return None
        reduced = tuple(word.stem for word in words)
        is_named = bool(self._bot_names.find(reduced))
        matches = [
            match
            for match in self._addressing.find(reduced)
            if not (
                reduced[match.first] == "t" and _IT.issuperset(reduced[match.end : match.end + 1])
            )
        ]
        beside = {near for match in matches for near in (match.first - 1, match.end)}
        asks_for = {words[at].stem for at in beside if 0 <= at < len(words)} & self._requests
        if not (is_named or matches) or asks_for:
            return None
        asked = self._lexicon.read(" ".join(word.folded for word in words))
        telling = {word.stem for word in words if word.folded not in self._small}
        shared = [len(telling & used) for _, used in self._talks]
        if not is_named and not set(asked.intents) <= _OF_ITSELF:
            return None
        is_known = bool(telling) and max(shared) == len(telling)
        is_of_base = (bool(asked.concepts) and not is_named) or _names_topic(asked)
        if not is_known and (is_of_base or any(unit.is_required for unit in asked.units)):
            return None
        if not (telling or asked.intents):
            return None
        itself = [talk.itself for talk, _ in self._talks]
        return max(zip(shared, itself, self._talks, strict=True), key=lambda one: one[:2])[2][0]


def _names_topic(asked: Reading) -> bool:
    return any(concept.kind == "topic" for concept in asked.concepts)


def _without(positions: set[int], said: list[_Word]) -> str:
    return " ".join(word.folded for at, word in enumerate(said) if at not in positions)


def _covered(matches: Iterable[Match[SmallTalk]]) -> set[int]:
    return {at for match in matches for at in range(match.first, match.end)}
