"""Which spellings a misspelling may stand for: a wide net in bit sets, then the noisy channel."""

import struct
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.places.index import Index, grams
from bot.places.likeness import slip_cost
from bot.places.spelling import sound

NET = 64  # spellings that share the most pairs of letters
SAME = 16  # spellings that sound the same
FINE = 16  # of which these are weighed
STRETCH = 3  # letters too many or too few
GAP = 1.2  # closeness behind the closest beyond which none is weighed
FAR = 1  # letters more than the closest beyond which the sound is not compared
SHORT = 8  # letters
WORTH = 1.5  # slips more than the likeliest that still leave a spelling worth weighing
SOUND = 0.45  # slips for a name that sounds the same
POPULATION = 0.2  # slips that a tenfold population outweighs
CUT, CUT_LETTER = 0.6, 0.08  # slips for a name not typed to its end, and for each letter missing
TOWN = 160  # a population of 10,000 on the scale of the index


@dataclass(frozen=True, slots=True)
class Likeness:
    """A spelling that may be meant. `cost` counts slips, `rank` adds how small the place is."""

    spelling: int
    cost: float
    rank: float


def likely(index: Index, key: str) -> list[Likeness]:
    """Spellings that `key` may be a misspelling or the beginning of, likeliest first."""
    heard = sound(key)
    found = net(index, key)
    same_sound = [number for _, number in index.hits(f"~{heard}")][:SAME]
    found += _swapped(index, key)
    names, all_sounds = index.keys, index.sounds
    distance, populations = OSA.distance, index.populations
    scale = POPULATION / 40
    apart = {spelling: distance(key, names[spelling]) for spelling in found}
    far = min(apart.values(), default=0) + FAR
    apart = {spelling: letters for spelling, letters in apart.items() if letters <= far}
    apart.update((spelling, distance(key, names[spelling])) for spelling in same_sound)
    rough = []
    for spelling, letters in apart.items():
        name, sounds = names[spelling], distance(heard, all_sounds[spelling])
        low, high = (letters, sounds) if letters < sounds + 0.5 else (sounds + 0.5, letters)
        closeness = low + 0.25 * max(high, sounds) - scale * populations[spelling]
        rough.append((closeness, spelling, name, sounds))
    rough.sort()
    costs: dict[int, float] = {}
    best = 2.5
    for closeness, spelling, name, sounds in rough[:FINE]:
        if closeness > rough[0][0] + GAP:
            break
        small = POPULATION * populations[spelling] / 40
        limit = best + WORTH + small
        heard_cost = sounds + SOUND
        cost = slip_cost(key, name, max(limit, 2 * limit - heard_cost))
        if heard_cost < cost:
            cost = 0.5 * (cost + heard_cost)
        if cost <= limit:
            costs[spelling] = cost
            best = min(best, cost - small)
    for spelling, cost in _begun(index, key):
        costs[spelling] = min(cost, costs.get(spelling, cost))
    weighed = [
        Likeness(spelling, cost, cost - POPULATION * index.populations[spelling] / 40)
        for spelling, cost in costs.items()
    ]
    weighed.sort(key=lambda likeness: likeness.rank)
    return weighed


def _swapped(index: Index, key: str) -> list[int]:
    """Fuzzy spellings that a swap of neighbours or one letter too many makes of a short `key`.

    Such a slip leaves a short name hardly any gram for the net to catch.
    """
    if len(key) > SHORT:
        return []
    variants = {key[:i] + key[i + 1 :] for i in range(len(key))}
    for i in range(len(key) - 1):
        variants.add(key[:i] + key[i + 1] + key[i] + key[i + 2 :])
    found = map(index.find, variants)
    return [spelling for spelling in found if 0 <= spelling < index.fuzzy_count]


def _begun(index: Index, key: str) -> list[tuple[int, float]]:
    """Spellings of which `key` is the beginning, with the cost of not typing the rest."""
    if len(key) < 4:
        return []
    begun = []
    for spelling in index.starting_with(key, 8):
        missing = len(index.keys[spelling]) - len(key)
        if missing <= 3 or index.populations[spelling] >= TOWN:
            begun.append((spelling, CUT + CUT_LETTER * missing))
    return begun


def net(index: Index, key: str) -> list[int]:
    """The spellings of about the same length that share the most grams with `key`.

    Among equals the most populous come first. At most `NET`.
    """
    length = len(key)
    allowed = index.no_longer_than(length + STRETCH) & ~index.no_longer_than(length - STRETCH - 1)
    planes = _counted([bits for bits in map(index.bitset, grams(key)) if bits])
    sure, equal, missing = 0, allowed, NET
    for plane in reversed(planes):
        more = equal & plane
        count = more.bit_count()
        if count <= missing:
            sure |= more
            missing -= count
            equal &= ~plane
        else:
            equal = more
    found = _positions(sure, NET)
    return found + _positions(equal, missing) if missing else found


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


def _positions(bits: int, limit: int) -> list[int]:
    """The positions of the lowest set bits, at most `limit`."""
    found: list[int] = []
    count = -(-bits.bit_length() // 64)
    words = struct.unpack(f"<{count}Q", bits.to_bytes(8 * count, "little"))
    for start, word in enumerate(words):
        if not word:
            continue
        while word:
            lowest = word & -word
            found.append(64 * start + lowest.bit_length() - 1)
            word ^= lowest
        if len(found) >= limit:
            break
    return found[:limit]
