"""What people tell around what they ask: « mon médecin m'a dit que Lille avait 200 caméras »."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.lexicon import Lexicon, Reading, Unit

_CLAUSE = re.compile(r"[.?!;,:\n]+")
_HEARERS = frozenset(("m", "me", "nous", "j", "i", "he", "she", "they"))
AFTER_HEARER = 2
"""Words after « m' », « elle » among which a verb tells: « m'a dit », « she thinks »."""


class Stories:
    """Tells what is asked from what is only told around it."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        hearsay = (word for phrase in vocabulary.persons.hearsay for word in stems(phrase))
        self._telling = frozenset(hearsay) - _HEARERS

    def without(self, text: str, reading: Reading, names_place: Callable[[str], bool]) -> Reading:
        """`reading` of `text`, without what only its story requires: a doctor, a bar, the rain.

        A clause asks when it asks something of a subject or of a place, or when it is what
        somebody told; all stays when no clause does.
        """
        if not any(unit.is_required for unit in reading.units):
            return reading
        asked: set[Unit] = set()
        asks = False
        for clause, is_told in self._clauses(text):
            read = self._lexicon.read(clause)
            asks_something = bool(read.intents) or is_told
            if asks_something and (read.concepts or names_place(clause)):
                asks = True
                asked.update(read.units)
        if not asks:
            return reading
        units = tuple(u for u in reading.units if not u.is_required or u in asked)
        return replace(reading, units=units)

    def _clauses(self, text: str) -> Iterable[tuple[str, bool]]:
        """The clauses of a text, and whether each is what somebody told or wondered.

        Who told it, and where, is left out.
        """
        for clause in _CLAUSE.split(text):
            words = fold(clause).split()
            end = self._end_of_telling(words)
            yield " ".join(words[end:]), end > 0

    def _end_of_telling(self, words: list[str]) -> int:
        for at, word in enumerate(words):
            if word in _HEARERS:
                for end in range(at + 1, min(at + 2 + AFTER_HEARER, len(words))):
                    if stem(words[end]) in self._telling:
                        return end + 1
        return 0
