"""Which commune a short text means: one for sure, a few to choose from, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot.language.folding import fold, glue
from bot.places.communes import Communes
from bot.places.deciding import CITY, NOTHING, Candidate, Meanings, Resolved
from bot.places.index import Kind
from bot.places.reading import (
    NO_HINT,
    TOWN_WORDS,
    Hints,
    announces,
    is_word,
    is_wrapper,
    readings,
    stretched_hits,
)
from bot.places.spelling import ARTICLES, SMALL_WORDS, expand, without_small_words
from bot.places.tokens import Reader

if TYPE_CHECKING:
    from bot.places.familiar import FamiliarNames

LONGEST_TEXT = 160  # characters: a place with its wrappers; longer texts are for `find_in`
SHORT = 6  # letters
TOWN = 5_000  # people, in a town meant rather than a short name of the past one slip away
BESIDE = 2  # names told beside a sure one
_ACUTE = re.compile(r"[éè]\W*$")  # « cambré » for Cambrai, « roubé » for Roubaix
TIMES = 20  # as populous is a city where its sound is nearer to what was typed than a village
CUT_WORDS, CUT = 3, 4  # words of a name cut in its last one, and letters left of that one
BEGUN = 8  # names that begin alike, at which none is told; and how much larger a sure one is
CUT_SCORE = 0.9  # how close the beginning of a name is to it
STRICT = 2.5  # times as dear: the slips of everyday words
_ALONE = (Kind.WORD, Kind.FIRST_NAME, Kind.NEAR)
_BYGONE = (Kind.FORMER, Kind.REDUCED, Kind.DEMONYM, Kind.NEAR, Kind.WORD)
_NAMED = (Kind.CURRENT, Kind.NICKNAME)
_CURRENT = frozenset(
    (Kind.CURRENT, Kind.NICKNAME, Kind.DEMONYM, Kind.SHORTENED, Kind.POSTCODE, Kind.INSEE)
)
_SOMETHING_ELSE = frozenset((Kind.WORD, Kind.FIRST_NAME, Kind.FOREIGN, Kind.DEPARTEMENT))


class Places:
    """Resolves texts against all communes. `covered` are the INSEE codes to offer first."""

    def __init__(self, communes: Communes, covered: Collection[str] = ()) -> None:
        self.communes = communes
        self.reader = Reader(communes.index)
        self._meanings = Meanings(communes, covered)

    @cached_property
    def familiar(self) -> FamiliarNames:
        """The names of the covered communes."""
        from bot.places.familiar import FamiliarNames  # as in `fuzzy`

        return FamiliarNames(self.communes, self._meanings.covered)

    def covers(self, resolved: Resolved) -> bool:
        """Whether the first of what may be meant is covered."""
        return resolved.candidates[0].commune.insee in self._meanings.covered

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
        begun = self._begun(words)
        if begun:
            return begun
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
            if _ACUTE.search(text) and not is_word(self.communes.index, name[-1]):
                names.append((_with_ai(name), hints))
            return self._guess(names, refused)
        if hints.postcode:
            return self.exact([hints.postcode])
        return NOTHING

    def _begun(self, words: Sequence[str]) -> Resolved:
        """The only name of which a text is the beginning, cut in its last word: « bagnols sur c »,
        or the most populous of a few."""
        if len(words) < CUT_WORDS or len(words[-1]) > CUT or words[-2] not in SMALL_WORDS:
            return NOTHING
        index = self.communes.index
        found = index.starting_with("".join((*expand(words[:-1]), words[-1])), BEGUN)
        hits = [hit for spelling in found for hit in index.hits_of(spelling)]
        named = [hit for hit in hits if hit[0] in _NAMED]
        if not named or len(named) == BEGUN:
            return NOTHING
        first, *others = (self.communes.ranked(rank) for _, rank in sorted(named, key=_by_rank))
        is_sure = all(first.population > BEGUN * other.population for other in others)
        told = (Candidate(commune, CUT_SCORE) for commune in (first, *others))
        return Resolved(tuple(told)[: 1 if is_sure else None], is_sure)

    def _near_word(self, words: Sequence[str]) -> Resolved:
        """The city that a word, alone, may be a slip for: « lion », « pris »."""
        key = "".join(words)
        hits = self.communes.index.hits(key)
        if len(words) > 1 or any(kind not in _ALONE for kind, _ in hits):
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
        heard = self._heard_acute(text, words, resolved)
        if heard:
            return heard
        if len(words) > 1 and self._is_departement(words[-1]):
            resolved = self._or_in_departement(words, resolved)
        return self._or_misspelled(words, resolved)

    def _heard_acute(self, text: str, words: Sequence[str], resolved: Resolved) -> Resolved:
        """« doué » is Douai before Doue, which has no accent."""
        found = resolved.candidates[0].commune
        if not _ACUTE.search(text) or _ACUTE.search(found.name):
            return NOTHING
        heard = self.exact(_with_ai(words)).candidates
        if not heard or heard[0].commune.population < max(CITY, TIMES * found.population):
            return NOTHING
        return Resolved((*heard[:1], *resolved.candidates))

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

    def _or_misspelled(self, words: Sequence[str], resolved: Resolved) -> Resolved:
        """With what else was meant where but a former short name, or one without its article, fits.

        « Pars » is Paris before a former Pars, and La Barre is told beside Barr for « la barr ».
        """
        key = "".join(expand(words))
        hits = self.communes.index.hits(key)
        is_former = bool(hits) and all(kind in _BYGONE for kind, _ in hits)
        if resolved.candidates[0].commune.population >= CITY and not is_former:
            return resolved
        if hits and (len(key) > SHORT or any(kind in _CURRENT for kind, _ in hits)):
            return resolved
        close = self.fuzzy(words).candidates
        least = TOWN if is_former else CITY
        if close and close[0].commune.population >= least and close[0].score < 1.0:
            others = [c for c in resolved.candidates if c.commune != close[0].commune]
            return Resolved((close[0], *others))
        if hits:
            return resolved
        known = {candidate.commune for candidate in resolved.candidates}
        beside = [candidate for candidate in close if candidate.commune not in known]
        return Resolved((*resolved.candidates, *beside[:BESIDE]), resolved.is_sure)

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
                are_words = all(is_word(self.communes.index, word) for word in name)
                strictness = STRICT if are_words else 1.0
                guess = self.fuzzy(name, hints, strictness, is_whole=True)
                is_short = are_words and len(name) == 2 and name[0] in ARTICLES
                if hints and is_short and not _is_city(guess):
                    continue  # « l'élu du Var » is not Le Luc
                if guess and (not best or guess.candidates[0].score > best.candidates[0].score):
                    best = guess
        return best

    def _is_something_else(self, key: str) -> bool:
        """Whether the key is a word, a first name, a foreign place or a département."""
        index = self.communes.index
        hits = index.hits(key) or stretched_hits(index, key)
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
            return (
                self._meanings.decided(hits, hints)
                if hits and hits[0][0] <= Kind.INSEE
                else NOTHING
            )
        if not hints and hits and hits[0][0] not in _NAMED and (Kind.FOREIGN, 0) in hits:
            return NOTHING
        decided = self._meanings.decided([hit for hit in hits if hit[0] <= Kind.INSEE], hints)
        if not decided or hints or not every or every[-1][0] != Kind.NEAR:
            return decided
        if decided.is_sure and decided.candidates[0].commune.population >= CITY:
            return decided
        known = {candidate.commune for candidate in decided.candidates}
        near = (c for c in self._near(every, 1 - 1 / len(key)) if c.commune not in known)
        return Resolved((*decided.candidates, *near), decided.is_sure)

    def fuzzy(
        self,
        words: Sequence[str],
        hints: Hints = NO_HINT,
        strictness: float = 1.0,
        *,
        is_whole: bool = False,
    ) -> Resolved:
        """What the folded `words` may be a misspelling of; slips weigh `strictness` times.

        Where they are a whole text, a place too far to be sure may still be a question.
        """
        # Exact names, which most people type, are answered without loading what follows.
        from bot.places.weighing import misspelled

        return misspelled(self._meanings, words, hints, strictness, is_whole=is_whole)


def _is_city(resolved: Resolved) -> bool:
    return bool(resolved) and resolved.candidates[0].commune.population >= CITY


def _by_rank(hit: tuple[int, int]) -> int:
    return hit[1]


def _with_ai(words: Sequence[str]) -> list[str]:
    return [*words[:-1], f"{words[-1].removesuffix('e')}ai"]


def _plainly(name: str) -> str:
    """A name with its accents, whatever its case, hyphens and apostrophes."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
