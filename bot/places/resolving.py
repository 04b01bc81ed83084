"""Which commune a short text means: one for sure, a few to choose from, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.language.folding import fold
from bot.places.communes import Commune, Communes
from bot.places.index import Kind
from bot.places.reading import NO_HINT, Hints, announces, is_word, readings
from bot.places.spelling import expand, without_small_words

if TYPE_CHECKING:
    from bot.places.candidates import Likeness

LONGEST_TEXT = 160  # characters: a place with its wrappers; longer texts are for `find_in`
MOST_CHOICES = 8
# A present name is sure before a former one when its commune is this many times as populous,
WELL_KNOWN = 10
# and yields to the short name of a city that is this many times as populous: Évry, Charleville.
ECLIPSED = 20
# Misspelled names whose ranks differ by less, in slips, are told to be ties;
TIE = 0.35
# names that differ by less from the first are offered with it.
OFFERED = 1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that may be meant.

    `score` says how close the text is to the name heard, not how probable the commune is:
    1 when they are the same once folded, less about 1 / length for each slip. Never below 0.5.
    """

    commune: Commune
    score: float


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was understood: the candidates, best first, and whether the first one is sure."""

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

    def __bool__(self) -> bool:
        return bool(self.candidates)


NOTHING = Resolved()


class Places:
    """Resolves texts against all communes. `covered` are the INSEE codes to offer first."""

    def __init__(self, communes: Communes, covered: Collection[str] = ()) -> None:
        self.communes = communes
        self.covered = frozenset(covered)

    def resolve(self, text: str) -> Resolved:
        """The commune that `text` names, when it holds nothing else but wrappers and hints.

        Wrappers are everyday words around the name; hints are a postcode or a département.
        """
        if len(text) > LONGEST_TEXT:
            return NOTHING
        words = fold(text).split()
        if not words:
            return NOTHING
        resolved = self.exact(words)
        if resolved:
            return resolved
        name, hints = words, NO_HINT
        for name, hints in readings(self.communes, words):
            everyday = len(name) == 1 and is_word(self.communes.index, name[0])
            if name and not everyday:
                resolved = self.exact(name, hints)
                if resolved:
                    return resolved
        if name:
            return self.fuzzy(name, hints)
        if hints.postcode:
            return self.exact([hints.postcode])
        return self.exact(words[-1:]) if announces(words[:-1]) else NOTHING

    def exact(self, words: Sequence[str], hints: Hints = NO_HINT) -> Resolved:
        """What the folded `words` name as they stand, abbreviations and small words aside."""
        index = self.communes.index
        expanded = expand(words)
        hits = index.hits("".join(expanded))
        everyday = len(words) > 1 and all(is_word(index, word) for word in words)
        if everyday:
            hits = [hit for hit in hits if hit[0] == Kind.CURRENT and self._reads(hit[1], words)]
        if not everyday and not any(kind <= Kind.INSEE for kind, _ in hits):
            reduced = without_small_words(expanded)
            hits = [
                (Kind.REDUCED, rank)
                for kind, rank in index.hits(reduced)
                if kind in (Kind.CURRENT, Kind.FORMER, Kind.REDUCED) and len(words) > 1
            ]
        return self._decided([hit for hit in hits if hit[0] <= Kind.INSEE], hints)

    def _reads(self, rank: int, words: Sequence[str]) -> bool:
        return fold(self.communes.ranked(rank).name).split() == list(words)

    def _decided(self, hits: Sequence[tuple[int, int]], hints: Hints) -> Resolved:
        """Sure of the only meaning, or of a dominant one; else all of the best kind."""
        ranks: dict[int, list[int]] = {kind: [] for kind in Kind}
        for kind, rank in hits:
            if self._fits(self.communes.ranked(rank), hints):
                ranks[kind].append(rank)
        names = dict.fromkeys(ranks[Kind.CURRENT] + ranks[Kind.NICKNAME])
        others = dict.fromkeys(ranks[Kind.FORMER] + ranks[Kind.SHORTENED])
        if names:
            people = max(self.communes.ranked(rank).population for rank in names)
            eclipsing = [
                rank
                for rank in others
                if (Kind.SHORTENED, rank) in hits
                and self.communes.ranked(rank).population > ECLIPSED * people
            ]
            if eclipsing:
                names = dict.fromkeys(eclipsing + list(names))
            others = {
                rank: None
                for rank in others
                if rank not in names
                and people < WELL_KNOWN * self.communes.ranked(rank).population
                and people < 10_000
            }
        elif not others:
            best = (Kind.REDUCED, Kind.DEMONYM, Kind.POSTCODE, Kind.INSEE)
            names = dict.fromkeys(next((ranks[kind] for kind in best if ranks[kind]), []))
        ordered = self._ordered(names) + self._ordered(others)
        candidates = tuple(Candidate(commune, 1.0) for commune in ordered[:MOST_CHOICES])
        return Resolved(candidates, len(ordered) == 1)

    def _ordered(self, ranks: Iterable[int]) -> list[Commune]:
        """The covered communes first, then the most populous."""
        communes = [self.communes.ranked(rank) for rank in sorted(ranks)]
        return sorted(communes, key=lambda commune: commune.insee not in self.covered)

    def _fits(self, commune: Commune, hints: Hints) -> bool:
        if hints.departements and commune.departement not in hints.departements:
            return False
        return not hints.postcode or hints.postcode in commune.postcodes

    def fuzzy(self, words: Sequence[str], hints: Hints = NO_HINT) -> Resolved:
        """What the folded `words` may be a misspelling of."""
        # Exact names, which most people type, are answered without loading what follows.
        from bot.places.candidates import likely

        key = "".join(expand(words))
        found = likely(self.communes.index, key)
        return self._weighed(found, key, hints)

    def _weighed(self, found: Sequence[Likeness], key: str, hints: Hints) -> Resolved:
        """The likeliest reading when it is close enough; with its rivals when they are near."""
        index = self.communes.index
        heard: list[tuple[Likeness, tuple[Candidate, ...]]] = []
        for likeness in found:
            hits = [hit for hit in index.hits_of(likeness.spelling) if hit[0] <= Kind.SHORTENED]
            score = 1 - likeness.cost / max(len(key), 4)
            if not hits:
                if not hints and not heard:
                    return NOTHING
                continue
            if likeness.cost > _allowed(key, index.populations[likeness.spelling], hints):
                continue
            decided = self._decided(hits, hints).candidates
            if decided:
                named = tuple(Candidate(c.commune, round(score, 3)) for c in decided)
                heard.append((likeness, named))
        if not heard:
            return NOTHING
        first = heard[0][0].rank
        near = [named for likeness, named in heard if likeness.rank < first + TIE]
        sure = len({c.commune.insee for named in near for c in named}) == 1
        offered = near if sure else [n for lk, n in heard[:3] if lk.rank < first + OFFERED]
        candidates = {c.commune.insee: c for named in reversed(offered) for c in reversed(named)}
        return Resolved(tuple(reversed(candidates.values()))[:MOST_CHOICES], sure)


def _allowed(key: str, magnitude: int, hints: Hints) -> float:
    """The most slips that a text of this length may hold and still name the place."""
    length = len(key)
    allowed = 0.7 if length <= 3 else 1.0 if length == 4 else min(3.2, 0.3 * length)
    return allowed + (1.0 if hints else 0.0) + (magnitude - 120) / 400
