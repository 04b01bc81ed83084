"""The covered communes whose names a sentence misspells by little: « orvau », « wervik sud ».

People write here of the towns that the base covers. A few dozen names are compared at once, where
a slip from any of 35,000 would often be another word.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.language.folding import fold
from bot.places.communes import Commune, Communes
from bot.places.index import Kind
from bot.places.likeness import slip_cost
from bot.places.spelling import SMALL_WORDS, expand
from bot.places.tokens import Token, is_unknown

MOST = 300  # names, of the most populous: a larger base takes no longer to read for
SHORTEST = 4  # letters of a word that may be a name
SLIPS, SLIPS_A_LETTER, MOST_SLIPS = 0.1, 0.17, 2.0
"""How many slips a name may hold: a base, and more for each of its letters."""
UNHEARD, LONG = 2, 7  # letters by which a name of so many may be longer or shorter as it is typed
EDITS = 3  # letters to change at most, for the slips to be weighed
_OPENING = 2  # letters in which nobody slips


class Familiar(NamedTuple):
    """A covered commune that the words from `start` to `end` misspell."""

    commune: Commune
    start: int
    end: int


class FamiliarNames:
    """The names of the covered communes."""

    def __init__(self, communes: Communes, covered: Collection[str]) -> None:
        """`covered`: INSEE codes."""
        by_opening: defaultdict[str, list[tuple[str, Commune]]] = defaultdict(list)
        known = filter(None, map(communes.get, sorted(covered)))
        for commune in nlargest(MOST, known, attrgetter("population")):
            key = "".join(expand(fold(commune.name).split()))
            by_opening[key[:_OPENING]].append((key, commune))
        self._by_opening = dict(by_opening)
        self._keys = {key for names in self._by_opening.values() for key, _ in names}
        self._lengths = {
            opening: frozenset(
                length
                for key, _ in names
                for length in range(len(key) - _unheard(key), len(key) + _unheard(key) + 1)
            )
            for opening, names in self._by_opening.items()
        }
        """Letters of what may be one of those names."""

    def misspelled(self, tokens: Sequence[Token]) -> list[Familiar]:
        """The communes misspelled among these words, none overlapping another, in order."""
        found: list[Familiar] = []
        spelled = [token.spelled for token in tokens]
        position = 0
        while position < len(tokens):
            heard = self._from(tokens, spelled, position)
            if heard is not None:
                found.append(heard)
            position = heard.end if heard else position + 1
        return found

    def _from(self, tokens: Sequence[Token], spelled: Sequence[str], start: int) -> Familiar | None:
        """The closest name that begins with this word; `spelled` are the words written out."""
        key, best, least = "", None, MOST_SLIPS
        if tokens[start].is_joined:  # « Pas-de-Calais »
            return None
        opening = spelled[start][:_OPENING]
        names = self._by_opening.get(opening)
        if names is None:
            return None
        lengths = self._lengths[opening]
        longest = max(lengths)
        for end in range(start + 1, len(tokens) + 1):
            key += spelled[end - 1]
            if len(key) > longest:
                break
            is_cut = end < len(tokens) and tokens[end].is_joined
            if is_cut or len(key) not in lengths or not _may_name(tokens[start:end]):
                continue
            is_other = end == start + 1 and _is_a_name(tokens[start])
            whole = spelled[start] if end > start + 1 and spelled[start] in self._keys else ""
            for name, commune in names:
                if not name.startswith(whole):  # « massy l'IA » is no Marseille
                    continue
                is_as_long = abs(len(name) - len(key)) <= _unheard(name)
                if is_as_long and OSA.distance(key, name) <= EDITS:
                    limit = min(least, SLIPS + SLIPS_A_LETTER * len(name))
                    if is_other:
                        limit = 0.0
                    cost = slip_cost(key, name, limit)
                    if cost <= limit:
                        best, least = Familiar(commune, start, end), cost
        return best


def _unheard(name: str) -> int:
    """The letters by which it may be longer or shorter as it is typed."""
    return UNHEARD if len(name) >= LONG else 1


def _is_a_name(token: Token) -> bool:
    """Whether a word is the name of a commune, and so no misspelling of another's."""
    return any(kind == Kind.CURRENT for kind, _ in token.hits)


def _may_name(window: Sequence[Token]) -> bool:
    """Whether these words may be a name: no everyday word alone."""
    if len(window) == 1:
        (token,) = window
        return is_unknown(token, SHORTEST)
    if window[-1].folded in SMALL_WORDS or any(token.folded.isdigit() for token in window):
        return False
    return len(window) > 2 or not all(token.is_word for token in window)
