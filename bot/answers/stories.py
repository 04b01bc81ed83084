"""What people tell around what they ask: « mon médecin m'a dit que Lille avait 200 caméras »."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem, stems
from bot.search.lexicon import Lexicon, Reading, Unit

_SENTENCE = re.compile(r"[^.?!;:\n]+\??")
_CLAUSE = re.compile(r"[^.?!;,:\n]+\??")
_SPEAKER = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|hello|hi|slt|bjr|madame|monsieur) )*"
    r"(?:je suis|on est|nous sommes|moi je suis|on milite|je milite|je travaille|on travaille"
    r"|etant|en tant que?|i m|i am|we are|chui|chuis|jsuis)\b"
)
"""How people say who they are before they ask."""
_SPEAKING = frozenset(
    [
        "suis",
        "sommes",
        "est",
        "milite",
        "travaille",
        "travaillons",
        "etant",
        "tant",
        "m",
        "am",
        "are",
        "chui",
        "chuis",
        "jsuis",
    ]
)
"""Words of which every such turn has one."""
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

        A sentence, or a clause, asks when it asks something of a subject or of a place, or is
        what somebody told; all stays when none does.
        """
        reading = self._without_speaker(text, reading)
        if not any(unit.is_required for unit in reading.units):
            return reading
        for cut in (_SENTENCE, _CLAUSE):
            asked = self._asked(cut, text, names_place)
            if asked:
                asked.update(u for u in reading.units if u.stems in self._lexicon.at_work)
                units = tuple(u for u in reading.units if not u.is_required or u in asked)
                reading = replace(reading, units=units)
        return reading

    def _without_speaker(self, text: str, reading: Reading) -> Reading:
        """`reading` of `text`, without who asks: « je suis agent territorial », where the rest
        asks something of a subject."""
        if _SPEAKING.isdisjoint(reading.words):
            return reading
        clauses = _CLAUSE.findall(text)
        read = {one: self._lexicon.read(one) for one in clauses if _SPEAKER.match(fold(one))}
        speaking = {one: its for one, its in read.items() if not its.intents}
        if not speaking:
            return reading
        rest = self._lexicon.read(" , ".join(one for one in clauses if one not in speaking))
        if not (rest.intents and (rest.concepts or "en" in rest.words)):
            return reading
        said = {unit for its in speaking.values() for unit in its.units}
        units = tuple(u for u in reading.units if u not in said or u in rest.units)
        return replace(reading, units=units)

    def told_aside(self, text: str, reading: Reading) -> Reading:
        """`reading` of `text`, without any plain word of its story: « je viens d'ouvrir une
        fromagerie à Annecy, y a combien de caméras ? »."""
        for cut in (_SENTENCE, _CLAUSE):
            asked = self._asked(cut, text, names_place=_never)
            if asked:
                units = tuple(unit for unit in reading.units if unit.concepts or unit in asked)
                reading = replace(reading, units=units)
        return reading

    def _asked(
        self, cut: re.Pattern[str], text: str, names_place: Callable[[str], bool]
    ) -> set[Unit]:
        """What the parts of a text that ask say; nothing when none does."""
        asked: set[Unit] = set()
        for part, is_asked in self._parts(cut, text):
            read = self._lexicon.read(part)
            if (read.intents or is_asked) and (
                read.concepts or "en" in read.words or names_place(part)
            ):
                asked.update(read.units)
        return asked

    def _parts(self, cut: re.Pattern[str], text: str) -> Iterable[tuple[str, bool]]:
        """The parts of a text, and whether each is what somebody told or wondered, or asks.

        Who told it, and where, is left out.
        """
        for part in cut.findall(text):
            words = fold(part).split()
            end = self._end_of_telling(words)
            yield " ".join(words[end:]), end > 0 or part.endswith("?")

    def _end_of_telling(self, words: list[str]) -> int:
        for at, word in enumerate(words):
            if word in _HEARERS:
                for end in range(at + 1, min(at + 2 + AFTER_HEARER, len(words))):
                    if stem(words[end]) in self._telling:
                        return end + 1
        return 0


def _never(_: str) -> bool:
    return False
