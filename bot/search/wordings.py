"""How each document was asked for: people word alike what they want alike.

`wordings.tsv` is written by `make learn` from the questions to build with: on each line the ids
of the documents that answer one of them, then its words. Nobody's messages are in it.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import nlargest
from pathlib import Path
from sys import intern
from typing import NamedTuple

from bot.search.phrases import Stems

FILE = Path(__file__).with_name("wordings.tsv")
_WORTH = 4.0
"""What one known wording that is the same is worth, on the scale of the scores."""
_COMMON = 0.1
"""The share of the wordings that may use a word for it to tell anything."""
_BEST = 3
"""The closest wordings, which count besides the closest and besides all."""
_MANY = 60
"""The documents that may have been asked for with a word for it to lead to them."""
Likeness = tuple[float, float, float]


class _OfDocument(NamedTuple):
    """The known wordings of a document."""

    uses: Mapping[str, "array[int]"]
    """Which of them use a word: side by side in memory they are read faster than scattered."""
    lengths: Sequence[float]
    """Those of their vectors."""


class Wordings:
    """Known wordings by document. Two are as alike as the cosine of their words, the rare ones
    weighing more (inverse document frequencies)."""

    def __init__(self, known: Sequence[tuple[Sequence[str], Stems]]) -> None:
        """`known`: ids of documents, and the stems of a question that these answer."""
        uses = Counter(word for _, words in known for word in set(words))
        most = len(known) * _COMMON
        self._rarity = {w: math.log(len(known) / n) for w, n in uses.items() if n <= most}
        self._of: defaultdict[str, list[Stems]] = defaultdict(list)
        for ids, words in known:
            for id_ in ids:
                self._of[id_].append(words)
        self._documents = {id_: self._of_document(wordings) for id_, wordings in self._of.items()}
        self._asked: defaultdict[str, set[str]] = defaultdict(set)
        for id_, document in self._documents.items():
            for word in document.uses:
                self._asked[word].add(id_)

    def of(self, id_: str) -> Sequence[Stems]:
        """The known wordings of a document."""
        return self._of.get(id_, ())

    def weights(self, words: Iterable[str]) -> Mapping[str, float]:
        """The known words of a question as a vector of length one; empty without any."""
        known, length = self._known(words)
        return {word: weight / length for word, weight in known.items()} if length else {}

    def alike(self, weights: Mapping[str, float], id_: str) -> list[float]:
        """How alike a question is to each known wording of a document that shares a word with it,
        in 0..1."""
        document = self._documents.get(id_)
        if document is None:
            return []
        uses, lengths = document
        added: dict[int, float] = {}
        for word in uses.keys() & weights.keys():
            product = weights[word] * self._rarity[word]
            for at in uses[word]:
                added[at] = added.get(at, 0.0) + product
        return [product / lengths[at] for at, product in added.items()]

    def likeness(self, weights: Mapping[str, float], id_: str) -> Likeness:
        """How alike a question is to the known wordings of a document."""
        return likeness(self.alike(weights, id_), len(self._of.get(id_, ())))

    def _known(self, words: Iterable[str]) -> tuple[Mapping[str, float], float]:
        """How rare the known ones of these words are, and the length of that vector."""
        known = {word: self._rarity[word] for word in words if word in self._rarity}
        return known, math.sqrt(sum(rarity * rarity for rarity in known.values()))

    def _of_document(self, wordings: Iterable[Stems]) -> _OfDocument:
        uses: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        lengths = []
        for at, words in enumerate(wordings):
            known, length = self._known(words)
            lengths.append(length)
            for word in known:
                uses[word].append(at)
        return _OfDocument(dict(uses), lengths)

    def shared(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """The documents that were asked for with the words of a question, the common ones aside,
        and what these words weigh."""
        shared: defaultdict[str, float] = defaultdict(float)
        for word, weight in weights.items():
            ids = self._asked[word]
            if len(ids) <= _MANY:
                for id_ in ids:
                    shared[id_] += weight
        return shared

    def closest(self, weights: Mapping[str, float], most: int) -> list[str]:
        """The documents that were asked for with most of these words, at most so many."""
        shared = self.shared(weights)
        return nlargest(most, shared, key=lambda id_: (shared[id_], id_))


def likeness(alike: Sequence[float], wordings: int) -> Likeness:
    """How alike a question is to the known wordings of a document, from those that are alike at
    all, each in 0..1: to the closest, to the few closest and to all, on average."""
    if not alike:
        return 0.0, 0.0, 0.0
    best = sorted(alike, reverse=True)[:_BEST]
    return best[0], sum(best) / _BEST, sum(alike) / wordings


def worth(likeness: Iterable[float]) -> float:
    """What it is worth to a document that a question is so alike to its wordings."""
    return _WORTH * sum(likeness)


NONE = Wordings(())


@cache
def read(file: Path = FILE) -> Wordings:
    """What `make learn` wrote."""
    lines = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return Wordings([(ids.split(), tuple(map(intern, words.split()))) for ids, words in lines])
