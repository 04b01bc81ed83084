"""Which other commune may be meant where the very name of one, or a word, is typed.

« Mirbel » is a village, and what one slip makes of Miribel; « rene » is another, and sounds like
Rennes; « pris » is a word, and Paris typed in haste. Such neighbours are found when the index is
built, so that exact names stay as fast.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.places.index import Kind
from bot.places.likeness import slip_cost
from bot.places.slips import POPULATION
from bot.places.spelling import ARTICLES

SLIPS = 1.0  # slips, less what the difference of populations outweighs, that are worth a word
TOWN, TIMES = 5_000, 0.3  # beside so populous a place, only one so many times as populous
ARTICLE = 0.5  # slips, for an article left out: « Villettes » for Les Villettes
WORD_SLIPS = 0.84  # the most by which a word is told from a place;
CITY = 20_000  # people in the place, where the word is frequent,
VILLAGE, LONG = 500, 5  # or rare: any place, where it has so many letters
MOST = 2
_PLACES = (Kind.CURRENT, Kind.FORMER, Kind.REDUCED, Kind.SHORTENED)
_ALONE = ({Kind.WORD}, {Kind.FIRST_NAME})
_MEANT = (Kind.CURRENT, Kind.SHORTENED)


def neighbours(
    meanings: Mapping[str, set[int]],
    fuzzy: Sequence[str],
    populations: Mapping[str, int],
    near: Callable[[str], set[int]],
    alike: Callable[[str], set[int]],
) -> Iterator[tuple[str, list[int]]]:
    """Each name or word with the communes that may rather be meant, at most `MOST`.

    `fuzzy` are the spellings, most populous first, frequent words among them; `near` gives those
    one slip away, `alike` those that sound the same.
    """
    meant = {key: _first(meanings[key], _MEANT) for key in fuzzy}
    for key in list(meanings):
        kinds = {meaning >> 24 for meaning in meanings[key]}
        people = populations.get(key, 0)
        if people and not kinds.isdisjoint(_PLACES):
            least = TIMES * people if people >= TOWN else 0
            most_slips, most = math.inf, SLIPS - POPULATION * math.log10(people)
        elif kinds in _ALONE and len(key) > 3:
            least = CITY if people else VILLAGE if len(key) < LONG else 0
            most_slips, most = WORD_SLIPS, math.inf
        else:
            continue
        found = []
        heard = alike(key)
        for number in near(key) | heard:
            other = fuzzy[number]
            commune = meant[other]
            if commune is None or populations[other] < least:
                continue
            if kinds in _ALONE and commune != _first(meanings[other], (Kind.CURRENT,)):
                continue
            is_heard = number in heard and (kinds not in _ALONE or populations[other] >= CITY)
            if other != key and (is_heard or OSA.distance(key, other, score_cutoff=1) == 1):
                cost = slip_cost(key, other, SLIPS)
                if cost <= most_slips:
                    found.append((cost - POPULATION * math.log10(populations[other]), commune))
        if Kind.CURRENT in kinds:
            for other in (article + key for article in ARTICLES):
                commune = _first(meanings.get(other, ()), (Kind.CURRENT,))
                if commune is not None and populations[other] >= least:
                    found.append((ARTICLE - POPULATION * math.log10(populations[other]), commune))
        likeliest = sorted(pair for pair in found if pair[0] <= most)
        if likeliest:
            yield key, [commune for _, commune in likeliest[: MOST + (kinds in _ALONE)]]


def _first(meanings: Collection[int], kinds: Collection[Kind]) -> int | None:
    """The most populous of the communes of which it is a name of one of these kinds."""
    return min((m & 0xFFFFFF for m in meanings if m >> 24 in kinds), default=None)
