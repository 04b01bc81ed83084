"""Which words go with which facts, as learnt from questions.

`learnt.tsv` is written by `make learn` from the questions to build with. A weight says how much
likelier a document with one feature answers a question with another (`search/features.py` says
which there are); a score adds them up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.features import AGENDA, REFUSAL

Worths = NDArray[np.float64]
FeatureNumbers = NDArray[np.int32]
FILE = Path(__file__).with_name("learnt.tsv")
_NO_FEATURE = np.zeros(0, np.int32)


class Learnt:
    """Weights by feature of a question, then by number of a feature of documents."""

    def __init__(
        self, numbers: Mapping[str, int], weights: Mapping[str, Sequence[tuple[int, float]]]
    ) -> None:
        self.numbers = numbers
        self.weights = {
            feature: (np.array([n for n, _ in pairs]), np.array([weight for _, weight in pairs]))
            for feature, pairs in weights.items()
            if pairs
        }
        """For each feature of a question, numbers of those of documents, and their weights."""

    def refusal(self, worths: Worths) -> float:
        """The score that a document must pass to answer; minus infinity when nothing is learnt."""
        number = self.numbers.get(REFUSAL)
        return float("-inf") if number is None else float(worths[number])

    def agenda(self, worths: Worths) -> float:
        """What is added to the score of the agenda."""
        number = self.numbers.get(AGENDA)
        return 0.0 if number is None else float(worths[number])

    def numbered(self, features: Iterable[str]) -> FeatureNumbers:
        """Those features of a document that some weight knows."""
        known = [self.numbers[feature] for feature in features if feature in self.numbers]
        return np.array(known, np.int32)

    def worths(self, features: Iterable[str]) -> Worths:
        """What each numbered feature of a document is worth to a question with these features."""
        found = [self.weights[feature] for feature in features if feature in self.weights]
        if not found:
            return np.zeros(len(self.numbers))
        numbers, weights = map(np.concatenate, zip(*found, strict=True))
        return np.asarray(np.bincount(numbers, weights, len(self.numbers)), np.float64)


class Features(NamedTuple):
    """The features of several documents, one after the other."""

    numbers: FeatureNumbers
    of: NDArray[np.intp]
    """The document of each."""
    documents: int


def side_by_side(documents: Sequence[FeatureNumbers]) -> Features:
    """What each of them has."""
    at = np.repeat(np.arange(len(documents)), [len(numbers) for numbers in documents])
    return Features(np.concatenate([*documents, _NO_FEATURE]), at, len(documents))


def sums(worths: Worths, features: Features) -> Sequence[float]:
    """What all features of each document are worth."""
    added: list[float] = np.bincount(
        features.of, worths[features.numbers], features.documents
    ).tolist()
    return added


NOTHING = Learnt({}, {})


@cache
def read(file: Path = FILE) -> Learnt:
    """What `make learn` wrote."""
    numbers: dict[str, int] = {}
    weights: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        asked, told, weight = line.split("\t")
        weights[asked].append((numbers.setdefault(told, len(numbers)), float(weight)))
    return Learnt(numbers, weights)
