"""What a sentence asks: about which places, of what, when, and with what intent."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from bot.answers import cues
from bot.answers.areas import Area, Areas
from bot.answers.model import Territory
from bot.answers.refusing import Refusals, sentences_of
from bot.answers.stories import Stories
from bot.answers.talk import Talk
from bot.answers.territories import Gazetteer
from bot.knowledge.model import Intent, Vocabulary
from bot.language.calendar import days_in, years_in
from bot.language.dates import Period
from bot.language.folding import fold
from bot.language.stems import stems
from bot.search.lexicon import CAMERAS, EVERYTHING, Concept, Lexicon, Reading, Unit
from bot.search.phrases import Phrases

LONGEST_TEXT = 600
"""Characters read of one message."""


OF_NO_EVENT: tuple[Intent, ...] = ("act", "how-many", "why", "evolution", "ranking", "ratio")
"""What is never asked of events."""
Refused = Literal["private", "kin", "harm"]


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
    beside: tuple[Territory, ...] = ()
    """Places that only say where its own is, or who speaks."""
    smalltalk: str | None = None
    """The reply to a text that asks nothing."""
    refused: Refused | None = None
    """Why it is not answered, whatever the base holds; for somebody close, unless it clearly is
    about something else."""
    is_elsewhere: bool = False
    """Whether it is about a place abroad."""
    is_national: bool = False
    """Whether it says that it is about the whole country."""
    is_of_elsewhere: bool = False
    """Whether it leaves the places of the question before: « et ailleurs ? »."""
    is_following: bool = False
    """Whether it opens as the sequel of another: « et à Lille ? »."""
    points_back: bool = False
    """Whether it says « ça », « ce logiciel », « là-bas », « y »."""
    is_of_them: bool = False
    """Whether it says « leur »: of those of whom the question before was."""
    is_vague: bool = False
    """Whether its subject is but small words, as in « et en 2020, c'était combien ? »."""
    is_of_oneself: bool = False
    """Whether it says « je », « on », « nous »."""
    area: Area | None = None
    """The département or the region among whose towns it asks for the first."""
    is_of_own_town: bool = False
    """Whether it says « ma ville », « chez nous »."""
    is_of_article: bool = False
    """Whether it asks for what an article tells."""
    told: frozenset[str] = frozenset()
    """The fact that led the answer before, when this adds something to what was asked there."""
    told_of: Period | None = None
    """When that fact took place."""
    counts_first: bool = False
    """Whether it asks how many cameras there are, then something else."""
    is_past: bool = False
    """Whether it says that what it asks about took place: « avait lieu », « l'an dernier »."""

    is_latest: bool = False
    """Whether it asks for the latest figure in so many words."""

    @property
    def intent(self) -> Intent | None:
        return self.reading.intents[0] if self.reading.intents else None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said besides places and dates."""
        return not self.reading.units and not self.reading.intents

    @property
    def is_alternative(self) -> bool:
        """Whether it only names places: in « lille ou roubaix », « ou » asks for no place."""
        several = len(self.territories) > 1
        return several and not self.reading.units and self.reading.intents == ("where",)

    @property
    def requires(self) -> bool:
        """Whether it asks for what the base seldom tells: a colour, a brand, the weather…"""
        return any(unit.is_required for unit in self.reading.units)

    @property
    def speaks_of_events(self) -> bool:
        """Whether it may ask for events, to come or past."""
        return self.asks("upcoming") and not self.asks(*OF_NO_EVENT)

    @property
    def implies_cameras(self) -> bool:
        """Whether it asks of filming, or how many, or since when, without saying of what."""
        if self.reading.concepts or self.asks("upcoming", "source"):
            return False
        if not self.territories:  # « mon voisin filme la rue, a-t-il le droit ? »
            of_rules = CAMERAS in self.reading.hints and self.asks("lawful", "act")
            names_none = self.asks("ranking") and not self.reading.units
            return of_rules or names_none or self.area is not None
        counts = self.asks("how-many", "evolution", "when", "ranking") or bool(self.years)
        names_nothing = "en" in self.reading.words or not self.reading.units
        return CAMERAS in self.reading.hints or (counts and names_nothing)

    @property
    def asks_change(self) -> bool:
        """Whether it asks how something changed, not since when, nor how many in one year."""
        is_since = not cues.SINCE.isdisjoint(self.reading.words)
        of_one_year = len(self.years) == 1 and not is_since
        return self.asks("evolution") and not (self.asks("when") or of_one_year)

    @property
    def counts_things(self) -> bool:
        """Whether it asks how many of something there are, which is no sum of money."""
        return any(
            pair in _HOW_MANY_OF for pair in pairwise(self.reading.words)
        ) and not self.about(COST)

    @property
    def is_of_cameras(self) -> bool:
        """Whether it names the cameras, and no other subject."""
        subjects = [unit.concepts for unit in self.reading.units if unit.concepts]
        return bool(subjects) and all(CAMERAS in concepts for concepts in subjects)

    @property
    def is_of_cameras_alone(self) -> bool:
        """Whether it says nothing besides cameras, how many, and a place."""
        return all(CAMERAS in unit.concepts for unit in self.reading.units)

    @property
    def is_of_all_cameras(self) -> bool:
        """Whether it names the cameras, no other subject, and none of them in particular."""
        is_planned = PLANNED & self.reading.hints
        return self.is_of_cameras and set(self.tags("indicator")) <= {"cameras"} and not is_planned

    @property
    def is_count_of_cameras(self) -> bool:
        """Whether it asks how many cameras there are now."""
        return self.is_of_all_cameras and self.intent == "how-many" and not self.years

    @property
    def asks_for_cameras(self) -> bool:
        """Whether it asks if there are cameras, or how many, in some town."""
        asks = self.is_of_all_cameras and self.asks("how-many", "yes-no")
        return asks and not self.is_national

    def of_any_street(self) -> "Question":
        """This question, without « ma rue », « mon immeuble »: there one can do the same."""
        units = tuple(
            unit
            for unit in self.reading.units
            if not (unit.is_required and unit.stems[0] in cues.OWN)
        )
        return replace(self, reading=replace(self.reading, units=units))

    def about_cameras(self) -> "Question":
        """This question, of cameras: what people mean here when they do not say."""
        units = (ALL_CAMERAS, *self.reading.units)
        return replace(self, reading=replace(self.reading, units=units))

    def asks(self, *intents: Intent) -> bool:
        """Whether one of these is among what is asked."""
        return not set(intents).isdisjoint(self.reading.intents)

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


class Understanding:
    """Turns sentences into questions."""

    def __init__(
        self, vocabulary: Vocabulary, lexicon: Lexicon, gazetteer: Gazetteer, areas: Areas
    ) -> None:
        self._areas = areas
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._talk = Talk(vocabulary, lexicon)
        self._refusals = Refusals(vocabulary)
        self._stories = Stories(vocabulary, lexicon)
        self._excluding = Phrases((phrase, True) for phrase in vocabulary.excluding)
        self._bygone = Phrases(((phrase, True) for phrase in vocabulary.bygone), _words)
        self._fillers = frozenset(word for text in vocabulary.fillers for word in stems(text))

    def read(self, text: str, today: date) -> Question:
        """`text` as slots; only its first `LONGEST_TEXT` characters count. Never raises."""
        text = text[:LONGEST_TEXT]
        folded = fold(text)
        named = self._gazetteer.find_in(text)
        sure = _without_seats(named.sure, folded)
        rest = cues.DEPARTEMENT.sub(" ", named.rest)
        reading = self._stories.without(text, self._lexicon.read(rest), self._names_place)
        beside: tuple[Territory, ...] = ()
        if named.main in sure[:-1] + sure[1:] and not _compares(reading):
            beside = tuple(filter(named.main.__ne__, sure))
            sure = tuple(filter(named.main.__eq__, sure))
            names = " , ".join(one.name for one in beside)
            reading = self._lexicon.read(f"{rest} , {names}")
        if not named.sure and cues.SUPERLATIVE.search(folded):
            intents: tuple[Intent, ...] = ("ranking", *reading.intents)
            reading = replace(reading, intents=tuple(dict.fromkeys(intents)))
        if reading.units and not reading.intents and _asks_whether(reading, text):
            reading = replace(reading, intents=("yes-no",))
        spelled = " ".join(reading.words)
        years, days = years_in(spelled, today), days_in(spelled, today)
        of_law = "lawful" in reading.intents  # « il filme mon jardin »: it is the same anywhere
        units = tuple(
            unit
            for unit in reading.units
            if unit.concepts
            or not (
                unit.stems[0].isdigit()
                or (days and _is_of_a_date(unit.stems))
                or (of_law and unit.is_required and unit.stems not in self._lexicon.at_work)
                or (sure and unit.stems == cues.OWN_HOME)
            )
        )
        numbers = reading.numbers.difference(str(year.year) for year in years)
        words = frozenset(folded.split())
        asks_how = "act" in reading.intents
        sentences = sentences_of(text)
        is_private = "private" in reading.intents or self._refusals.asks_who(sentences)
        is_of_kin = self._refusals.is_of_kin(
            sentences,
            names_place=bool(sure),
            names_subject=bool(reading.concepts - COMMON),
            asks_law="lawful" in reading.intents
            or (asks_how and CAMERAS in reading.concepts | reading.hints),
        )
        is_harm = self._refusals.is_harm(folded, asks_how=asks_how)
        refused: Refused | None = "kin" if is_of_kin else None
        if is_private or is_harm:
            refused = "private" if is_private else "harm"
        leaves_out = "where" in reading.intents and self._excluding.find(reading.stems)
        ranks = not sure and not {"ranking", "ratio"}.isdisjoint(reading.intents)
        area = self._areas.find(text) if ranks else None
        is_of_region = area is not None and area.is_region  # no village of its name is meant
        return Question(
            territories=() if leaves_out else sure,
            doubtful=() if is_of_region else named.doubtful,
            reading=replace(reading, units=units, numbers=numbers),
            years=years,
            days=days,
            beside=beside,
            smalltalk=None if sure else self._talk.reply(text),
            refused=refused,
            is_elsewhere=named.is_elsewhere and cues.NATIONAL.isdisjoint(words),
            is_national=not cues.NATIONAL.isdisjoint(words),
            is_of_elsewhere=not sure and cues.OTHER_PLACES.search(folded) is not None,
            is_following=reading.words[:1] in cues.SEQUELS,
            points_back=not cues.POINTING.isdisjoint(words),
            is_of_them=not cues.THEIRS.isdisjoint(words),
            is_vague=all(self._fillers.issuperset(unit.stems) for unit in units),
            is_of_oneself=not cues.ONESELF.isdisjoint(words),
            is_of_article=cues.ARTICLE.search(folded) is not None,
            area=area,
            is_of_own_town=cues.OWN_TOWN.search(folded) is not None,
            counts_first=not (years or numbers) and self._counts_first(reading),
            is_past=bool(self._bygone.find(reading.words)),
            is_latest=cues.LATEST.search(folded) is not None,
        )

    def _counts_first(self, reading: Reading) -> bool:
        """Whether the first of two questions asks how many cameras there are."""
        if "et" not in reading.words or "how-many" not in reading.intents:
            return False
        first, *rest = cues.SECOND.split(f"{' '.join(reading.words)} ", maxsplit=1)
        if not rest:
            return False
        read = self._lexicon.read(first)
        return (
            read.intents == ("how-many",)
            and bool(read.units)
            and all(unit.concepts and unit.concepts <= ALL_CAMERAS.concepts for unit in read.units)
        )

    def without_story(self, question: Question, text: str) -> Question:
        """`question`, which `text` asks, without the words of what is only told around it."""
        read = self._stories.told_aside(text, question.reading)
        return replace(question, reading=read)

    def _names_place(self, text: str) -> bool:
        return bool(self._gazetteer.find_in(text).sure)

    def nothing_said(self, territories: tuple[Territory, ...]) -> Question:
        """The question of somebody who only opened these places."""
        return Question(territories, (), Reading((), (), ()), (), None)


ALL_CAMERAS = Unit(stems("caméras"), frozenset({Concept("indicator", "cameras"), CAMERAS}))
PLANNED = frozenset(
    (Concept("indicator", "cameras-prevues"), Concept("indicator", "cameras-en-plus"))
)
"""What « prévu » says of cameras."""
COST = Concept("theme", "cout")
_PERSONNEL = Concept("theme", "personnel")
_HOW_MANY_OF = frozenset((how, of) for how in ("combien", "nombre") for of in ("de", "d", "des"))
COMMON = {
    CAMERAS,
    Concept("indicator", "cameras"),
    _PERSONNEL,
    Concept("indicator", "policiers-municipaux"),
    Concept("indicator", "operateurs"),
    EVERYTHING,
}
"""What says of no subject that a story about somebody is not about that person."""


def _asks_whether(reading: Reading, text: str) -> bool:
    """Whether a text states something to be told if it is so: « Lille a des drones ? »."""
    return cues.WHICH.isdisjoint(reading.words) and cues.HAS.search(text) is not None


def _without_seats(named: tuple[Territory, ...], folded: str) -> tuple[Territory, ...]:
    """The places but those where an authority sits that acts elsewhere.

    « Le tribunal de Lille et BriefCam à Roubaix » is about Roubaix.
    """
    seats = [f"{folded[seat.end() :]} " for seat in cues.SEAT.finditer(folded)]
    if not seats:
        return named
    acting = tuple(
        one for one in named if not any(seat.startswith(f"{fold(one.name)} ") for seat in seats)
    )
    return acting or named


def _compares(reading: Reading) -> bool:
    """Whether several places belong to what is asked: « plus que Lille »."""
    if not {"compare", "ranking"}.isdisjoint(reading.intents):
        return True
    return not (cues.COMPARATIVES.isdisjoint(reading.words) or cues.THAN.isdisjoint(reading.words))


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def _is_of_a_date(words: tuple[str, ...]) -> bool:
    return all(word in cues.DATE_WORDS for word in words)
