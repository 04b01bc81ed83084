"""Which of the places named in a sentence it is about."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.answers.model import Territory
from bot.language.folding import fold

DOMINANT = 4
"""How many times as populous as its homonyms a covered commune is, to need no question."""
FAMOUS = 100
"""The same for one that is not covered."""
TOWN = 10_000
"""The people of a commune that is meant although a covered one is named in the same sentence."""
_JOINING = frozenset(
    fold(
        "et ou and or vs versus contre comme puis bien soit que a au aux de du d en la le les l"
        " combien celui celle"
    ).split()
)
"""Words between the names of places that are set side by side."""
_BESIDE = frozenset(
    fold(
        "pres cote autour loin depuis near from outside selon gare tv juge tribunal cour prefet"
        " prefecture centre csu metropole service reseau habite suis viens ecris jo"
    ).split()
)
"""Words before a name that says where something is, who speaks, who judges or who serves."""
_NEAR = frozenset(("pres", "cote", "autour", "loin", "near", "outside"))
"""Those of them that say what another place is near."""
_SMALL = frozenset(
    fold("a au aux de du des d la le les l en of the administratif commun urbain").split()
)

_SITES = frozenset(fold("quartier lycée lycé collège école stade hôpital métro station").split())
"""Words before the name of a part of a town."""


class NamedAt(NamedTuple):
    """A place and where the sentence names it."""

    place: Territory
    start: int
    end: int


def main_of(
    found: Sequence[Territory], names: Sequence[NamedAt], sentence: str
) -> Territory | None:
    """The place meant among `found`, named at `names`; None when they are set side by side, and
    for less than two."""
    if len(found) < 2:
        return None
    named = [name for name in names if name.place in found]
    is_list = len({name.place for name in named}) == len(found) and all(
        _JOINING.issuperset(fold(sentence[one.end : other.start]).split())
        for one, other in pairwise(named)
    )
    if is_list:
        return None
    beside = {name.place for name in named if _leading(sentence[: name.start]) in _BESIDE}
    covered = [place for place in found if place.id is not None] or list(found)
    return next((place for place in covered if place not in beside), covered[0])


def is_only_beside(place: Territory, names: Sequence[NamedAt], sentence: str) -> bool:
    """Whether a place only says what another is near: « indre, à côté de nantes »."""
    leading = [_leading(sentence[: name.start]) for name in names if name.place == place]
    return bool(leading) and _NEAR.issuperset(leading)


def _leading(sentence: str) -> str:
    """The word that says what a place is there for, which stands before it."""
    before = fold(sentence).split()
    while before and before[-1] in _SMALL:
        before.pop()
    return before[-1] if before else ""


def dominant_of(choices: tuple[Territory, ...]) -> Territory | None:
    """The one so large that nobody means another in a sentence: a covered one, if there is any."""
    if not choices:
        return None
    first = max(choices, key=lambda choice: (choice.id is not None, choice.population or 0))
    times = FAMOUS if first.id is None else DOMINANT
    others = (choice for choice in choices if choice != first)
    dominates = all((other.population or 0) * times < (first.population or 0) for other in others)
    return first if dominates else None


def is_aside(territory: Territory, said: str, before: Sequence[str]) -> bool:
    """Whether a village is not called by its name as it is written, « ma Doué » is not Doue, or a
    town only names a part of another: « le lycée Jean Puy à Roanne »; `before` are the words before
    it."""
    if territory.id is None and not _SITES.isdisjoint(before[-2:]):
        return True
    name = territory.name.casefold()
    return (territory.population or 0) < TOWN and (
        fold(said) != fold(name) or any(not c.isascii() and c not in name for c in said.casefold())
    )


def meant(named: tuple[Territory, ...], asides: Collection[Territory]) -> tuple[Territory, ...]:
    """Without the villages whose name is a word, when a covered territory is named too."""
    if not any(territory.id and territory not in asides for territory in named):
        return named
    return tuple(
        territory
        for territory in named
        if territory not in asides and (territory.id or (territory.population or 0) >= TOWN)
    )
