"""Which other commune may be meant where the very name of one, or a word, is typed.

« Mirbel » is a village, and what one slip makes of Miribel; « pris » is a word, and Paris typed
in haste. Such neighbours are found when the index is built, so that exact names stay as fast.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.places.index import Kind
from bot.places.likeness import slip_cost
from bot.places.slips import POPULATION

SLIPS = 0.9  # slips, less what the difference of populations outweighs, that are worth a word
TIMES = 0.3  # as populous at least
TOWN = 5_000  # people; only such a place may be meant by the former name of another
CITY, WORD_SLIPS = 20_000, 0.9  # only such a place, and so few slips, by a word
MOST = 2
_PLACES = (Kind.CURRENT, Kind.FORMER, Kind.REDUCED, Kind.SHORTENED)
_MEANT = (Kind.CURRENT, Kind.SHORTENED)


def neighbours(
    meanings: Mapping[str, set[int]],
    fuzzy: Sequence[str],
    populations: Mapping[str, int],
    near: Callable[[str], set[int]],
) -> Iterator[tuple[str, list[int]]]:
    """Each name or word with the communes that may rather be meant, likeliest first.

    `fuzzy` are the spellings, most populous first; `near` gives those one slip away.
    """
    meant = [_meant(meanings[key]) for key in fuzzy]
    cities = {
        number
        for number, key in enumerate(fuzzy)
        if populations[key] >= CITY and meant[number] == _named(meanings[key])
    }
    for key in list(meanings):
        kinds = {meaning >> 24 for meaning in meanings[key]}
        people = populations.get(key, 0)
        if people and not kinds.isdisjoint(_PLACES):
            least = TIMES * people if Kind.CURRENT in kinds else max(TOWN, TIMES * people)
            most = SLIPS - POPULATION * math.log10(people)
            others = [n for n in near(key) if populations[fuzzy[n]] >= least]
        elif kinds == {Kind.WORD} and len(key) > 3:
            most = float("-inf")
            others = [n for n in near(key) if n in cities]
        else:
            continue
        found = []
        for number in others:
            other = fuzzy[number]
            commune = meant[number]
            if commune is not None and OSA.distance(key, other, score_cutoff=1) == 1:
                cost = slip_cost(key, other, WORD_SLIPS)
                rank = cost - POPULATION * math.log10(populations[other])
                if rank <= most or (kinds == {Kind.WORD} and cost <= WORD_SLIPS):
                    found.append((rank, commune))
        if found:
            yield key, [commune for _, commune in sorted(found)[:MOST]]


def _named(meanings: set[int]) -> int | None:
    """The most populous of the communes of this very name."""
    return min((m for m in meanings if m >> 24 == Kind.CURRENT), default=None)


def _meant(meanings: set[int]) -> int | None:
    """The most populous of the communes that bear the name."""
    return min((m & 0xFFFFFF for m in meanings if m >> 24 in _MEANT), default=None)
