"""Every place that can be spoken of: the territories of the base, and all the communes."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from bot.answers.model import Around, Territory
from bot.knowledge.model import Knowledge
from bot.language.folding import fold
from bot.language.stems import stem
from bot.places.communes import Commune
from bot.places.index import Kind
from bot.places.mentions import Mention, find_in
from bot.places.reading import is_word
from bot.places.resolving import Places, Resolved
from bot.search.lexicon import SMALL_WORDS
from bot.search.phrases import Phrases

_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"\d{1,2}\s\d{3}")
"""A number with its space, as in « 14 000 caméras »: nobody writes a postcode so."""
NEAREST = 6
"""Covered territories offered beside one that is not."""
LONGEST_DEPARTEMENT = 4
"""Words read after a name for the département that tells homonyms apart."""
DOMINANT = 4
"""How many times as populous as its homonyms a covered commune is, to need no question."""
FAMOUS = 100
"""The same for one that is not covered."""
TOWN = 10_000
"""The people of a commune that is meant although a covered one is named in the same sentence."""

_STREETS = frozenset(
    ("rue", "avenue", "av", "boulevard", "bd", "place", "quai", "square", "impasse", "allee")
)


class Named(NamedTuple):
    """The places that a sentence names, and what it says besides."""

    sure: tuple[Territory, ...]
    doubtful: tuple[Territory, ...]
    """The communes to choose from, best first, when one name may mean several."""
    rest: str
    is_elsewhere: bool = False
    """Whether a place abroad is named, and none in France."""


class Gazetteer:
    """Finds places in what people type, and knows which of them the base covers."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self._places = places
        self._ids = {city.insee or city.siren: id_ for id_, city in knowledge.cities.items()}
        self._sirens = {id_: city.siren for id_, city in knowledge.cities.items() if city.siren}
        self._covered = {id_: self._territory(id_, knowledge) for id_ in knowledge.cities}
        self._above_communes = Phrases(
            (name, id_)
            for id_, city in knowledge.cities.items()
            for name in (city.name, *city.also)
            if city.kind != "commune" or name != city.name
        )
        self._communes = Phrases(
            (city.name, id_) for id_, city in knowledge.cities.items() if city.kind == "commune"
        )

    def covered(self, id_: str) -> Territory:
        """The territory of one file of cities/. Raises KeyError for another."""
        return self._covered[id_]

    def all_covered(self) -> tuple[Territory, ...]:
        """The territories of the base, the most populous first."""
        return tuple(sorted(self._covered.values(), key=lambda t: (-(t.population or 0), t.name)))

    def of_insee(self, insee: str) -> Territory | None:
        """The commune with this code, covered or not."""
        commune = self._places.communes.get(insee)
        return None if commune is None else self._of(commune)

    def of_code(self, code: str) -> Territory | None:
        """The territory with this INSEE code or SIREN."""
        if code in self._ids:
            return self._covered[self._ids[code]]
        name = self._places.communes.epci_name(code)
        return Territory(name, None, None, siren=code) if name else self.of_insee(code)

    def siren_above(self, insee: str) -> list[str]:
        """The SIREN of a commune's intercommunalité, if it has one."""
        commune = self._places.communes.get(insee)
        return [commune.epci] if commune is not None and commune.epci else []

    def find(self, name: str) -> Named:
        """What a text that should hold nothing but a place names."""
        above = self._find_above(name)
        if above.sure and not fold(above.rest):
            return above
        resolved = self._places.resolve(name)
        if resolved.commune is not None:
            return Named((self._of(resolved.commune),), (), "")
        return Named((), tuple(map(self._of, resolved.choices)), "")

    def others(self, name: str) -> tuple[Territory, ...]:
        """What a text that surely names one commune may mean all the same."""
        return tuple(map(self._of, self._places.resolve(name).others))

    def find_in(self, sentence: str) -> Named:
        """The places inside a sentence, in its order; the name of a street is none."""
        above = self._find_above(sentence)
        rest = above.rest
        sure: list[Territory] = []
        doubtful: tuple[Territory, ...] = ()
        for mention in reversed(find_in(self._places, rest)):
            if _names_a_street(fold(rest[: mention.start]).split()):
                continue
            if _THOUSANDS.fullmatch(rest[mention.start : mention.end]):
                continue
            resolved, end = self._narrowed(mention, rest)
            rest = f"{rest[: mention.start]} , {rest[end:]}"
            choices = tuple(map(self._of, resolved.choices))
            if resolved.commune is not None:
                sure.insert(0, self._of(resolved.commune))
            elif _dominates(choices):
                sure.insert(0, choices[0])
            else:
                doubtful = choices
        found = _meant(tuple(dict.fromkeys((*above.sure, *sure))))
        if not (found or doubtful):
            found, rest = self._covered_in(rest)
        is_elsewhere = not (found or doubtful) and self._is_elsewhere(rest)
        return Named(found, doubtful, rest, is_elsewhere)

    def _covered_in(self, sentence: str) -> tuple[tuple[Territory, ...], str]:
        """The covered commune whose bare name a sentence holds: « deauville briefcam »."""
        spans = list(_WORD.finditer(sentence))
        words = tuple(fold(span.group()).replace(" ", "") for span in spans)
        for match in self._communes.find(tuple(map(stem, words))):
            start, end = spans[match.first].start(), spans[match.end - 1].end()
            name = "".join(words[match.first : match.end])
            if match.first == 0 or not is_word(self._places.communes.index, name):
                rest = f"{sentence[:start]} , {sentence[end:]}"
                return (self._covered[match.meanings[0]],), rest
        return (), sentence

    def _narrowed(self, mention: Mention, sentence: str) -> tuple[Resolved, int]:
        """A mention with the département that follows it: « croix (59) », « vienne isère »."""
        if mention.resolved.commune is not None:
            return mention.resolved, mention.end
        for word in islice(_WORD.finditer(sentence, mention.end), LONGEST_DEPARTEMENT):
            resolved = self._places.resolve(sentence[mention.start : word.end()])
            if resolved.commune in mention.resolved.choices:
                return resolved, word.end()
        return mention.resolved, mention.end

    def _is_elsewhere(self, sentence: str) -> bool:
        """Whether a sentence without communes names a town or a country abroad."""
        words = fold(sentence).split()
        return any(
            kind == Kind.FOREIGN
            for size in (1, 2)
            for at in range(len(words) - size + 1)
            for kind, _ in self._places.communes.index.hits("".join(words[at : at + size]))
        )

    def near(self, insee: str) -> tuple[tuple[Territory, ...], bool]:
        """The covered territories near a commune, and whether they share its intercommunalité.

        Same intercommunalité first, else same département; at most `NEAREST`.
        """
        commune = self._places.communes.get(insee)
        if commune is None:
            return (), False
        same_epci = self._among(
            self._places.communes.in_epci(commune.epci) if commune.epci else [], insee
        )
        if same_epci:
            return same_epci, True
        return self._among(self._places.communes.in_departement(commune.departement), insee), False

    def epci_of(self, insee: str) -> tuple[str | None, Territory | None]:
        """The name of a commune's intercommunalité, and its territory when the base covers it."""
        commune = self._places.communes.get(insee)
        if commune is None or commune.epci is None:
            return None, None
        id_ = self._ids.get(commune.epci)
        return commune.epci_name, None if id_ is None else self._covered[id_]

    def inside(self, territory: Territory) -> tuple[str, ...]:
        """The ids of a covered territory and of the covered communes that it is made of."""
        if territory.id is None:
            return ()
        siren = self._sirens.get(territory.id)
        return (territory.id, *(self._in_epci(siren) if siren else ()))

    def above(self, id_: str) -> tuple[str, ...]:
        """What stands for the intercommunalité of a commune of the base: its id, or its SIREN."""
        insee = self._covered[id_].insee
        commune = self._places.communes.get(insee) if insee else None
        if commune is None or commune.epci is None:
            return ()
        return (self._ids.get(commune.epci, commune.epci),)

    def around(self, insee: str) -> Iterator[tuple[Around, tuple[str, ...]]]:
        """Ids of covered territories farther and farther from a commune, the EPCI's first."""
        commune = self._places.communes.get(insee)
        if commune is None:
            return
        if commune.epci is not None:
            above = self._ids.get(commune.epci)
            yield "epci", (*((above,) if above else ()), *self._in_epci(commune.epci))
        yield (
            "departement",
            tuple(i for i, c in self._communes_held if c.departement == commune.departement),
        )

    def epci_named(self, name: str) -> tuple[Territory, tuple[str, ...]] | None:
        """An intercommunalité that has no file, and the ids of its covered communes."""
        for siren in self._places.communes.find_epci(name):
            official = self._places.communes.epci_name(siren)
            if official is not None:
                return Territory(official, None, None), self._in_epci(siren)
        return None

    def _in_epci(self, siren: str) -> tuple[str, ...]:
        return tuple(id_ for id_, commune in self._communes_held if commune.epci == siren)

    @cached_property
    def _communes_held(self) -> list[tuple[str, Commune]]:
        """The communes of the base with their ids: some dozens, where the country has 35,000."""
        held = ((id_, self._places.communes.get(t.insee or "")) for id_, t in self._covered.items())
        return [(id_, commune) for id_, commune in held if commune is not None]

    def _among(self, communes: list[Commune], but: str) -> tuple[Territory, ...]:
        found = [c for c in communes if c.insee in self._ids and c.insee != but]
        found.sort(key=lambda commune: -commune.population)
        return tuple(self._of(commune) for commune in found[:NEAREST])

    def _of(self, commune: Commune) -> Territory:
        return Territory(
            commune.name,
            self._ids.get(commune.insee),
            commune.insee,
            commune.departement,
            commune.population,
        )

    def _territory(self, id_: str, knowledge: Knowledge) -> Territory:
        city = knowledge.cities[id_]
        commune = self._places.communes.get(city.insee) if city.insee else None
        if commune is not None:
            return Territory(city.name, id_, commune.insee, commune.departement, commune.population)
        return Territory(city.name, id_, city.insee, siren=city.siren)

    def _find_above(self, sentence: str) -> Named:
        """The territories named by what is in cities/ alone: « MEL », « métropole lilloise »."""
        spans = list(_WORD.finditer(sentence))
        words = tuple(stem(fold(span.group())) for span in spans)
        sure: list[Territory] = []
        rest = sentence
        for match in reversed(self._above_communes.find(words)):
            start, end = spans[match.first].start(), spans[match.end - 1].end()
            rest = f"{rest[:start]} , {rest[end:]}"
            sure.insert(0, self._covered[match.meanings[0]])
        return Named(tuple(dict.fromkeys(sure)), (), rest)


def _dominates(choices: tuple[Territory, ...]) -> bool:
    """Whether the first is so large that nobody means another in a sentence."""
    first, *others = choices
    times = FAMOUS if first.id is None else DOMINANT
    return all((other.population or 0) * times < (first.population or 0) for other in others)


def _meant(named: tuple[Territory, ...]) -> tuple[Territory, ...]:
    """Without the villages whose name is a word, when a covered territory is named too."""
    if not any(territory.id for territory in named):
        return named
    return tuple(t for t in named if t.id is not None or (t.population or 0) >= TOWN)


def _names_a_street(before: list[str]) -> bool:
    """Whether the words before a name end as « rue de la »."""
    while before and before[-1] in SMALL_WORDS:
        before = before[:-1]
    return bool(before) and before[-1] in _STREETS
