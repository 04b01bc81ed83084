"""Which of the places named in a sentence it is about."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.answers.model import Territory
from bot.language.folding import fold

_JOINING = frozenset(
    fold(
        "et ou and or vs versus contre comme puis bien soit que a au aux de du d en la le les l"
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
_SMALL = frozenset(
    fold("a au aux de du des d la le les l en of the administratif commun urbain").split()
)


class NamedAt(NamedTuple):
    """A place and where the sentence names it."""

    place: Territory
    start: int
    end: int


def main_of(
    found: Sequence[Territory], names: Sequence[NamedAt], sentence: str
) -> Territory | None:
    """The place meant among `found`, named at `names`; None when they are set side by side."""
    named = [name for name in names if name.place in found]
    is_list = len({name.place for name in named}) == len(found) and all(
        _JOINING.issuperset(fold(sentence[one.end : other.start]).split())
        for one, other in pairwise(named)
    )
    if is_list:
        return None
    beside = {name.place for name in named if _is_beside(fold(sentence[: name.start]).split())}
    covered = [place for place in found if place.id is not None] or list(found)
    return next((place for place in covered if place not in beside), covered[0])


def _is_beside(before: list[str]) -> bool:
    while before and before[-1] in _SMALL:
        before = before[:-1]
    return bool(before) and before[-1] in _BESIDE
