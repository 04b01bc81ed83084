"""How well the words of a question and those of a document go together.

Each word, and each concept, has a vector for where it is asked and one for where it is told. Texts
are added up, and the closer both sums point, the likelier the document answers; so is one that was
asked for in words that point alike. `meanings.npz` is written by `make learn` from the questions to
build with.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.search.features import REFUSAL

FILE = Path(__file__).with_name("meanings.npz")
Floats = NDArray[np.float32]
NEARLY_NONE = 1e-9
"""A length that stands for none, to divide by."""


class Vectors:
    """A vector for each word that is known."""

    def __init__(self, words: Iterable[str], values: Floats) -> None:
        """`values`: a row for each of the words."""
        self.rows: Mapping[str, int] = {word: row for row, word in enumerate(words)}
        self.values = values
        self._with_zeros = np.vstack((values, np.zeros((1, values.shape[1]), np.float32)))

    def of(self, words: Iterable[str]) -> Floats:
        """The vector of a text: what its known words add up to, over the root of how many."""
        # Sorted: what floats add up to depends on their order, and sets have none.
        rows = sorted(self.rows[word] for word in words if word in self.rows)
        total: Floats = self.values[rows].sum(0) / max(1, len(rows)) ** 0.5
        return total

    def directions(self, texts: Iterable[Iterable[str]]) -> Floats:
        """The vectors of some texts, a row of length one for each; one row at least. Zeros stand
        for what has no known word."""
        none = len(self.values)
        rows = [[none, *(self.rows[word] for word in text if word in self.rows)] for text in texts]
        rows = rows or [[none]]
        starts = [0, *accumulate(map(len, rows[:-1]))]
        sums = np.add.reduceat(self._with_zeros[list(chain.from_iterable(rows))], starts)
        lengths = np.sqrt((sums * sums).sum(1, keepdims=True))
        directions: Floats = sums / np.maximum(lengths, np.float32(NEARLY_NONE))
        return directions

    @classmethod
    def none(cls) -> Self:
        return cls((), np.zeros((0, 0), np.float32))


class Meant(NamedTuple):
    """What tells how close a document is to questions."""

    told: Floats
    """Its vector."""
    asked: Floats
    """The directions of the questions that are known to ask for it."""


class Closeness(NamedTuple):
    """How close in meaning a question is to some documents."""

    told: Sequence[float]
    """To what each tells, then to what is to be refused, on the scale of likelihoods: one more is e
    times likelier."""
    nearest: Sequence[float]
    """To the nearest of the questions that are known to ask for each: the cosine, 0 without any."""
    average: Sequence[float]
    """To all of these, on average."""


class Meanings:
    """The vectors of what is asked and of what is told."""

    def __init__(self, asked: Vectors, told: Vectors) -> None:
        self.asked, self.told = asked, told
        self._refusal = told.of([REFUSAL])

    def closeness(
        self, asked: Iterable[str], words: Iterable[str], documents: Sequence[Meant]
    ) -> Closeness:
        """How close a question, with what is `asked` and with its `words`, is to documents."""
        told = np.array([*(one.told for one in documents), self._refusal]) @ self.asked.of(asked)
        said = self.asked.of(words)
        length = max(float(said @ said) ** 0.5, NEARLY_NONE)
        known = np.concatenate([one.asked for one in documents]) @ (said / length)
        counts = [len(one.asked) for one in documents]
        starts = [0, *accumulate(counts[:-1])]
        nearest = np.maximum.reduceat(known, starts)
        average = np.add.reduceat(known, starts) / counts
        return Closeness(told.tolist(), nearest.tolist(), average.tolist())


NONE = Meanings(Vectors.none(), Vectors.none())


@cache
def read(file: Path = FILE) -> Meanings:
    """What `make learn` wrote."""
    with np.load(file) as held:
        asked, told = (
            Vectors(
                str(held[f"{name}_words"]).split("\n"),
                held[f"{name}_values"].astype(np.float32) * held[f"{name}_step"],
            )
            for name in ("asked", "told")
        )
    return Meanings(asked, told)
