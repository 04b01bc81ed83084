"""Which of the communes that bear a name is meant, and how it is told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.places.communes import Commune, Communes
from bot.places.index import Kind
from bot.places.reading import Hints

# A present name is sure before a former one when its commune is this many times as populous.
WELL_KNOWN = 100
CITY = 20_000  # people; beside so large a commune, once sure, no other is told


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that may be meant.

    `score` says how close the text is to the name heard, not how probable the commune is:
    1 when they are the same once folded, less about 1 / length for each slip.
    """

    commune: Commune
    score: float


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was understood: the candidates, best first, and whether the first one is sure.

    Beside a sure one the others are what somebody may have meant all the same.
    """

    candidates: tuple[Candidate, ...] = ()
    is_sure: bool = False

    @property
    def commune(self) -> Commune | None:
        """The commune meant, or None when there is none or people must choose."""
        return self.candidates[0].commune if self.is_sure else None

    @property
    def choices(self) -> tuple[Commune, ...]:
        """The communes to offer, best first; empty when the answer is sure or there is none."""
        return () if self.is_sure else tuple(c.commune for c in self.candidates)

    @property
    def others(self) -> tuple[Commune, ...]:
        """What else may be meant though the answer is sure, best first; most often nothing."""
        return tuple(c.commune for c in self.candidates[1:]) if self.is_sure else ()

    def __bool__(self) -> bool:
        return bool(self.candidates)


NOTHING = Resolved()


class Meanings:
    """Decides among the meanings of a spelling. `covered` are the INSEE codes to offer first."""

    def __init__(self, communes: Communes, covered: Collection[str] = ()) -> None:
        self.communes = communes
        self.covered = frozenset(covered)

    def decided(self, hits: Sequence[tuple[int, int]], hints: Hints) -> Resolved:
        """Sure of the only meaning, or of a dominant one; else all of the best kind."""
        if len(hits) == 1:  # most names: nothing to weigh
            commune = self.communes.ranked(hits[0][1])
            fits = not hints or self._fits(commune, hints)
            return Resolved((Candidate(commune, 1.0),), True) if fits else NOTHING
        ranks: defaultdict[int, list[int]] = defaultdict(list)
        for kind, rank in hits:
            if not hints or self._fits(self.communes.ranked(rank), hints):
                ranks[kind].append(rank)
        present, nicknamed = ranks[Kind.CURRENT], ranks[Kind.NICKNAME]
        tiers = [present, nicknamed, ranks[Kind.FORMER] + ranks[Kind.SHORTENED]]
        if len(present) == 1 and not nicknamed:
            people = self.communes.ranked(present[0]).population
            tiers[2] = [
                rank
                for rank in tiers[2]
                if people < WELL_KNOWN * self.communes.ranked(rank).population
            ]
        elif not present and not nicknamed and any(tiers):
            tiers.insert(0, ranks[Kind.DEMONYM])  # « rémois » is Reims before a former Rémois
        elif not any(tiers):
            others = (Kind.REDUCED, Kind.DEMONYM, Kind.POSTCODE, Kind.INSEE)
            tiers = [next((ranks[kind] for kind in others if ranks[kind]), [])]
        ordered = self._ordered(tiers)
        return Resolved(tuple(Candidate(commune, 1.0) for commune in ordered), len(ordered) == 1)

    def _ordered(self, tiers: Iterable[Sequence[int]]) -> list[Commune]:
        """The covered communes first; then tier by tier, the most populous first in each."""
        ranks = dict.fromkeys(rank for tier in tiers for rank in sorted(tier))
        communes = [self.communes.ranked(rank) for rank in ranks]
        if self.covered:
            communes.sort(key=lambda commune: commune.insee not in self.covered)
        return communes

    def _fits(self, commune: Commune, hints: Hints) -> bool:
        if hints.departements and commune.departement not in hints.departements:
            return False
        return not hints.postcode or hints.postcode in commune.postcodes
