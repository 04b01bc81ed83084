"""What a misspelled name may stand for: one commune for sure, a few to choose from, or none."""

from collections.abc import Iterator, Sequence
from math import exp, log10
from typing import NamedTuple

from bot.places.candidates import Likeness, likely
from bot.places.deciding import CITY, NOTHING, WELL_KNOWN, Candidate, Meanings, Resolved
from bot.places.index import Kind
from bot.places.reading import NO_HINT, Hints
from bot.places.slips import NATS, POPULATION
from bot.places.spelling import expand, saints

MOST_CHOICES = 8
# Of two readings, the one whose rank is a slip lower is e ** NATS times as likely. The likeliest
# commune is sure when all others together are less likely than this;
DOUBT = 0.15
# then so many others are told beside it, unless it is a city, when they are no further than so
# many slips;
BESIDE, NEAR = 2, 0.9
# else so many names are offered, when they are no further than so many slips from the first.
NAMES_OFFERED, OFFERED = 3, 1.0
FLAT = 0.06  # slips that a tenfold population outweighs less, after the first
SAINT = 0.3  # slips for « st » mistyped or glued
GOOD = 0.8  # the slips in a reading good enough to look no further
# How many slips a misspelled name may hold: a base, more for each letter, and for each tenfold
# of a population above or below 1,000, but never more than the last figure.
SLIPS, SLIPS_A_LETTER, SLIPS_A_TENFOLD, MOST_SLIPS = 0.3, 0.22, 0.3, 3.4
# With so many more, or so few for each letter of everyday words, a place is a question at most.
LOOSELY, LOOSELY_A_LETTER = 0.3, 0.125
LOOSELY_LONG, LONG = 0.16, 12  # the same in a name of so many letters: « dignes les bain »
ARTICLE = 0.5  # slips, for an article left out beside the others
# An everyday word this much closer than any commune leaves it a question; or nothing.
WORD_MARGIN, WORD_DOUBT = 0.25, 0.45


class _Heard(NamedTuple):
    """The communes that bear a name which may be meant."""

    rank: float
    candidates: tuple[Candidate, ...]


def misspelled(
    meanings: Meanings,
    words: Sequence[str],
    hints: Hints = NO_HINT,
    strictness: float = 1.0,
    *,
    is_whole: bool,
) -> Resolved:
    """What the folded `words` may be a misspelling of; slips weigh `strictness` times.

    Where they are a whole text, a place too far to be sure may still be a question.
    """
    index, expanded = meanings.communes.index, expand(words)
    key = "".join(expanded)
    found = likely(index, key, expanded)
    for other in saints(words, desperate=not found or found[0].cost > GOOD):
        found += [
            Likeness(lk.spelling, lk.cost + SAINT, lk.rank + SAINT) for lk in likely(index, other)
        ]
        found.sort(key=lambda lk: lk.rank)
    word = float("inf")  # the rank of the likeliest word that is no commune
    heard: list[_Heard] = []
    far: list[_Heard] = []
    for likeness in found:
        if heard and likeness.rank > heard[0].rank + OFFERED:
            break
        hits = [hit for hit in index.hits_of(likeness.spelling) if hit[0] <= Kind.SHORTENED]
        if not hits:
            word = min(word, likeness.rank)
            continue
        allowed = _allowed(key, index.populations[likeness.spelling], hints)
        is_close = likeness.cost * strictness <= allowed
        if is_close or (
            is_whole and (heard or _is_loosely(likeness.cost, key, strictness, allowed))
        ):
            score = round(max(0.0, 1 - likeness.cost / max(len(key), 4)), 3)
            group = heard if is_close else far
            for beside, named in _named(meanings, hits, hints, is_whole=is_whole):
                told = tuple(Candidate(candidate.commune, score) for candidate in named)
                group.append(_Heard(likeness.rank + beside, told))
    heard, far = _in_order(heard), _in_order(far)
    if heard and (hints or heard[0].rank <= word + WORD_MARGIN):
        return _weighed(heard, far if is_whole else ())
    likeliest = heard or far
    if is_whole and likeliest and likeliest[0].rank <= word + WORD_DOUBT:
        return Resolved(_offered(likeliest))
    return NOTHING


def _named(
    meanings: Meanings, hits: Sequence[tuple[int, int]], hints: Hints, *, is_whole: bool
) -> Iterator[tuple[float, Sequence[Candidate]]]:
    """The communes that a misspelled name may mean, with the slips that lie beside.

    A city comes before a village a hundred times smaller, where the name of neither is exact:
    Charleville-Mézières for « charlevil ». Then, for a whole text, what bears the name after an
    article.
    """
    named = meanings.decided(hits, hints).candidates
    reduced = [hit for hit in hits if hit[0] == Kind.REDUCED]
    is_present = hits[0][0] == Kind.CURRENT
    articled = meanings.decided(reduced, hints).candidates if reduced and is_present else ()
    if named:
        first = max(1, named[0].commune.population)
        people = max((c.commune.population for c in articled), default=0)
        smaller = POPULATION * log10(people / first) if people > first else 0.0
        cities = [c for c in named if c.commune.population >= WELL_KNOWN * first]
        if cities:
            yield 0.0, cities
        yield smaller, [candidate for candidate in named if candidate not in cities]
    if is_whole and articled:
        yield ARTICLE, articled


def _in_order(group: Sequence[_Heard]) -> list[_Heard]:
    """The likeliest first; after it the small ones count for a little more."""
    ordered = sorted(group, key=lambda one: one.rank)
    return ordered[:1] + sorted(
        ordered[1:],
        key=lambda one: one.rank + FLAT * log10(one.candidates[0].commune.population + 1),
    )


def _weighed(heard: Sequence[_Heard], far: Sequence[_Heard]) -> Resolved:
    """The likeliest name when it is by far; else a choice of the likeliest, `far` ones last."""
    first, best = heard[0]
    chances: dict[str, float] = {}
    for rank, named in heard:
        code = named[0].commune.insee
        chances[code] = chances.get(code, 0.0) + exp(NATS * (first - rank))
    others = 1 - chances[best[0].commune.insee] / sum(chances.values())
    if len(best) > 1 or others >= DOUBT:
        offered = _offered(heard)
        return Resolved(offered, True) if len(offered) == 1 else Resolved(_offered((*heard, *far)))
    if best[0].commune.population >= CITY:
        return Resolved(best, True)
    near = {named[0].commune.insee: named[0] for rank, named in heard if rank <= first + NEAR}
    del near[best[0].commune.insee]
    return Resolved((*best, *list(near.values())[:BESIDE]), True)


def _offered(heard: Sequence[_Heard]) -> tuple[Candidate, ...]:
    """The communes of the likeliest names, those that only bore one last."""
    names: dict[str, None] = {}
    offered: dict[str, Candidate] = {}
    for _, named in heard:
        name = named[0].commune.name
        if name not in names and len(names) == NAMES_OFFERED:
            break
        names[name] = None
        for candidate in named:
            offered.setdefault(candidate.commune.insee, candidate)
    ordered = sorted(offered.values(), key=lambda c: c.commune.name not in names)
    return tuple(ordered[:MOST_CHOICES])


def _allowed(key: str, magnitude: int, hints: Hints) -> float:
    """The most slips that a text of this length may hold and still name the place."""
    allowed = SLIPS + SLIPS_A_LETTER * len(key) + SLIPS_A_TENFOLD * (magnitude / 40 - 3)
    return min(allowed, MOST_SLIPS) + (1.0 if hints else 0.0)


def _is_loosely(cost: float, key: str, strictness: float, allowed: float) -> bool:
    if strictness > 1.0:
        return cost <= (LOOSELY_LONG if len(key) >= LONG else LOOSELY_A_LETTER) * len(key)
    return cost <= allowed + LOOSELY
