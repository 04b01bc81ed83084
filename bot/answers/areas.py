"""The départements and the regions among whose towns a question asks for the first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language.folding import fold
from bot.places.communes import Communes
from bot.places.reading import departement_inside
from bot.search.phrases import Phrases, Stems


class Area(NamedTuple):
    """A département, or those of a region, by code."""

    departements: tuple[str, ...]
    is_region: bool


class Areas:
    """Finds the area that a sentence names."""

    def __init__(self, communes: Communes, regions: Mapping[str, Sequence[str]]) -> None:
        """`regions`: the codes of the départements of each name of a region."""
        self._communes = communes
        self._regions = Phrases(
            ((name, Area(tuple(codes), True)) for name, codes in regions.items()), _words
        )

    def find(self, sentence: str) -> Area | None:
        """The région that is named, else the département in which something is said to be."""
        words = _words(sentence)
        for match in self._regions.find(words):
            return match.meanings[0]
        code = departement_inside(self._communes, words)
        return None if code is None else Area((code,), False)


def _words(text: str) -> Stems:
    return tuple(fold(text).split())
