"""What is never answered, whatever the base holds: who somebody is, and how to do harm."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.language.stems import stems
from bot.search.phrases import Match, Phrases, Stems

_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]*")
AFTER_KIN = 5
"""Words after « mon voisin » among which a verb only reports what he says."""
BEFORE_HARM = 3
"""Words between « comment » and what would be done."""
BEFORE_HOME = 4
"""Words up to « chez » among which a verb says that one only stays there."""
_STAYING = frozenset(stems("vais va allons passe suis habite loge viens dors reste"))
_WAYS = frozenset(
    ("produit", "outil", "comment", "how", "tuto", "astuce", "astuces", "moyen", "technique")
)


class Sentence(NamedTuple):
    """The stems of a sentence, and whether it ends as a question does."""

    words: Stems
    asks: bool


def sentences_of(text: str) -> list[Sentence]:
    return [Sentence(stems(one), "?" in one) for one in _SENTENCE.findall(text)]


class Refusals:
    """Reads what a sentence must not be answered on."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        persons = vocabulary.persons
        self._kin = Phrases((phrase, True) for phrase in persons.kin)
        self._hearsay = frozenset(word for phrase in persons.hearsay for word in stems(phrase))
        self._naming = Phrases((phrase, True) for phrase in persons.naming)
        self._roles = frozenset(word for phrase in persons.roles for word in stems(phrase))
        fillers = frozenset(word for phrase in vocabulary.fillers for word in stems(phrase))
        self._passed_over = fillers - self._roles
        self._harmful = frozenset(fold(word) for word in vocabulary.harmful)

    def asks_who(self, sentences: Sequence[Sentence]) -> bool:
        """Whether one asks who somebody is: the name of an agent."""
        return any(self._asks_who(one.words) for one in sentences)

    def is_of_kin(
        self,
        sentences: Sequence[Sentence],
        *,
        names_place: bool,
        names_subject: bool,
        asks_law: bool,
    ) -> bool:
        """Whether they name somebody close who is more than part of the story.

        That is who only tells, who is in a sentence beside the one that asks about a town or a
        public subject, or of whom the law alone is asked (« mon voisin filme la rue, a-t-il le
        droit ? »).
        """
        told = sentences
        if names_place or names_subject:
            told = [one for one in sentences if one.asks] or sentences
        return not asks_law and any(self._is_of_kin(one.words) for one in told)

    def is_harm(self, folded: str, *, asks_how: bool) -> bool:
        """Whether a folded text asks how to break or blind what watches."""
        words = folded.split()
        return any(
            word in self._harmful
            and (asks_how or not _WAYS.isdisjoint(words[max(0, at - BEFORE_HARM) : at]))
            for at, word in enumerate(words)
        )

    def _is_of_kin(self, words: Stems) -> bool:
        return any(
            self._hearsay.isdisjoint(words[match.end : match.end + AFTER_KIN])
            and not _is_at_home(words[: match.first])
            for match in self._kin.find(words)
        )

    def _asks_who(self, words: Stems) -> bool:
        return any(self._names_role(words, match) for match in self._naming.find(words))

    def _names_role(self, words: Stems, match: Match[bool]) -> bool:
        """Whether the first word that tells after « le nom » is somebody."""
        for word in words[match.end :]:
            if word in self._roles:
                return True
            if word not in self._passed_over and (word,) not in self._naming:
                return False
        return False


def _is_at_home(before: Stems) -> bool:
    """Whether somebody close is only visited: « je vais souvent chez ma fille à Lille »."""
    return before[-1:] == ("chez",) and not _STAYING.isdisjoint(before[-BEFORE_HOME:])
