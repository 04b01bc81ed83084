"""What a sentence asks: about which places, of what, when, and with what intent."""

from dataclasses import dataclass, replace
from datetime import date

from bot.answers.model import Territory
from bot.answers.territories import Gazetteer
from bot.knowledge.model import Intent, Vocabulary
from bot.language.calendar import days_in, years_in
from bot.language.dates import Period
from bot.language.folding import fold
from bot.language.stems import stems
from bot.search.lexicon import CAMERAS, Concept, Lexicon, Reading, Unit
from bot.search.phrases import Phrases

LONGEST_TEXT = 600
"""Characters read of one message."""
LONGEST_POLITENESS = 8
"""Words that may stand around a politeness: « merci beaucoup, vous êtes bien aimable »."""
LONGEST_ASIDE = 4
"""The same beside a word that asks: « merci, et comment allez-vous ? »."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence as slots."""

    territories: tuple[Territory, ...]
    doubtful: tuple[Territory, ...]
    """Places to choose from, when a name may mean several."""
    reading: Reading
    years: tuple[Period, ...]
    days: Period | None
    """Days to come, for events."""
    smalltalk: str | None
    """The reply to a text that asks nothing."""
    is_elsewhere: bool
    """Whether it is about a place abroad."""
    is_national: bool
    """Whether it says that it is about the whole country."""
    is_following: bool
    """Whether it opens as the sequel of another: « et à Lille ? »."""
    points_back: bool
    """Whether it says « ça », « ce logiciel », « là-bas », « y »."""

    @property
    def intent(self) -> Intent | None:
        return self.reading.intents[0] if self.reading.intents else None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said besides places and dates."""
        return not self.reading.units and not self.reading.intents

    @property
    def requires(self) -> bool:
        """Whether it asks for what the base seldom tells: a colour, a brand, the weather…"""
        return any(unit.is_required for unit in self.reading.units)

    @property
    def implies_cameras(self) -> bool:
        """Whether it asks of filming, or how many, or since when, without saying of what."""
        if not self.territories or self.reading.concepts or self.asks("upcoming", "source"):
            return False
        counts = self.asks("how-many", "evolution", "when")
        names_nothing = "en" in self.reading.words or not self.reading.units
        return CAMERAS in self.reading.hints or (counts and names_nothing)

    def about_cameras(self) -> "Question":
        """This question, of cameras: what people mean here when they do not say."""
        unit = Unit(_CAMERAS, frozenset({Concept("indicator", "cameras"), CAMERAS}))
        return replace(self, reading=replace(self.reading, units=(unit, *self.reading.units)))

    def asks(self, *intents: Intent) -> bool:
        """Whether one of these is among what is asked."""
        return any(intent in self.reading.intents for intent in intents)

    def tags(self, kind: str) -> tuple[str, ...]:
        """The tags of one kind of concept, in the order said."""
        found = (
            concept.tag
            for unit in self.reading.units
            for concept in sorted(unit.concepts)
            if concept.kind == kind
        )
        return tuple(dict.fromkeys(found))

    def about(self, concept: Concept) -> bool:
        """Whether a concept is among what is said."""
        return concept in self.reading.concepts

    def following(self, before: "Question") -> "Question":
        """This question with, for what it leaves out, what the one before said."""
        units = self.reading.units
        if not self.reading.concepts:
            units = before.reading.units + tuple(unit for unit in units if unit.is_required)
        intents = self.reading.intents or before.reading.intents
        if not self.reading.units and self.asks("yes-no"):
            intents = before.reading.intents
        return replace(
            self,
            territories=self.territories or before.territories,
            reading=replace(self.reading, units=units, intents=intents),
            years=self.years,
            smalltalk=None,
        )


class Understanding:
    """Turns sentences into questions."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._smalltalk = Phrases(
            (word, talk.reply) for talk in vocabulary.smalltalk.values() for word in talk.words
        )
        self._fillers = frozenset(word for text in vocabulary.fillers for word in stems(text))

    def read(self, text: str, today: date) -> Question:
        """`text` as slots; only its first `LONGEST_TEXT` characters count. Never raises."""
        text = text[:LONGEST_TEXT]
        named = self._gazetteer.find_in(text)
        reading = self._lexicon.read(named.rest)
        spelled = " ".join(reading.words)
        years, days = years_in(spelled, today), days_in(spelled, today)
        units = tuple(
            unit
            for unit in reading.units
            if unit.concepts
            or not (unit.stems[0].isdigit() or (days and _is_of_a_date(unit.stems)))
        )
        numbers = {word for word in reading.words if word.isdigit() and len(word) > 1}
        suiting = reading.suiting.union(numbers.difference(str(year.year) for year in years))
        words = fold(text).split()
        return Question(
            territories=named.sure,
            doubtful=named.doubtful,
            reading=replace(reading, units=units, suiting=suiting),
            years=years,
            days=days,
            smalltalk=None if named.sure else self._small_talk(text, asks=bool(reading.intents)),
            is_elsewhere=named.is_elsewhere and _NATIONAL.isdisjoint(words),
            is_national=not _NATIONAL.isdisjoint(words),
            is_following=reading.words[:1] in _SEQUELS,
            points_back=bool(
                {"ca", "cela", "celui", "celle", "ce", "cette", "y", "leur", "bas"} & set(words)
            ),
        )

    def nothing_said(self, territories: tuple[Territory, ...]) -> Question:
        """The question of somebody who only opened these places."""
        return Question(
            territories, (), Reading((), (), ()), (), None, None, False, False, False, False
        )

    def _small_talk(self, text: str, *, asks: bool) -> str | None:
        words = stems(text)
        matches = self._smalltalk.find(words)
        if not matches:
            return None
        inside = {at for match in matches for at in range(match.first, match.end)}
        rest = [word for at, word in enumerate(words) if at not in inside]
        longest = LONGEST_ASIDE if asks else LONGEST_POLITENESS
        if all(word in self._fillers for word in rest) and len(rest) <= longest:
            return matches[-1].meanings[0]
        return None


_CAMERAS = stems("caméras")
_SEQUELS = (("et",), ("pareil",), ("idem",), ("meme",))
_NATIONAL = frozenset(("france", "pays", "national", "nationale", "francaises", "francais"))
_DATE_WORDS = frozenset(
    stems(
        "lundi mardi mercredi jeudi vendredi samedi dimanche week end weekend demain hui soir matin"
        " semaine prochaine prochain mois janvier fevrier mars avril mai juin juillet aout"
        " septembre octobre novembre decembre today tonight tomorrow prochains prochaines jour"
        " jours semaines mi debut fin printemps automne hiver nuit midi cet ces"
    )
)


def _is_of_a_date(words: tuple[str, ...]) -> bool:
    return all(word in _DATE_WORDS for word in words)
