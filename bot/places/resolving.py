"""Which commune a short text means: one for sure, a few to choose from, or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from bot.language.folding import fold, glue
from bot.places.communes import Commune, Communes
from bot.places.index import Kind
from bot.places.reading import NO_HINT, TOWN_WORDS, Hints, announces, is_word, is_wrapper, readings
from bot.places.slips import NATS
from bot.places.spelling import ARTICLES, expand, saints, unstretched, without_small_words

if TYPE_CHECKING:
    from bot.places.candidates import Likeness

LONGEST_TEXT = 160  # characters: a place with its wrappers; longer texts are for `find_in`
MOST_CHOICES = 8
# A present name is sure before a former one when its commune is this many times as populous.
WELL_KNOWN = 100
SHORT, CITY = 6, 20_000  # letters, people
# Of two readings, the one whose rank is a slip lower is e ** NATS times as likely. The likeliest
# commune is sure when all others together are less likely than this;
DOUBT = 0.12
# else this many names are offered, when they are no further than so many slips from the first.
NAMES_OFFERED, OFFERED = 3, 1.0
SAINT = 0.3  # slips for « st » mistyped or glued
GOOD = 0.8  # the slips in a reading good enough to look no further
# How many slips a misspelled name may hold: a base, more for each letter, and for each tenfold
# of a population above or below 1,000, but never more than the last figure.
SLIPS, SLIPS_A_LETTER, SLIPS_A_TENFOLD, MOST_SLIPS = 0.3, 0.22, 0.3, 3.4
STRICT = 2.5  # times as dear: the slips of everyday words
# An everyday word this much closer than any commune is what was meant.
WORD_MARGIN = 0.25
_NAMED = (Kind.CURRENT, Kind.NICKNAME)
_CURRENT = frozenset(
    (Kind.CURRENT, Kind.NICKNAME, Kind.DEMONYM, Kind.SHORTENED, Kind.POSTCODE, Kind.INSEE)
)
_SOMETHING_ELSE = frozenset((Kind.WORD, Kind.FIRST_NAME, Kind.FOREIGN, Kind.DEPARTEMENT))


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
            return self._doubted(text, words, resolved)
        if self._is_something_else("".join(words)):
            return self._near_word(words)
        if words[0] in ARTICLES and self._is_departement("".join(words[1:])):
            return NOTHING
        names = list(readings(self.communes, words))
        refused = set()
        for name, hints in names:
            if name and (hints or name != words):
                resolved = self.exact(name, hints)
                if resolved and (hints or self._may_be_meant(text, words, name, resolved)):
                    return resolved
                refused.add("".join(name) if resolved else "")
        name, hints = names[-1]
        if name:
            return self._guess(names, refused)
        if hints.postcode:
            return self.exact([hints.postcode])
        return NOTHING

    def _near_word(self, words: Sequence[str]) -> Resolved:
        """The city that a word, alone, may be a slip for: « lion », « pris »."""
        key = "".join(words)
        hits = self.communes.index.hits(key)
        if len(words) > 1 or any(kind not in (Kind.WORD, Kind.NEAR) for kind, _ in hits):
            return NOTHING
        return Resolved(tuple(self._near(hits, 1 - 1 / len(key))))

    def _near(self, hits: Iterable[tuple[int, int]], score: float) -> Iterator[Candidate]:
        for kind, rank in hits:
            if kind == Kind.NEAR:
                yield Candidate(self.communes.ranked(rank), score)

    def _may_be_meant(
        self, text: str, words: Sequence[str], name: Sequence[str], resolved: Resolved
    ) -> bool:
        """Whether an everyday word, article or not, is a name here: « à Rue », « ville de grand ».

        It needs a capital, the words « ville de », or a city; alone it needs to be announced too.
        """
        index = self.communes.index
        if (
            len(name) > 1
            and all(is_word(index, word) for word in name)
            and not fold(resolved.candidates[0].commune.name).endswith(f" {name[-1]}")
        ):
            return False  # « salut tout le monde » is not Toutlemonde
        if not is_word(index, name[-1]) or any(word not in ARTICLES for word in name[:-1]):
            return True
        before = words[: -len(name)] if list(words[-len(name) :]) == list(name) else []
        if len(name) == 1 and not announces(before):
            return False
        if announces(before) and before[-1][0] == "d":
            return True
        is_city = resolved.candidates[0].commune.population >= CITY
        return is_city or (any(c.isupper() for c in text[1:]) and not text.isupper())

    def _doubted(self, text: str, words: Sequence[str], resolved: Resolved) -> Resolved:
        """What was found as it stands, where something else may have been meant all the same."""
        if words[0] in ARTICLES and self._is_departement("".join(words[1:])):
            is_name = glue(resolved.candidates[0].commune.name) == "".join(words)
            return Resolved(resolved.candidates) if is_name else NOTHING
        if text.casefold() == resolved.candidates[0].commune.name.casefold():
            return resolved  # most texts
        if self._is_rather_words(text, words, resolved):
            return NOTHING
        if len(words) > 1 and self._is_departement(words[-1]):
            resolved = self._or_in_departement(words, resolved)
        return self._or_city(words, resolved)

    def _is_rather_words(self, text: str, words: Sequence[str], resolved: Resolved) -> bool:
        """« maire » is not Mairé, nor « les marchés » Les Marches, nor « crèche » La Crèche."""
        index = self.communes.index
        if not all(word in ARTICLES or is_word(index, word) for word in words):
            return False
        kinds = {kind for kind, _ in index.hits("".join(words)) if kind <= Kind.INSEE}
        if Kind.NICKNAME in kinds:
            return False
        if len(words) == 1 and words[0] not in TOWN_WORDS:
            is_city = resolved.candidates[0].commune.population >= CITY
            return kinds == {Kind.REDUCED} and not is_city
        if len(words) > 1 and text.isascii():
            return False
        typed = _plainly(text)
        return not any(
            _plainly(name) == typed
            for candidate in resolved.candidates
            for name in (candidate.commune.name, *candidate.commune.former_names)
        )

    def _or_in_departement(self, words: Sequence[str], resolved: Resolved) -> Resolved:
        """« Civray Cher » is Civray in the Cher before it is Civray-sur-Cher."""
        if "".join(expand(words)) == glue(resolved.candidates[0].commune.name):
            return resolved
        for name, hints in readings(self.communes, words):
            there = self.exact(name, hints).candidates if name and hints else ()
            if there:
                before = resolved.candidates[:1] if resolved.is_sure else resolved.candidates
                others = [c for c in before if c not in there]
                return Resolved((*there, *others), not others and len(there) == 1)
        return resolved

    def _is_departement(self, key: str) -> bool:
        return any(kind == Kind.DEPARTEMENT for kind, _ in self.communes.index.hits(key))

    def _or_city(self, words: Sequence[str], resolved: Resolved) -> Resolved:
        """With the city that was rather meant, where only a former short name was found: Pars."""
        key = "".join(words)
        if len(key) > SHORT or resolved.candidates[0].commune.population >= CITY:
            return resolved
        if any(kind in _CURRENT for kind, _ in self.communes.index.hits(key)):
            return resolved
        city = self.fuzzy(words).candidates[:1]
        if not city or city[0].commune.population < CITY or city[0].score == 1.0:
            return resolved
        others = [c for c in resolved.candidates if c.commune != city[0].commune]
        return Resolved((*city, *others))

    def _guess(
        self, names: Iterable[tuple[Sequence[str], Hints]], refused: Collection[str]
    ) -> Resolved:
        """The reading whose misspelling is the slightest, the first among equals."""
        best, tried = NOTHING, set()
        for name, hints in names:
            key = ("".join(name), hints)
            if key[0] in refused:
                continue
            if name and key not in tried and (hints or not self._is_something_else(key[0])):
                tried.add(key)
                strictness = STRICT if all(is_word(self.communes.index, w) for w in name) else 1.0
                guess = self.fuzzy(name, hints, strictness)
                if guess and (not best or guess.candidates[0].score > best.candidates[0].score):
                    best = guess
        return best

    def _is_something_else(self, key: str) -> bool:
        """Whether the key is a word, a first name, a foreign place or a département."""
        index = self.communes.index
        hits = index.hits(key) or index.hits(unstretched(key))
        return any(kind in _SOMETHING_ELSE for kind, _ in hits)

    def exact(self, words: Sequence[str], hints: Hints = NO_HINT) -> Resolved:
        """What the folded `words` name as they stand, abbreviations and small words aside."""
        index = self.communes.index
        expanded = expand(words)
        key = "".join(expanded)
        hits = every = index.hits(key)
        if hits and hits[0][0] == Kind.CURRENT:
            pass  # however everyday the words are
        elif len(words) > 1 and all(is_word(index, word) for word in words):
            all_wrap = all(is_wrapper(index, word) for word in words)
            most = Kind.CURRENT if all_wrap else Kind.NICKNAME
            hits = [hit for hit in hits if hit[0] <= most or hit[0] == Kind.SHORTENED]
        elif len(words) > 1 and not any(kind <= Kind.INSEE for kind, _ in hits):
            hits = [
                (Kind.REDUCED, rank)
                for kind, rank in index.hits(without_small_words(expanded))
                if kind in (Kind.CURRENT, Kind.FORMER, Kind.REDUCED)
            ]
            if not hits and len(words) == 2 and words[0] in ARTICLES:  # « les lillois »
                hits = [hit for hit in index.hits(words[1]) if hit[0] == Kind.DEMONYM]
        if len(every) == 1:
            return self._decided(hits, hints) if hits and hits[0][0] <= Kind.INSEE else NOTHING
        if not hints and hits and hits[0][0] not in _NAMED and (Kind.FOREIGN, 0) in hits:
            return NOTHING
        decided = self._decided([hit for hit in hits if hit[0] <= Kind.INSEE], hints)
        if not decided or hints or not every or every[-1][0] != Kind.NEAR:
            return decided
        known = {candidate.commune for candidate in decided.candidates}
        near = (c for c in self._near(every, 1 - 1 / len(key)) if c.commune not in known)
        return Resolved((*decided.candidates, *near), decided.is_sure)

    def _decided(self, hits: Sequence[tuple[int, int]], hints: Hints) -> Resolved:
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

    def fuzzy(
        self, words: Sequence[str], hints: Hints = NO_HINT, strictness: float = 1.0
    ) -> Resolved:
        """What the folded `words` may be a misspelling of; slips weigh `strictness` times."""
        # Exact names, which most people type, are answered without loading what follows.
        from bot.places.candidates import Likeness, likely

        index, key = self.communes.index, "".join(expand(words))
        found = likely(index, key)
        for other in saints(words, desperate=not found or found[0].cost > GOOD):
            found += [
                Likeness(lk.spelling, lk.cost + SAINT, lk.rank + SAINT)
                for lk in likely(index, other)
            ]
            found.sort(key=lambda lk: lk.rank)
        return self._weighed(found, key, hints, strictness)

    def _weighed(
        self, found: Sequence[Likeness], key: str, hints: Hints, strictness: float
    ) -> Resolved:
        """The likeliest reading when it is close enough; with its rivals when they are near."""
        index = self.communes.index
        words = float("inf")  # the rank of the likeliest word that is no commune
        heard: list[tuple[float, tuple[Candidate, ...]]] = []
        for likeness in found:
            if heard and likeness.rank > heard[0][0] + OFFERED:
                break
            hits = [hit for hit in index.hits_of(likeness.spelling) if hit[0] <= Kind.SHORTENED]
            if not hits:
                words = min(words, likeness.rank)
                continue
            people = index.populations[likeness.spelling]
            if likeness.cost * strictness > _allowed(key, people, hints):
                continue
            decided = self._decided(hits, hints).candidates
            if decided:
                score = round(max(0.0, 1 - likeness.cost / max(len(key), 4)), 3)
                named = tuple(Candidate(c.commune, score) for c in decided)
                heard.append((likeness.rank, named))
        if not heard or (not hints and words + WORD_MARGIN < heard[0][0]):
            return NOTHING
        first, best = heard[0]
        chances: dict[str, float] = {}
        for rank, named in heard:
            code = named[0].commune.insee
            chances[code] = chances.get(code, 0.0) + exp(NATS * (first - rank))
        others = 1 - chances[best[0].commune.insee] / sum(chances.values())
        if len(best) == 1 and others < DOUBT:
            return Resolved(best, True)
        offered: dict[str, Candidate] = {}
        names: set[str] = set()
        for _, named in heard:
            names.add(named[0].commune.name)
            if len(names) > NAMES_OFFERED:
                break
            offered.update((c.commune.insee, c) for c in named if c.commune.insee not in offered)
        return Resolved(tuple(offered.values())[:MOST_CHOICES], len(offered) == 1)


def _plainly(name: str) -> str:
    """A name with its accents, whatever its case, hyphens and apostrophes."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _allowed(key: str, magnitude: int, hints: Hints) -> float:
    """The most slips that a text of this length may hold and still name the place."""
    allowed = SLIPS + SLIPS_A_LETTER * len(key) + SLIPS_A_TENFOLD * (magnitude / 40 - 3)
    return min(allowed, MOST_SLIPS) + (1.0 if hints else 0.0)
