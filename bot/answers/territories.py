"""Every place that can be spoken of: the territories of the base, and all the communes."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from bot.answers.abroad import Abroad, goes_on, words_asked_with
from bot.answers.main_place import (
    TOWN,
    NamedAt,
    dominant_of,
    is_aside,
    is_only_beside,
    main_of,
    meant,
)
from bot.answers.model import Around, Territory
from bot.answers.press import Press
from bot.knowledge.model import Knowledge
from bot.language.folding import fold
from bot.places.communes import Commune
from bot.places.deciding import Resolved
from bot.places.index import Kind
from bot.places.mentions import INTRODUCING, Mention, find_in
from bot.places.reading import (
    LONGEST_DEPARTEMENT,
    departement_in,
    is_word,
    names_a_street,
    names_departement,
    readings,
)
from bot.places.resolving import Places
from bot.search.phrases import Phrases

_WORD = re.compile(r"[^\W_]+")
_OF = frozenset(("de", "d", "du", "des"))
_THOUSANDS = re.compile(r"\d{1,2}\s\d{3}")
"""A number with its space, as in « 14 000 caméras »: nobody writes a postcode so."""
NEAREST = 6
"""Covered territories offered beside one that is not."""
LONGEST_BEHIND = 80
"""Characters in which these words stand."""


class Named(NamedTuple):
    """The places that a sentence names, and what it says besides."""

    sure: tuple[Territory, ...]
    doubtful: tuple[Territory, ...]
    """The communes to choose from, best first, when one name may mean several."""
    rest: str
    is_elsewhere: bool = False
    """Whether a place abroad is named, and none in France."""
    main: Territory | None = None
    """The one meant when the others only say where it is, or who speaks; None when several are
    set side by side: « Lille et Roubaix »."""


class Gazetteer:
    """Finds places in what people type, and knows which of them the base covers."""

    def __init__(
        self, knowledge: Knowledge, places: Places, names: Collection[str] = frozenset()
    ) -> None:
        """`names`: folded, those of the base that are no French words: « orasio »."""
        self._places = places
        self._ids = {city.insee or city.siren: id_ for id_, city in knowledge.cities.items()}
        self._sirens = {id_: city.siren for id_, city in knowledge.cities.items() if city.siren}
        self._covered = {id_: self._territory(id_, knowledge) for id_ in knowledge.cities}
        self._names = names
        self._asking = frozenset((*words_asked_with(knowledge.vocabulary), *names))
        self._abroad = Abroad(places.communes.index, self._asking)
        # Words are whole: « comment » is not Commer, nor « mêlée » the MEL
        self._above_communes = Phrases(
            (
                (name, id_)
                for id_, city in knowledge.cities.items()
                for name in (city.name, *city.also)
                if city.kind != "commune" or name != city.name
            ),
            _words,
        )
        self._press = Press(knowledge)
        self._communes = Phrases(
            ((city.name, id_) for id_, city in knowledge.cities.items() if city.kind == "commune"),
            _words,
        )

    def covered(self, id_: str) -> Territory:
        """The territory of one file of cities/. Raises KeyError for another."""
        return self._covered[id_]

    def all_covered(self) -> tuple[Territory, ...]:
        """The territories of the base, the most populous first."""
        return self._by_population

    @cached_property
    def _by_population(self) -> tuple[Territory, ...]:
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
        if any(word in self._names and self._is_said(word) for word in fold(name).split()):
            return Named((), (), name)
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
        doubted = 0, 0
        asides: set[Territory] = set()
        names: list[NamedAt] = []
        for mention in reversed(find_in(self._places, rest)):
            before = fold(rest[: mention.start]).split()
            said = rest[mention.start : mention.end]
            is_placed = bool(before) and before[-1] in INTRODUCING and before[-1] != "et"
            if (
                names_a_street(before)
                or _THOUSANDS.fullmatch(said)
                or goes_on(rest, mention.end)
                or self._is_said(said)
                or self._is_written(said, mention, is_placed=is_placed)
            ):
                continue
            resolved, end = self._narrowed(mention, rest)
            if self._abroad.follows(rest[mention.end :]):
                rest = f"{rest[: mention.start]} , {rest[mention.end :]}"
                continue
            rest = f"{rest[: mention.start]} , {rest[end:]}"
            if resolved.commune is not None:
                town = self._of(resolved.commune)
            else:
                choices = tuple(map(self._of, resolved.choices))
                dominant = dominant_of(choices)
                if dominant is None:
                    doubtful, doubted = choices, (mention.start, end)
                    continue
                town = dominant
            if not (before and before[-1] in INTRODUCING) and is_aside(town, said, before):
                asides.add(town)
            names.insert(0, NamedAt(town, mention.start, end))
            sure.insert(0, town)
        beside = [
            c for c in doubtful if c.id and c.departement in {one.departement for one in sure}
        ]
        if len(beside) == 1:  # « calais, dunkerque et boulogne »
            names = sorted([*names, NamedAt(beside[0], *doubted)], key=attrgetter("start"))
            sure, doubtful = [name.place for name in names], ()
        found = meant(tuple(dict.fromkeys((*above.sure, *sure))), asides)
        if len(found) > 1:
            titles = self._press.spans(sentence)
            quoted = {
                name.place
                for name in names
                if any(first <= name.start and name.end <= last for first, last in titles)
            }
            found = tuple(town for town in found if town not in quoted) or found
        # A village beside a covered town is but a word, which a fact on this one may say.
        rest = " , ".join((rest, *(one.name for one in sure if one not in asides.union(found))))
        if not (found or doubtful):
            found, rest = self._covered_in(rest)
        elif len(found) == 1 and is_only_beside(found[0], names, above.rest):
            nearby, rest = self._covered_in(rest)  # « indre à côté de nantes »
            found = (*nearby, *found)
        is_elsewhere = not (found or doubtful) and self._abroad.is_named_in(rest)
        main = main_of(found, names, above.rest)
        return Named(found, doubtful, rest, is_elsewhere, main)

    def _is_said(self, name: str) -> bool:
        """Whether what is no exact name is a word that people ask with: « have », « fourni »."""
        key = fold(name)
        return key in self._asking and not self._places.communes.index.hits(key)

    def _is_written(self, name: str, mention: Mention, *, is_placed: bool) -> bool:
        """Whether the base writes a name, which is only the former one of a village, « Canon », or
        that of a village where nothing says a place: « et Aulas, il en voulait combien ? »."""
        key = fold(name)
        if key not in self._names or self._places.covers(mention.resolved):
            return False
        hits = self._places.communes.index.hits(key)
        is_current = any(kind == Kind.CURRENT for kind, _ in hits)
        is_village = mention.resolved.candidates[0].commune.population < TOWN
        return not is_current or (is_village and not is_placed)

    def _covered_in(self, sentence: str) -> tuple[tuple[Territory, ...], str]:
        """The covered commune whose bare name a sentence holds: « deauville briefcam »."""
        spans = list(_WORD.finditer(sentence))
        words = tuple(fold(span.group()).replace(" ", "") for span in spans)
        if words and not _OF.intersection(words[1:2]):
            plural = self._communes.find((f"{words[0]}s",))
            town = self._covered[plural[0].meanings[0]] if plural else None
            if town is not None and (town.population or 0) >= TOWN:  # « renne cb de caméras »
                return (town,), sentence[spans[0].end() :]
        for match in self._communes.find(words):
            start, end = spans[match.first].start(), spans[match.end - 1].end()
            name = "".join(words[match.first : match.end])
            size = match.end - match.first
            is_tied = sentence[end : end + 1] == "-"  # « Croix-Rousse »
            is_abroad = self._abroad.follows(sentence[end:])
            if is_tied or is_abroad or self._ends_departement(words[: match.end], size):
                continue
            commune = self._covered[match.meanings[0]]
            opens = match.first == 0 and (commune.population or 0) >= TOWN
            if opens or not is_word(self._places.communes.index, name):
                return (commune,), f"{sentence[:start]} , {sentence[end:]}"
        return (), sentence

    def _ends_departement(self, words: tuple[str, ...], size: int) -> bool:
        """Whether the last `size` words only end a longer name: « Pas-de-Calais »."""
        index = self._places.communes.index
        return any(
            kind == Kind.DEPARTEMENT
            for longer in range(size + 1, min(len(words), LONGEST_DEPARTEMENT) + 1)
            for kind, _ in index.hits("".join(words[-longer:]))
        )

    def _narrowed(self, mention: Mention, sentence: str) -> tuple[Resolved, int]:
        """A mention with the département that follows it: « croix (59) », « vienne isère »."""
        commune = mention.resolved.commune
        if commune is not None:
            return mention.resolved, self._after_departement(mention, commune, sentence)
        for word in islice(_WORD.finditer(sentence, mention.end), LONGEST_DEPARTEMENT):
            said = sentence[mention.start : word.end()]
            if not any(hints for _, hints in readings(self._places.communes, fold(said).split())):
                continue
            resolved = self._places.resolve(said)
            if resolved.commune in mention.resolved.choices:
                return resolved, word.end()
        return mention.resolved, mention.end

    def _after_departement(self, mention: Mention, commune: Commune, sentence: str) -> int:
        """Where a commune ends with the name of its département, which adds nothing."""
        behind = fold(sentence[mention.end : mention.end + LONGEST_BEHIND]).split()
        if not names_departement(self._places.communes, behind[:LONGEST_DEPARTEMENT]):
            return mention.end
        for word in islice(_WORD.finditer(sentence, mention.end), LONGEST_DEPARTEMENT):
            if word.group().isdigit():
                break
            said = fold(sentence[mention.start : word.end()]).split()
            read = readings(self._places.communes, said)
            if any(commune.departement in hints.departements for _, hints in read):
                return word.end()
        return mention.end

    def near(self, insee: str) -> tuple[tuple[Territory, ...], bool]:
        """The covered territories near a commune, and whether they share its intercommunalité.

        Same intercommunalité first, else same département; at most `NEAREST`.
        """
        commune = self._places.communes.get(insee)
        if commune is None:
            return (), False
        same_epci = self._nearest(self._in_epci(commune.epci), insee) if commune.epci else ()
        if same_epci:
            return same_epci, True
        return self._nearest(self._by_departement.get(commune.departement, ()), insee), False

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

    def around(self, insee: str) -> Iterator[tuple[Around, tuple[str, ...]]]:
        """Ids of covered territories farther and farther from a commune, the EPCI's first."""
        commune = self._places.communes.get(insee)
        if commune is None:
            return
        if commune.epci is not None:
            above = self._ids.get(commune.epci)
            yield "epci", (*((above,) if above else ()), *self._in_epci(commune.epci))
        yield "departement", self._by_departement.get(commune.departement, ())

    def area_named(self, name: str) -> tuple[Territory, tuple[str, ...]] | None:
        """An intercommunalité without a file, or a département, and its covered communes' ids."""
        for siren in self._places.communes.find_epci(name):
            official = self._places.communes.epci_name(siren)
            if official is not None:
                return Territory(official, None, None), self._in_epci(siren)
        code = departement_in(self._places.communes, name)
        if code is None:
            return None
        official = self._places.communes.departement_name(code)
        return Territory(official, None, None, code), self._by_departement.get(code, ())

    def ids_in(self, departement: str) -> tuple[str, ...]:
        """The ids of the covered communes of a département."""
        return self._by_departement.get(departement, ())

    def _in_epci(self, siren: str) -> tuple[str, ...]:
        return self._by_epci.get(siren, ())

    @cached_property
    def _by_epci(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the covered communes of each intercommunalité."""
        return _grouped((commune.epci or "", id_) for id_, commune in self._communes_held())

    @cached_property
    def _by_departement(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((commune.departement, id_) for id_, commune in self._communes_held())

    def _communes_held(self) -> Iterator[tuple[str, Commune]]:
        """The communes of the base with their ids: some dozens, where the country has 35,000."""
        for id_, territory in self._covered.items():
            commune = self._places.communes.get(territory.insee or "")
            if commune is not None:
                yield id_, commune

    def _nearest(self, ids: Iterable[str], but: str) -> tuple[Territory, ...]:
        found = [self._covered[id_] for id_ in ids]
        found.sort(key=lambda territory: -(territory.population or 0))
        return tuple(territory for territory in found if territory.insee != but)[:NEAREST]

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
        if not self._above_communes.find(_words(sentence)):  # most sentences
            return Named((), (), sentence)
        spans = list(_WORD.finditer(sentence))
        words = tuple(fold(span.group()).replace(" ", "") for span in spans)
        sure: list[Territory] = []
        rest = sentence
        for match in reversed(self._above_communes.find(words)):
            start, end = spans[match.first].start(), spans[match.end - 1].end()
            rest = f"{rest[:start]} , {rest[end:]}"
            sure.insert(0, self._covered[match.meanings[0]])
        return Named(tuple(dict.fromkeys(sure)), (), rest)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, id_ in pairs:
        groups.setdefault(key, []).append(id_)
    return {key: tuple(ids) for key, ids in groups.items()}


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())
