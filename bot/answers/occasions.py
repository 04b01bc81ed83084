"""The events that people ask for by their name, past or to come: « le colloque de Nancy »."""

import math
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.agenda import Calendar
from bot.answers.model import Territory
from bot.answers.question import Question
from bot.answers.territories import Gazetteer
from bot.knowledge.model import Event
from bot.knowledge.occurrences import DatedEvent, start_of
from bot.language.dates import Period
from bot.language.stems import stems
from bot.search.lexicon import Lexicon

SHARE = 0.5
"""The share of what a question says that an event must say too, to be the one meant."""
SHARE_OF_EVENT = 0.4
"""The same for a question that says that it is about an event."""
UNSAID = 0.4
"""What a word weighs that no event uses: people talk around."""
FEW = 3
"""Events that use a word, at most, for it to tell them from the others…"""
MOST = 8
"""…or one event in so many."""
_CAMERAS = "caméras vidéosurveillance vidéoprotection"
"""What every question here is about, and so tells no event from the others."""
LONG = 6
"""Letters from which a word may hold a slip of the finger."""
FOUND = 3
"""Events told at once."""


class Occasions:
    """Finds the events of one state of the base by what is announced of them."""

    def __init__(
        self,
        calendar: Calendar,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        bygone: Iterable[str],
    ) -> None:
        """`bygone` are the phrases that say of any event that it took place."""
        self._passed_over = frozenset(
            word for phrase in bygone for word in lexicon.same(stems(phrase))
        )
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._said = [
            (dated, frozenset(lexicon.same(stems(_text(dated.event))))) for dated in calendar.all
        ]
        spread: Counter[str] = Counter(word for _, said in self._said for word in said)
        total = len(self._said)
        few = max(FEW, total // MOST)
        cameras = lexicon.same(stems(_CAMERAS))
        self._singling = frozenset(w for w, uses in spread.items() if uses <= few).difference(
            cameras
        )
        self._weights = {
            word: math.log((total + 1) / (uses + 1)) / math.log(total + 2)
            for word, uses in spread.items()
        }

    def named(self, question: Question, *, wholly: bool = False) -> tuple[DatedEvent, ...]:
        """The events that a question names, those of the year asked, else the latest first.

        `wholly`: only those that say all that it says, and that by more than one word.
        """
        telling = self._lexicon.telling(question.reading.words) - self._passed_over
        words = set(map(self._repaired, telling))
        if wholly and len(words) < 2:
            return ()
        share = 1.0 if wholly else SHARE_OF_EVENT if question.asks("upcoming") else SHARE
        least = share * sum(self._weights.get(word, UNSAID) for word in words)
        there = [
            (dated, said)
            for dated, said in self._said_there(question.territories)
            if _is_then(dated, question)
        ]
        is_single = bool(question.territories) and len(there) <= FEW and question.asks("upcoming")
        least = 0.0 if is_single else least
        is_of_events = question.asks("upcoming", "when", "where", "who")
        held = [
            (score, dated)
            for dated, said in there
            if (score := self._score(words & said, is_single=is_single)) >= least
            and (is_of_events or len(words & said) > 1)
        ]
        best = max((score for score, _ in held), default=0.0)
        found = [dated for score, dated in held if score == best]
        found.sort(key=start_of, reverse=not _FIRST & set(question.reading.words))
        return tuple(found[:FOUND])

    def _score(self, shared: Iterable[str], *, is_single: bool) -> float:
        """`is_single`: the place alone tells the event from the others."""
        words = list(shared)
        if not words or (self._singling.isdisjoint(words) and not is_single):
            return -1.0
        return sum(self._weights[word] for word in words)

    def _repaired(self, word: str) -> str:
        """The word of an event that a slip of the finger turned into `word`, or `word` itself."""
        if word in self._weights or len(word) < LONG:
            return word
        nearest = process.extractOne(word, list(self._weights), scorer=OSA.distance, score_cutoff=1)
        return word if nearest is None else nearest[0]

    def _said_there(
        self, territories: tuple[Territory, ...]
    ) -> list[tuple[DatedEvent, frozenset[str]]]:
        """The events of one of these places, or that say its name; all without places."""
        if not territories:
            return self._said
        ids = {id_ for one in territories for id_ in self._gazetteer.inside(one)}
        names = [self._lexicon.same(stems(one.name)) for one in territories]
        return [
            (dated, said)
            for dated, said in self._said
            if not ids.isdisjoint(dated.event.cities) or any(map(said.issuperset, names))
        ]


_FIRST = frozenset(("premier", "premiere", "premieres", "premiers"))


def _is_then(dated: DatedEvent, question: Question) -> bool:
    asked: list[Period] = list(question.years) or ([question.days] if question.days else [])
    day = start_of(dated).date()
    return not asked or any(period.first <= day <= period.last for period in asked)


def _text(event: Event) -> str:
    told = (event.title, event.place, event.address, *event.organisers, *event.guests)
    return " ".join(text for text in told if text)
