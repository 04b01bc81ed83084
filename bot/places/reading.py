"""What a typed place is made of: a name, wrapped in words, with a département or a postcode."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.folding import fold
from bot.places.communes import Communes
from bot.places.index import OPENING, Index, Kind
from bot.places.spelling import ARTICLES, unstretched

_ORDINAL = re.compile(r"(\d{1,2})(e|er|eme|ieme|nd|nde|ier|ere)?$")
_ROMAN = re.compile(r"x{0,2}(ix|iv|v?i{0,3})$")
_DISTRICT = frozenset(("arrondissement", "arrondissements", "arr", "arrdt", "ardt", "arrond"))
_DIVIDED = frozenset(("paris", "lyon", "marseille"))
LONGEST_DEPARTEMENT = 4  # words of the name of a département
_IN = frozenset(("dans", "en", "du", "de", "des", "d"))
_IN_NUMBERED = frozenset(("dans", "du"))  # but « des 10 plus grandes villes »
_COUNTED = frozenset(("villes", "communes", "premieres", "premiers", "plus", "top", "les", "des"))
PLACED_IN = frozenset(("dans", "en", "le", "la", "l", "les", "du", "de", "departement", "dept"))
_JOINING = frozenset(("sur", "sous", "d", "des", "et"))
_SPELLED = {"3": "trois", "4": "quatre", "6": "six", "7": "sept", "100": "cent"}
_SMALL = frozenset(("le", "la", "les", "l", "un", "une", "des", "du", "de", "d"))
_STREETS = frozenset(
    ("rue", "avenue", "av", "boulevard", "bd", "place", "quai", "square", "impasse", "allee")
)
TOWN_WORDS = frozenset(("ville", "commune", "village", "mairie", "maire", "bourg"))


@dataclass(frozen=True, slots=True)
class Hints:
    """What narrows a name down: codes of départements, a postcode; empty when not said."""

    departements: frozenset[str] = frozenset()
    postcode: str = ""

    def __bool__(self) -> bool:
        return bool(self.departements or self.postcode)


NO_HINT = Hints()


def is_word(index: Index, word: str) -> bool:
    """Whether `word`, folded, is an everyday French word, its letters held down or not."""
    return any(kind == Kind.WORD for kind, _ in index.hits(word) or stretched_hits(index, word))


def stretched_hits(index: Index, word: str) -> list[tuple[int, int]]:
    """What `word` may mean once its letters held down are let go; nothing where none was."""
    short = unstretched(word)
    return index.hits(short) if short != word else []


def is_wrapper(index: Index, word: str) -> bool:
    """Whether people put `word`, folded, around the name of a place."""
    return any(kind == Kind.WRAPPER for kind, _ in index.hits(word))


def readings(communes: Communes, words: Sequence[str]) -> Iterator[tuple[list[str], Hints]]:
    """Names that the folded `words` may hold with the hints around them, the longest first.

    The last reading is the one to look for misspellings in; its name may be empty.
    """
    index = communes.index
    for spelled in _with_numbers_spelled(words):
        yield spelled, NO_HINT
    name, hints = _without_numbers(communes, list(words))
    yield name, hints
    trimmed = _trimmed(index, name)
    if not hints.departements:
        for whole in (name, trimmed):
            split = _without_departement(communes, whole)
            if split:
                name, code = split
                hints = Hints(frozenset((code,)), hints.postcode)
                yield name, hints
                yield _trimmed(index, name), hints
                return
    yield trimmed, hints


def announces(words: Sequence[str]) -> bool:
    """Whether these folded words announce a commune: « ville de », « à », « la mairie du »."""
    if words[-1:] in (["a"], ["au"], ["aux"]):
        return True
    return words[-1:] in (["de"], ["du"], ["des"], ["d"]) and not TOWN_WORDS.isdisjoint(
        words[-2:-1]
    )


def departement_in(communes: Communes, text: str) -> str | None:
    """The code of the département that a text names and nothing else: « le Nord », « 59 »."""
    words = fold(text).split()
    while words[:-1] and words[0] in PLACED_IN:
        del words[0]
    key = "".join(words)
    if communes.has_departement(key.upper()):
        return key.upper()
    numbers = [n for kind, n in communes.index.hits(key) if kind == Kind.DEPARTEMENT]
    return communes.departement_code(numbers[0]) if numbers else None


def departement_inside(communes: Communes, words: Sequence[str]) -> str | None:
    """The code of the département that folded words are said to be in: « les villes du Nord ».

    A number alone opens or ends them: « 93 ville avec le plus de caméras ».
    """
    for word, beside in ((words[:1], words[1:2]), (words[-1:], words[-2:-1])):
        number = "".join(word)
        is_code = number.isdigit() and communes.has_departement(number)
        if is_code and _COUNTED.isdisjoint(beside):
            return number
    for at, word in enumerate(words):
        if word not in _IN:
            continue
        for end in range(min(len(words), at + 1 + LONGEST_DEPARTEMENT), at + 1, -1):
            is_direction = "de" in words[end : end + 1]  # « le nord de la France »
            is_count = words[end - 1].isdigit() and word not in _IN_NUMBERED
            if not (is_direction or is_count):
                code = departement_in(communes, " ".join(words[at + 1 : end]))
                if code is not None:
                    return code
    return None


def names_departement(communes: Communes, words: Sequence[str]) -> bool:
    """Whether some of these folded words, side by side, are the name of a département."""
    index = communes.index
    runs = (
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return any(
        kind == Kind.DEPARTEMENT
        for run in runs
        if run[:OPENING] in index.openings
        for kind, _ in index.hits(run)
    )


def names_a_street(before: Sequence[str]) -> bool:
    """Whether the words before a name end as « rue de la »."""
    while before and before[-1] in _SMALL:
        before = before[:-1]
    return bool(before) and before[-1] in _STREETS


def _without_numbers(communes: Communes, words: list[str]) -> tuple[list[str], Hints]:
    index = communes.index
    divided = not _DIVIDED.isdisjoint(words)
    name: list[str] = []
    departements: set[str] = set()
    postcode = ""
    joined = _joined_postcode(words)
    for word in joined:
        if divided and (word in _DISTRICT or _ROMAN.match(word) or _ORDINAL.match(word)):
            continue
        if word.isascii() and word[0].isdigit():
            code = word.upper().zfill(2)
            if len(word) == 5 and any(kind == Kind.POSTCODE for kind, _ in index.hits(word)):
                postcode = word
                continue
            if communes.has_departement(code):
                departements.add(code)
                continue
        name.append(word)
    if departements:
        while name and name[-1] in PLACED_IN:
            name.pop()
    return name, Hints(frozenset(departements), postcode)


def _with_numbers_spelled(words: Sequence[str]) -> Iterator[list[str]]:
    """« six fours » for « 6 fours », « fort de france » for « fort 2 france »."""
    if not any(word.isdigit() for word in words[:-1]) or words[-1].isdigit():
        return
    halved = " ".join(words).replace(" 1 2 ", " demi ").split()
    for two in ("deux", "de") if "2" in halved else ("deux",):
        said = {**_SPELLED, "2": two}
        spelled = [said.get(word, word) for word in halved]
        if not any(word.isdigit() for word in spelled):
            yield spelled


def _joined_postcode(words: list[str]) -> list[str]:
    """« 59 100 » is 59100."""
    joined: list[str] = []
    for word in words:
        if len(word) == 3 and word.isdigit() and joined and re.fullmatch(r"\d\d", joined[-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _without_departement(communes: Communes, words: list[str]) -> tuple[list[str], str] | None:
    """The words before a département's name at the end, and its code."""
    for size in range(min(5, len(words) - 1), 0, -1):
        for kind, number in communes.index.hits("".join(words[-size:])):
            if kind == Kind.DEPARTEMENT:
                name = words[:-size]
                while name and name[-1] in PLACED_IN:
                    name.pop()
                if name and name[-1] in _JOINING:
                    return None  # « Moulins-sur-Orne », mistyped
                return name, communes.departement_code(number)
    return None


def _trimmed(index: Index, words: list[str]) -> list[str]:
    """The words without wrappers at both ends; an article stays before what remains."""
    start, end = 0, len(words)
    while start < end and is_wrapper(index, words[start]):
        start += 1
    while end > start + 1 and is_wrapper(index, words[end - 1]):
        end -= 1
    if 0 < start < end and words[start - 1] in ARTICLES:
        start -= 1
    return words[start:end]
