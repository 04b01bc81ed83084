"""Builds the compiled index that `index.Index` reads, from the tables and lists of `knowledge/`."""

import math
import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.language.folding import fold, glue
from bot.places.demonyms import guessed, inflected
from bot.places.forms import conjugated, feminines, plurals
from bot.places.index import OPENING, Kind, digest, grams, pack, shortened
from bot.places.nearness import neighbours
from bot.places.spelling import ARTICLES, SMALL_WORDS, expand, sound, sounds, without_small_words

# The first word alone of a city this large is one of its spellings: Charleville, Boulogne.
LARGE_CITY = 20_000
CUT = (4, 5)  # letters that remain of the last word of its name: « Châlons-en-Champ »
TOWN = 5_000
# An everyday word is as likely to be met as a town of this size.
FORMER_POPULATION = 10  # few people mean a place that is no more a commune
WORD_POPULATION = 300
_EPCI_KINDS = re.compile(r"^(ca|cc|cu|metropole|communaute (urbaine|d agglomeration|de communes)) ")


def build(knowledge: Path) -> bytes:
    """The whole index as bytes, the digest of its sources in its head.

    Raises OSError when a source is missing, KeyError or ValueError when one is malformed.
    """
    tables = _tables((knowledge / "communes.tsv").read_text("utf-8"))
    communes = sorted(tables["commune"], key=lambda row: (-int(row[3] or 0), row[0]))
    spellings = _Spellings([int(row[3] or 0) for row in communes])
    _add_communes(spellings, communes)
    for number, (_, name, _) in enumerate(tables["département"]):
        words = fold(name).split()
        spellings.add(words, Kind.DEPARTEMENT, number)
        if words[0] in ARTICLES:
            spellings.add(words[1:], Kind.DEPARTEMENT, number)
    for number, (_, name) in enumerate(tables["epci"]):
        for said in _epci_names(fold(name)):
            spellings.add(said.split(), Kind.EPCI, number)
    _add_lists(spellings, communes, knowledge)
    return _packed(spellings, tables, communes, digest(knowledge))


def _epci_names(name: str) -> set[str]:
    """A folded name, the same without its kind, and the initials of a métropole: MEL."""
    names = {name, _EPCI_KINDS.sub("", name)}
    words = [word for word in name.split() if word not in SMALL_WORDS]
    if words[0] == "metropole" and len(words) > 2:
        names.add("".join(word[0] for word in words))
    return names


def _tables(text: str) -> dict[str, list[list[str]]]:
    tables: dict[str, list[list[str]]] = defaultdict(list)
    for line in text.splitlines():
        if not line.startswith("#"):
            table, *fields = line.split("\t")
            tables[table].append(fields)
    return tables


class _Spellings:
    """What each glued spelling may mean, and which spellings may be reached by a misspelling."""

    def __init__(self, populations: Sequence[int]) -> None:
        self.populations = populations
        self.meanings: dict[str, set[int]] = defaultdict(set)
        self.fuzzy: dict[str, int] = {}  # the largest population behind each
        self.words: dict[str, list[str]] = {}  # those of each that has several

    def add(self, words: Sequence[str], kind: Kind, number: int, *, fuzzy: bool = False) -> str:
        expanded = expand(words)
        key = "".join(expanded)
        self.meanings[key].add(kind << 24 | number)
        if fuzzy and len(key) > 2:
            if len(expanded) > 1:
                self.words[key] = expanded
            people = self.populations[number]
            if kind is Kind.FORMER:
                people = min(people, FORMER_POPULATION)
            self.fuzzy[key] = max(self.fuzzy.get(key, 0), people)
        return key

    def add_word(self, key: str, kind: Kind) -> None:
        """What is not a commune competes with communes when it is misspelled."""
        self.meanings[key].add(kind << 24)
        if len(key) > 3 and kind is not Kind.WRAPPER:
            self.fuzzy.setdefault(key, WORD_POPULATION)


def _add_communes(spellings: _Spellings, communes: Sequence[Sequence[str]]) -> None:
    for ordinal, (code, name, _, population, postcodes, _, former) in enumerate(communes):
        spellings.add([code.lower()], Kind.INSEE, ordinal)
        for postcode in postcodes.split():
            spellings.add([postcode], Kind.POSTCODE, ordinal)
        _add_name(spellings, fold(name).split(), Kind.CURRENT, ordinal)
        for said in filter(None, former.split("|")):
            _add_name(spellings, fold(said).split(), Kind.FORMER, ordinal)
        words = [word for word in fold(name).split() if word not in SMALL_WORDS]
        if (
            int(population or 0) >= LARGE_CITY
            and len(words) > 1
            and len(words[0]) > 5
            and words[0] != "sainte"
        ):
            spellings.add(words[:1], Kind.SHORTENED, ordinal, fuzzy=True)
    for ordinal, row in enumerate(communes):
        if int(row[3] or 0) < LARGE_CITY:
            break
        words = fold(row[1]).split()
        _add_beginning(spellings, words, ordinal)
        if len(words) > 2 and len(words[-1]) > max(CUT):
            for size in CUT:
                _add_shortened(spellings, [*words[:-1], words[-1][:size]], ordinal)


def _add_beginning(spellings: _Spellings, words: list[str], ordinal: int) -> None:
    """« Six-Fours », « Saint-Maur »: a name to its first small word, where it is no other's."""
    size = next((at for at, word in enumerate(words) if at and word in SMALL_WORDS), 0)
    if size > 1 and words[size - 1] not in ARTICLES:
        _add_shortened(spellings, words[:size], ordinal)


def _add_shortened(spellings: _Spellings, words: Sequence[str], ordinal: int) -> None:
    meanings = spellings.meanings.get("".join(expand(words)), ())
    if not any(meaning >> 24 <= Kind.FORMER for meaning in meanings):
        spellings.add(words, Kind.SHORTENED, ordinal, fuzzy=True)


def _add_name(spellings: _Spellings, words: list[str], kind: Kind, ordinal: int) -> None:
    key = spellings.add(words, kind, ordinal, fuzzy=True)
    reduced = without_small_words(expand(words))
    if reduced and reduced != key:
        starts_with_article = words[0] in ARTICLES and kind is Kind.CURRENT
        spellings.add([reduced], Kind.REDUCED, ordinal, fuzzy=starts_with_article)
        if starts_with_article and "".join(words[1:]) != reduced:
            spellings.add(words[1:], Kind.REDUCED, ordinal, fuzzy=True)


def _add_lists(spellings: _Spellings, communes: Sequence[Sequence[str]], knowledge: Path) -> None:
    ordinals = {row[0]: ordinal for ordinal, row in enumerate(communes)}
    for code, nicknames in _read(knowledge / "nicknames.yaml").items():
        for nickname in nicknames:
            words = fold(nickname).split()
            spellings.add(words, Kind.NICKNAME, ordinals[code], fuzzy=len(nickname) > 5)
            spellings.add([" ".join(words)], Kind.NICKNAME, ordinals[code])
            if words[0] in ARTICLES:
                spellings.add(words[1:], Kind.NICKNAME, ordinals[code])
                spellings.add([" ".join(words[1:])], Kind.NICKNAME, ordinals[code])
    words_by_kind = _read(knowledge / "words.yaml")
    for name, kind in (
        ("words", Kind.WORD),
        ("foreign", Kind.FOREIGN),
        ("first_names", Kind.FIRST_NAME),
        ("wrappers", Kind.WRAPPER),
    ):
        for line in words_by_kind[name]:
            for word in line.split(", ") if kind is Kind.FOREIGN else line.split():
                spellings.add_word(glue(word), kind)
    _add_forms(spellings, words_by_kind)
    listed = _read(knowledge / "demonyms.yaml")
    for code, demonyms in listed.items():
        for demonym in demonyms:
            for form in inflected(demonym):
                spellings.add([form], Kind.DEMONYM, ordinals[code])
    for ordinal, row in enumerate(communes):
        if int(row[3] or 0) < LARGE_CITY:
            break
        if row[0] not in listed:
            for form in guessed(row[1]):
                if form not in spellings.meanings:
                    spellings.add([form], Kind.DEMONYM, ordinal)


def _add_forms(spellings: _Spellings, lists: dict[str, list[str]]) -> None:
    """All the forms of everyday words, as spelled; the very name of a town stays one."""
    forms = {word for line in lists.get("forms", ()) for word in line.split()}
    for name, inflected_forms in (
        ("nouns", plurals),
        ("adjectives", feminines),
        ("verbs", conjugated),
    ):
        for line in lists.get(name, ()):
            for word in line.split():
                forms.update(inflected_forms(fold(word)))
    for key in map(glue, forms):
        people = [
            spellings.populations[meaning & 0xFFFFFF]
            for meaning in spellings.meanings[key]
            if meaning >> 24 == Kind.CURRENT
        ]
        if max(people, default=0) < TOWN:
            spellings.meanings[key].add(Kind.WORD << 24)


def _read(path: Path) -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return content


def _packed(
    spellings: _Spellings,
    tables: dict[str, list[list[str]]],
    communes: Sequence[Sequence[str]],
    mark: bytes,
) -> bytes:
    fuzzy = sorted(spellings.fuzzy, key=lambda key: (-spellings.fuzzy[key], key))
    sounding: dict[str, set[int]] = defaultdict(set)
    for number, key in enumerate(fuzzy):
        for sounded in sounds(spellings.words.get(key, [key])):
            sounding[sounded].add(number)
            spellings.meanings[f"~{sounded}"].add(Kind.SOUND << 24 | number)
    buckets = _near(fuzzy)
    for key, communes_near in neighbours(
        spellings.meanings,
        fuzzy,
        spellings.fuzzy,
        lambda key: _bucketed(buckets, key),
        lambda key: sounding.get(sound(key), set()),
    ):
        spellings.meanings[key].update(Kind.NEAR << 24 | commune for commune in communes_near)
    keys = fuzzy + [key for key in spellings.meanings if key not in spellings.fuzzy]
    hits = [array("I", sorted(spellings.meanings[key])) for key in keys]
    size = -(-len(fuzzy) // 8)
    bitsets = _bitsets(fuzzy, size)
    sections = {
        "slots": _slots(keys),
        "key_ends": _ends(len(key.encode()) + 1 for key in keys),
        "hit_ends": _ends(map(len, hits)),
        "hits": b"".join(map(bytes, hits)),
        "row_ends": _ends(len("\t".join(row).encode()) for row in communes),
        "sorted": bytes(array("I", sorted(range(len(fuzzy)), key=fuzzy.__getitem__))),
        "keys": "".join(f"{key}\n" for key in keys).encode(),
        "rows": "".join("\t".join(row) for row in communes).encode(),
        "openings": "\n".join(_openings(spellings.meanings)).encode(),
        "populations": bytes(_magnitude(spellings.fuzzy[key]) for key in fuzzy),
        "near": b"".join(bytes(array("I", bucket)) for bucket in buckets),
        "near_ends": _ends(map(len, buckets)),
        "bitsets": b"".join(bitsets.values()),
    }
    description: dict[str, Any] = {
        "régions": tables["région"],
        "départements": tables["département"],
        "epci": tables["epci"],
        "fuzzy_count": len(fuzzy),
        "longest": max(map(len, fuzzy), default=0),
        "bitset_size": size,
        "bitsets": {name: number for number, name in enumerate(bitsets)},
    }
    return pack(description, sections, mark)


def _openings(meanings: Mapping[str, Iterable[int]]) -> list[str]:
    named = (*range(Kind.DEPARTEMENT + 1), Kind.FOREIGN)
    return sorted(
        {
            key[:OPENING]
            for key, packed in meanings.items()
            if any(meaning >> 24 in named for meaning in packed)
        }
    )


def _magnitude(population: int) -> int:
    """A population on a scale of 0 to 255: 40 a power of ten."""
    return min(255, round(40 * math.log10(population + 1)))


def _bitsets(fuzzy: Sequence[str], size: int) -> dict[str, bytes]:
    """A bit set of the spellings that have each gram, and of those of at most each length."""
    sets: dict[str, bytearray] = defaultdict(lambda: bytearray(size))
    longest = max(map(len, fuzzy), default=0)
    for number, key in enumerate(fuzzy):
        byte, bit = number >> 3, 1 << (number & 7)
        for gram in grams(key):
            sets[gram][byte] |= bit
        sets[f"#{len(key)}"][byte] |= bit
    shorter = 0
    for length in range(longest + 1):
        shorter |= int.from_bytes(sets[f"#{length}"], "little")
        sets[f"#{length}"] = bytearray(shorter.to_bytes(size, "little"))
    return {name: bytes(content) for name, content in sets.items()}


def _slots(keys: Sequence[str]) -> bytes:
    """An open-addressing hash table of 1 + spelling number, at most a third full."""
    count = 1 << (3 * len(keys)).bit_length()
    slots = array("I", bytes(4 * count))
    for number, key in enumerate(keys):
        slot = zlib.crc32(key.encode()) & (count - 1)
        while slots[slot]:
            slot = (slot + 1) & (count - 1)
        slots[slot] = number + 1
    return bytes(slots)


def _near(fuzzy: Sequence[str]) -> list[list[int]]:
    """The spellings by the hash of what they are with a letter less."""
    count = 1 << sum(map(len, fuzzy)).bit_length()
    buckets: list[list[int]] = [[] for _ in range(count)]
    for number, key in enumerate(fuzzy):
        for variant in set(shortened(key)):
            buckets[zlib.crc32(variant.encode()) & (count - 1)].append(number)
    return buckets


def _bucketed(buckets: Sequence[Sequence[int]], key: str) -> set[int]:
    last = len(buckets) - 1
    found: set[int] = set()
    for variant in shortened(key):
        found.update(buckets[zlib.crc32(variant.encode()) & last])
    return found


def _ends(lengths: Iterable[int]) -> bytes:
    ends = array("I", [0])
    for length in lengths:
        ends.append(ends[-1] + length)
    return bytes(ends)
