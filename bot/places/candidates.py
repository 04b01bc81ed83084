"""Which spellings a misspelling may stand for: a wide net in bit sets, then the noisy channel."""

import struct
from bisect import insort
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.places.index import Index, grams
from bot.places.likeness import RULES, slip_cost
from bot.places.slips import POPULATION
from bot.places.spelling import sound, sound_of_words

NET = 40  # spellings that share the most pairs of letters
NET_BESIDE = 10  # the same where a single slip already tells what may be meant
SAME = 12  # spellings that sound the same
FINE = 14  # of all these, how many are weighed
FAR = 2  # letters more than the closest beyond which none is weighed, unless it sounds the same
STRETCH = 3  # letters too many or too few
# What the slips in a name spelled as it sounds weigh, and how much less on the scale of the index
# above a village.
ALOUD, FAMILIAR, VILLAGE = 0.85, 0.002, 120
HEARD = 1.3  # slips, the most that a name spelled as it sounds is told from it
SETTLED = 0.85  # slips, when one slip tells what may be meant
LONG = 8  # letters beyond which the pairs of neighbours are enough
MOST = 2.5  # slips in a name that may still be offered
WORTH = 1.0  # slips more than the likeliest that still leave a spelling worth offering
CLOSE = 0.5  # slips more than the likeliest that leave it worth weighing, though enough are
OFFERED = 4  # closer
EDIT = 0.7  # slips, the least that a letter too many, too few or changed costs on average
CUT, CUT_LETTER = 0.8, 0.08  # slips for a name not typed to its end, and for each letter missing
FEW = 3  # letters missing at most, or half of those typed, from the name of a smaller place than
TOWN = 160  # a population of 10,000 on the scale of the index
_ONE_SLIP: dict[str, Any] = {"score_cutoff": 1, "limit": None}
_RESPELLED = sorted(rule for rule in RULES if OSA.distance(*rule) > 1)
_LOW = (1 << 4096) - 1
_SCALE = POPULATION / 40  # slips that one step on that scale outweighs


class Likeness(NamedTuple):
    """A spelling that may be meant. `cost` counts slips, `rank` adds how small the place is."""

    spelling: int
    cost: float
    rank: float


def likely(index: Index, key: str, words: Sequence[str] = ()) -> list[Likeness]:
    """Spellings that `key` may be a misspelling or the beginning of, likeliest first.

    Where `words` are given, those of the key, the ends of each may be unheard.
    """
    names, populations = index.keys, index.populations
    costs: dict[int, float] = {}
    ranks = [MOST]  # of the likeliest so far, in order
    settled = False
    sounding = _sounding(index, sound(key))
    if len(words) > 1:
        ends_unheard = _sounding(index, sound_of_words(words))
        sounding += [spelling for spelling in ends_unheard if spelling not in sounding]
    near = list(index.near(key))
    close = extract(key, [names[n] for n in near], scorer=OSA.distance, **_ONE_SLIP)
    for spelling in {*(near[at] for _, _, at in close), *_respelled(index, key)}:
        name = names[spelling]
        cost = slip_cost(key, name, MOST)
        if spelling in sounding:
            cost *= _aloud(populations[spelling])
        costs[spelling] = cost
        insort(ranks, cost - _SCALE * populations[spelling])
        settled = settled or cost <= SETTLED
    heard = [spelling for spelling in sounding if spelling not in costs]
    for spelling in heard:
        cost = _aloud(populations[spelling]) * slip_cost(key, names[spelling], MOST)
        costs[spelling] = min(cost, HEARD)
        insort(ranks, costs[spelling] - _SCALE * populations[spelling])
    found = net(index, key, NET_BESIDE if settled else NET)
    order = sorted(set(found).difference(costs))  # the most populous first: so are equals
    close = extract(key, [names[n] for n in order], scorer=OSA.distance, limit=2 * FINE)
    far = FAR if settled or not close else close[0][1] + FAR
    rough = [
        (distance - _SCALE * populations[order[at]], order[at], name)
        for name, distance, at in close
        if distance <= far
    ]
    rough.sort()
    del rough[FINE:]
    for distance, spelling, name in rough:
        small = _SCALE * populations[spelling]
        worth = ranks[0] + WORTH
        if len(ranks) > OFFERED:
            worth = min(worth, max(ranks[OFFERED], ranks[0] + CLOSE))
        limit = worth + small
        if EDIT * (distance + small) > limit:
            continue
        cost = slip_cost(key, name, limit)
        if cost <= limit:
            costs[spelling] = cost
            insort(ranks, cost - small)
    for spelling, cost in _begun(index, key):
        costs[spelling] = min(cost, costs.get(spelling, cost))
    weighed = [
        Likeness(spelling, cost, cost - _SCALE * populations[spelling])
        for spelling, cost in costs.items()
    ]
    weighed.sort(key=lambda likeness: likeness.rank)
    return weighed


def _sounding(index: Index, sounded: str) -> list[int]:
    return [number for _, number in index.hits(f"~{sounded}")][:SAME]


def _aloud(magnitude: int) -> float:
    """How much the slips of a name spelled as it sounds weigh: people know cities by ear."""
    return ALOUD - FAMILIAR * (magnitude - VILLAGE)


def _respelled(index: Index, key: str) -> Iterator[int]:
    """Spellings that sound the same but for more than a letter: Buzy for « buzill »."""
    for typed, meant in _RESPELLED:
        if typed not in key:
            continue
        at = key.find(typed)
        while at >= 0:
            spelling = index.find(f"{key[:at]}{meant}{key[at + len(typed) :]}")
            if 0 <= spelling < index.fuzzy_count:
                yield spelling
            at = key.find(typed, at + 1)


def _begun(index: Index, key: str) -> list[tuple[int, float]]:
    """Spellings of which `key` is the beginning, with the cost of not typing the rest."""
    if len(key) < 4:
        return []
    begun = []
    for spelling in index.starting_with(key, 8):
        missing = len(index.keys[spelling]) - len(key)
        if missing <= max(FEW, len(key) // 2) or index.populations[spelling] >= TOWN:
            begun.append((spelling, CUT + CUT_LETTER * missing))
    return begun


def net(index: Index, key: str, most: int = NET) -> list[int]:
    """The spellings of about the same length that share the most grams with `key`.

    Among equals the most populous come first.
    """
    length = len(key)
    allowed = index.of_length(length - STRETCH, length + STRETCH)
    wanted = grams(key) if length <= LONG else {gram for gram in grams(key) if "_" not in gram}
    planes = _counted([bits for bits in map(index.bitset, wanted) if bits])
    sure, equal, missing = 0, allowed, most
    for plane in reversed(planes):
        more = equal & plane
        count = more.bit_count()
        if count <= missing:
            sure |= more
            missing -= count
            if not missing:
                return _all_positions(sure)
            equal ^= more
        else:
            equal = more
    return _all_positions(sure) + _positions(equal, missing)


def _counted(sets: list[int]) -> list[int]:
    """How many of the sets hold each element, as binary digits: the units, the twos, …"""
    planes = []
    while sets:
        carried = []
        total = sets.pop()
        while len(sets) > 1:
            a, b = sets.pop(), sets.pop()
            differ = a ^ b
            carried.append(a & b | differ & total)
            total ^= differ
        if sets:
            other = sets.pop()
            carried.append(total & other)
            total ^= other
        planes.append(total)
        sets = carried
    return planes


def _all_positions(bits: int) -> list[int]:
    """The positions of the set bits, which are few."""
    found = []
    while bits:
        highest = bits.bit_length() - 1
        found.append(highest)
        bits ^= 1 << highest
    found.reverse()
    return found


def _positions(bits: int, limit: int) -> list[int]:
    """The positions of the lowest set bits, at most `limit`."""
    low = bits & _LOW  # enough, most often
    bits = low if low.bit_count() >= limit else bits
    found: list[int] = []
    count = -(-bits.bit_length() // 64)
    words = struct.unpack(f"<{count}Q", bits.to_bytes(8 * count, "little"))
    for number in compress(range(count), words):
        word = words[number]
        while word:
            lowest = word & -word
            found.append(64 * number + lowest.bit_length() - 1)
            word ^= lowest
        if len(found) >= limit:
            break
    return found[:limit]
