"""Every place that can be spoken of: the territories of the base, and all the communes."""

import re
from typing import NamedTuple

from bot.answers.model import Territory
from bot.knowledge.model import Knowledge
from bot.language.folding import fold
from bot.language.stems import stem
from bot.places.communes import Commune
from bot.places.mentions import find_in
from bot.places.resolving import Places
from bot.search.phrases import Phrases

_WORD = re.compile(r"[^\W_]+")
NEAREST = 6
"""Covered territories offered beside one that is not."""


class Named(NamedTuple):
    """The places that a sentence names, and what it says besides."""

    sure: tuple[Territory, ...]
    doubtful: tuple[Territory, ...]
    """The communes to choose from, best first, when one name may mean several."""
    rest: str


class Gazetteer:
    """Finds places in what people type, and knows which of them the base covers."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self._places = places
        self._ids = {city.insee or city.siren: id_ for id_, city in knowledge.cities.items()}
        self._covered = {id_: self._territory(id_, knowledge) for id_ in knowledge.cities}
        self._above_communes = Phrases(
            (name, id_)
            for id_, city in knowledge.cities.items()
            for name in (city.name, *city.also)
            if city.kind != "commune" or name != city.name
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

    def find(self, name: str) -> Named:
        """What a text that should hold nothing but a place names."""
        above = self._find_above(name)
        if above.sure and not fold(above.rest):
            return above
        resolved = self._places.resolve(name)
        if resolved.commune is not None:
            return Named((self._of(resolved.commune),), (), "")
        return Named((), tuple(map(self._of, resolved.choices)), "")

    def find_in(self, sentence: str) -> Named:
        """The places inside a sentence, in its order."""
        above = self._find_above(sentence)
        sure, doubtful, rest = list(above.sure), [], above.rest
        for mention in reversed(find_in(self._places, rest)):
            rest = f"{rest[: mention.start]} , {rest[mention.end :]}"
            if mention.resolved.commune is not None:
                sure.insert(len(above.sure), self._of(mention.resolved.commune))
            else:
                doubtful = [self._of(choice) for choice in mention.resolved.choices]
        return Named(tuple(dict.fromkeys(sure)), tuple(doubtful), rest)

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
        return Territory(city.name, id_, city.insee)

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
